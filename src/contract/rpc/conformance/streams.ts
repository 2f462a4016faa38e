/** Subscriptions: order, back-pressure, and that whatever was taken is given back exactly once. */

import { describe, expect, it } from 'vitest';
import { CREDIT_WINDOW } from '../client-subscription.ts';
import { OVERFLOW_LIMIT } from '../server-subscription.ts';
import { CANARY } from './fixture.ts';
import { connected, rawWindow, type MakePair } from './pair.ts';
import { recorder } from './recorder.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function describeStreams(makePair: MakePair): void {
  describe('subscriptions', () => {
    it('brings the events in order, however many, to a window that reads', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('fail', { key: 'a' }, observer);
      const { sink } = await window.fixture.stream('a');
      // Each batch fits the buffer and needs several grants of credit.
      const count = OVERFLOW_LIMIT * 3;
      for (const event of numbers(count)) {
        sink.push(event);
        if (event % OVERFLOW_LIMIT === OVERFLOW_LIMIT - 1) await observer.received(event + 1);
      }
      expect(observer.events).toEqual(numbers(count));
      expect(observer.ends).toEqual([]);
    });

    it('keeps two subscriptions to one stream apart', async () => {
      await using window = await connected(makePair);
      const [a, b] = [recorder(), recorder()];
      window.client.subscribe('fail', { key: 'a' }, a);
      window.client.subscribe('fail', { key: 'b' }, b);
      (await window.fixture.stream('a')).sink.push(1);
      (await window.fixture.stream('b')).sink.push(2);
      expect([await a.received(1), await b.received(1)]).toEqual([[1], [2]]);
    });

    it('ends in good order after the last event, and releases once', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('fail', { key: 'a' }, observer);
      const { sink, releases } = await window.fixture.stream('a');
      // More than the window's first credit: the end has to wait for the events before it.
      for (const event of numbers(CREDIT_WINDOW + 5)) sink.push(event);
      sink.end(null);
      sink.push(999);
      expect(await observer.ended).toBeNull();
      expect(observer.events).toEqual(numbers(CREDIT_WINDOW + 5));
      expect(releases()).toBe(1);
    });

    it('ends with an error as a value, stripped of everything else', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('fail', { key: 'a' }, observer);
      const { sink } = await window.fixture.stream('a');
      const error = { code: 'RUN_NOT_FOUND', sentence: 'It is gone.', cause: CANARY } as const;
      sink.end(error);
      expect(await observer.ended).toStrictEqual({
        code: 'RUN_NOT_FOUND',
        sentence: 'It is gone.',
      });
      expect(window.crossed()).not.toContain(CANARY);
    });

    it('refuses a wrong input, an unknown name and a call', async () => {
      await using window = await rawWindow(makePair);
      const subscribe = { type: 'subscribe', credits: 1 };
      window.channel.send({ ...subscribe, id: 1, name: 'latest', input: { key: 4 } });
      window.channel.send({ ...subscribe, id: 2, name: 'nope', input: {} });
      window.channel.send({ ...subscribe, id: 3, name: 'refuse', input: {} });
      expect(await window.settled()).toMatchObject([
        { type: 'end', id: 1, error: { code: 'INVALID_INPUT' } },
        { type: 'end', id: 2, error: { code: 'UNKNOWN_NAME' } },
        { type: 'end', id: 3, error: { code: 'UNKNOWN_NAME' } },
      ]);
    });

    it('a handler that throws ends with an incident, and nothing of the error crosses', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('throwsAtOnce', {}, observer);
      expect(await observer.ended).toMatchObject({ code: 'INTERNAL' });
      expect(window.crossed()).not.toContain(CANARY);
      expect(window.fixture.incidents).toMatchObject([{ name: 'throwsAtOnce' }]);
    });

    it('an event the schema refuses never crosses, ends the subscription and releases it', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('latest', { key: 'a' }, observer);
      const { sink, releases } = await window.fixture.stream('a');
      sink.push(1.5);
      expect(await observer.ended).toMatchObject({ code: 'INTERNAL' });
      expect(observer.events).toEqual([]);
      expect(releases()).toBe(1);
    });
  });

  describe('a window that does not read', () => {
    const subscribe = { type: 'subscribe', id: 1, input: { key: 'a' }, credits: 2 };

    it('latest: gets what it has credit for, then only the newest', async () => {
      await using window = await rawWindow(makePair);
      window.channel.send({ ...subscribe, name: 'latest' });
      const { sink } = await window.fixture.stream('a');
      for (const event of numbers(10_000)) sink.push(event);
      expect(await window.settled()).toEqual([
        { type: 'event', id: 1, event: 0 },
        { type: 'event', id: 1, event: 1 },
      ]);
      window.channel.send({ type: 'credit', id: 1, credits: 5 });
      expect((await window.settled()).slice(2)).toEqual([{ type: 'event', id: 1, event: 9_999 }]);
    });

    it('fail: the app holds a bounded number of events, then gives up and releases', async () => {
      await using window = await rawWindow(makePair);
      window.channel.send({ ...subscribe, name: 'fail' });
      const { sink, releases } = await window.fixture.stream('a');
      for (const event of numbers(2 + OVERFLOW_LIMIT)) sink.push(event);
      expect(await window.settled()).toHaveLength(2);
      expect(releases()).toBe(0);
      sink.push(1);
      expect((await window.settled()).slice(2)).toMatchObject([
        { type: 'end', id: 1, error: { code: 'SUBSCRIPTION_OVERFLOW' } },
      ]);
      expect(releases()).toBe(1);
    });

    it('fail: what was held arrives in order once there is credit', async () => {
      await using window = await rawWindow(makePair);
      window.channel.send({ ...subscribe, name: 'fail' });
      const { sink } = await window.fixture.stream('a');
      for (const event of numbers(6)) sink.push(event);
      window.channel.send({ type: 'credit', id: 1, credits: 3 });
      const events = (await window.settled()).map((message) => message);
      expect(events).toEqual(numbers(5).map((event) => ({ type: 'event', id: 1, event })));
    });
  });

  describe('leaving', () => {
    it('unsubscribing stops the events and releases once', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      const unsubscribe = window.client.subscribe('latest', { key: 'a' }, observer);
      const { sink, released, releases } = await window.fixture.stream('a');
      sink.push(1);
      await observer.received(1);
      unsubscribe();
      unsubscribe();
      await released;
      sink.push(2);
      sink.end(null);
      await window.settled();
      expect(observer.events).toEqual([1]);
      expect(observer.ends).toEqual([]);
      expect(releases()).toBe(1);
    });

    it('closing the window releases everything it had', async () => {
      await using window = await connected(makePair);
      window.client.subscribe('latest', { key: 'a' }, recorder());
      window.client.subscribe('fail', { key: 'b' }, recorder());
      const streams = [await window.fixture.stream('a'), await window.fixture.stream('b')];
      window.channel.close();
      await Promise.all(streams.map((stream) => stream.released));
      for (const { sink } of streams) sink.push(1);
      for (const { sink } of streams) sink.end(null);
      expect(streams.map((stream) => stream.releases())).toEqual([1, 1]);
    });

    it('when the app goes away, all that waits is told, and later calls are answered at once', async () => {
      await using window = await connected(makePair);
      const observer = recorder();
      window.client.subscribe('latest', { key: 'a' }, observer);
      const waiting = window.client.call('gate', { key: 'never' });
      const { releases } = await window.fixture.stream('a');
      await window.pair.stopApp();
      const disconnected = { ok: false, error: { code: 'DISCONNECTED' } };
      expect(await waiting).toMatchObject(disconnected);
      expect(await observer.ended).toMatchObject({ code: 'DISCONNECTED' });
      expect(await window.client.call('refuse', {})).toMatchObject(disconnected);
      const late = recorder();
      window.client.subscribe('latest', { key: 'late' }, late);
      expect(await late.ended).toMatchObject({ code: 'DISCONNECTED' });
      expect(releases()).toBe(1);
    });
  });
}
