/** A window that breaks the protocol loses its connection; the app and the other windows notice nothing. */

import { describe, expect, it } from 'vitest';
import { connected, rawWindow, type MakePair } from './pair.ts';

const subscribe = { type: 'subscribe', id: 1, name: 'latest', input: { key: 'a' }, credits: 1 };

const GARBAGE: Readonly<Record<string, unknown>> = {
  null: null,
  'a number': 42,
  'a text': 'call',
  'a list': [subscribe],
  'an unknown type': { type: 'eval', id: 1, name: 'refuse', input: {} },
  'no id': { type: 'call', name: 'refuse', input: {} },
  'a fractional id': { type: 'call', id: 1.5, name: 'refuse', input: {} },
  'an id that is text': { type: 'call', id: '1', name: 'refuse', input: {} },
  'a name that is no text': { type: 'call', id: 1, name: ['refuse'], input: {} },
  'an endless name': { type: 'call', id: 1, name: 'x'.repeat(10_000), input: {} },
  'a field too many': { type: 'unsubscribe', id: 1, admin: true },
  'no credit at all': { ...subscribe, credits: 0 },
  'endless credit': { ...subscribe, credits: Infinity },
  'credit that is not a number': { type: 'credit', id: 1, credits: NaN },
  "an app's own message": { type: 'answer', id: 1, value: {} },
};

export function describeGarbage(makePair: MakePair): void {
  describe('garbage', () => {
    it.each(Object.entries(GARBAGE))('%s: closes the connection', async (_, message) => {
      await using window = await rawWindow(makePair);
      window.channel.send(message);
      await window.closed;
      expect(window.received).toEqual([]);
      expect(window.fixture.incidents).toEqual([]);
    });

    it('the same id twice closes the connection and releases the first', async () => {
      await using window = await rawWindow(makePair);
      window.channel.send(subscribe);
      const { releases, released } = await window.fixture.stream('a');
      window.channel.send(subscribe);
      await window.closed;
      await released;
      expect(releases()).toBe(1);
    });

    it('ids that are not, or no longer, in use are ignored', async () => {
      await using window = await rawWindow(makePair);
      window.channel.send({ type: 'credit', id: 77, credits: 3 });
      window.channel.send({ type: 'unsubscribe', id: 78 });
      expect(await window.settled()).toEqual([]);
    });

    it('a value that cannot cross is refused where it is sent', async () => {
      await using window = await connected(makePair);
      const value = { callback: () => {} };
      expect(await window.client.call('echo', { value })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      });
      await window.settled();
    });
  });
}
