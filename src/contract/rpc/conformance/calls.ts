/** Calls: what survives, what is refused, and what must never be seen on the other side. */

import { describe, expect, it } from 'vitest';
import { CANARY, createFixture } from './fixture.ts';
import { connected, type MakePair } from './pair.ts';

const MIB = 1 << 20;

const VALUES: Readonly<Record<string, unknown>> = {
  null: null,
  'true and false': [true, false],
  'an empty string': '',
  'an empty array': [],
  'an empty object': {},
  'unicode, with control characters': 'Größe 价格 \u0000\u001f \u{1F437} e\u0301',
  'not a number': NaN,
  'both infinities': [Infinity, -Infinity],
  'minus zero': -0,
  'the smallest and the largest figures': [5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER],
  milliseconds: 1_793_000_000_123,
  bytes: new Uint8Array([0, 127, 128, 255]),
  'no bytes': new Uint8Array(0),
  'a window into larger bytes': new Uint8Array([9, 9, 1, 2, 9]).subarray(2, 4),
  'a column': new Float64Array([1.5, NaN, -0, Infinity, 0.1 + 0.2]),
  'an empty column': new Float64Array(0),
  'a window into a larger column': new Float64Array([9, 9, 1, 2, 9]).subarray(2, 4),
  'something nested': { a: [{ b: { c: [null, new Float64Array([1]), 'x'] } }], ключ: 0 },
};

export function describeCalls(makePair: MakePair): void {
  describe('values', () => {
    it.each(Object.entries(VALUES))('%s: arrives as it was sent', async (_, value) => {
      await using window = await connected(makePair);
      const result = await window.client.call('echo', { value });
      expect(result).toStrictEqual({ ok: true, value: { value } });
      expect(window.fixture.inputs).toStrictEqual([value]);
    });

    it('undefined is the same as left out', async () => {
      await using window = await connected(makePair);
      const result = await window.client.call('echo', { value: { a: undefined, b: 1 } });
      expect(result).toEqual({ ok: true, value: { value: { b: 1 } } });
    });

    // From the app: a window's own messages are bounded on some transports.
    it('a column of eight megabytes arrives whole', async () => {
      const column = Float64Array.from({ length: MIB }, (_, index) => index / 3);
      const fixture = createFixture({ column: () => ({ ok: true, value: { column } }) });
      await using window = await connected(makePair, fixture);
      const result = await window.client.call('column', { column: new Float64Array(0) });
      const arrived = result.ok ? result.value.column : new Float64Array(0);
      expect(arrived.length).toBe(column.length);
      expect(arrived.every((value, index) => Object.is(value, column[index]))).toBe(true);
    });

    it('the sender keeps its own copy', async () => {
      await using window = await connected(makePair);
      const column = new Float64Array([1, 2]);
      const answer = window.client.call('column', { column });
      column[0] = 99;
      expect(await answer).toStrictEqual({
        ok: true,
        value: { column: new Float64Array([1, 2]) },
      });
    });
  });

  describe('calls', () => {
    it('answers each call, in whatever order the app finishes them', async () => {
      await using window = await connected(makePair);
      const order: string[] = [];
      const calls = ['first', 'second', 'third'].map(async (key) => {
        const result = await window.client.call('gate', { key });
        order.push(result.ok ? result.value.key : result.error.code);
      });
      for (const key of ['third', 'first', 'second']) await window.fixture.openGate(key);
      await Promise.all(calls);
      expect(order).toEqual(['third', 'first', 'second']);
    });

    it('validates the input on receipt, and the handler is not asked', async () => {
      await using window = await connected(makePair);
      const result = await window.client.call('typed', { amount: -1 });
      expect(result).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
      expect(result.ok ? '' : result.error.sentence).toContain('amount');
      expect(window.fixture.inputs).toEqual([]);
      expect(window.fixture.incidents).toEqual([]);
    });

    it('never repeats a refused input, which may be a secret', async () => {
      await using window = await connected(makePair);
      window.channel.send({ type: 'call', id: 7, name: 'typed', input: { amount: CANARY } });
      await window.settled();
      expect(window.crossed()).toContain('INVALID_INPUT');
      expect(window.crossed()).not.toContain(CANARY);
    });

    it('brings a foreseen failure as a value', async () => {
      await using window = await connected(makePair);
      expect(await window.client.call('refuse', {})).toStrictEqual({
        ok: false,
        error: { code: 'RUN_NOT_FOUND', sentence: 'There is no such run. Choose another.' },
      });
    });

    it.each(['throws', 'rejects', 'leaks', 'answersNonsense'] as const)(
      'a handler that %s tells the window nothing but an incident number',
      async (name) => {
        await using window = await connected(makePair);
        const result = await window.client.call(name, {});
        expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
        expect(result.ok ? '' : result.error.sentence).toContain('incident-1');
        expect(window.crossed()).not.toContain(CANARY);
        expect(window.crossed()).not.toMatch(/\bat .+:\d+|stack|\.ts/);
        expect(window.fixture.incidents).toMatchObject([{ id: 'incident-1', name }]);
      },
    );

    it('says so when the name is unknown', async () => {
      await using window = await connected(makePair);
      for (const [id, name] of ['nope', 'latest', 'constructor', '__proto__', ''].entries()) {
        window.channel.send({ type: 'call', id: 100 + id, name, input: {} });
      }
      await window.settled();
      expect(window.crossed().split('UNKNOWN_NAME')).toHaveLength(6);
    });
  });

  describe('at start', () => {
    it('a missing handler is an error', async () => {
      const fixture = createFixture();
      Reflect.deleteProperty(fixture.handlers, 'echo');
      await expect(makePair(fixture)).rejects.toThrow('"echo" has no handler');
    });

    it('a handler that the contract does not name is an error', async () => {
      const fixture = createFixture();
      const handlers = { ...fixture.handlers, extra: () => {} };
      await expect(makePair({ ...fixture, handlers })).rejects.toThrow('"extra" has no entry');
    });
  });
}
