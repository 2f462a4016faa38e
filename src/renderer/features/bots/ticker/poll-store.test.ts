/** Polling a ticker: ticks as they come, its end, and what is said when it cannot be. */

import { beforeEach, expect, it } from 'vitest';
import type { MarketTick } from '../../../../contract/market.ts';
import type { Sink } from '../../../../contract/rpc/handlers.ts';
import { FakeApp, settled } from '../../../testing/fake-app.ts';
import { createPollStore, readPoll, type PollStore } from './poll-store.ts';

let asked: unknown[];
let sink: Sink<MarketTick> | null;
let app: FakeApp;
let poll: PollStore;

const tick = (count: number): MarketTick => ({ time: count * 10_000, bid: 99, ask: 101, count });

beforeEach(() => {
  asked = [];
  sink = null;
  app = new FakeApp({
    'market.poll': (input, into) => {
      asked.push(input);
      sink = into;
      return () => {
        sink = null;
      };
    },
  });
  poll = createPollStore({ client: app.client, venueId: 'sample', symbol: 'BTC/USDT' });
});

it('asks six times every ten seconds, unless told otherwise', async () => {
  poll.start();
  await settled();
  expect(asked).toEqual([{ venue: 'sample', symbol: 'BTC/USDT', everySeconds: 10, times: 6 }]);
});

it('keeps what came, newest first, and knows when all of it is here', async () => {
  poll.change({ times: 2 });
  poll.start();
  await settled();
  sink?.push(tick(1));
  await settled();
  sink?.push(tick(2));
  await settled();
  expect(poll.getState().run).toMatchObject({ status: 'running', of: 2 });
  sink?.end(null);
  await settled();
  expect(poll.getState().run).toMatchObject({ status: 'done', ticks: [tick(2), tick(1)] });
});

it('stops at once, and tells the app', async () => {
  poll.start();
  await settled();
  sink?.push(tick(1));
  await settled();
  poll.stop();
  await settled();
  expect(sink).toBeNull();
  expect(poll.getState().run).toMatchObject({ status: 'stopped', ticks: [tick(1)] });
});

it("shows the app's sentence when no price comes", async () => {
  poll.start();
  await settled();
  sink?.end({ code: 'FEED_UNAVAILABLE', sentence: 'No price came.' });
  await settled();
  expect(poll.getState().run).toMatchObject({ status: 'failed', error: 'No price came.' });
});

it('begins anew without the ticks of before', async () => {
  poll.start();
  await settled();
  sink?.push(tick(1));
  await settled();
  poll.start();
  await settled();
  expect(poll.getState().run.ticks).toEqual([]);
});

it('says that a replay has no prices', () => {
  const replay = createPollStore({
    client: app.client,
    venueId: 'candles.csv',
    symbol: 'BTC/USDT',
  });
  replay.start();
  expect(replay.getState().run.status).toBe('failed');
});

it('takes whole numbers within what the app allows', () => {
  expect(readPoll(10, 6)).toEqual({ everySeconds: 10, times: 6 });
  const unread = { text: '1,5', sentence: 'Not clear.', isUnfinished: false };
  for (const wrong of ['', 0, 1.5, unread, 4_000] as const) expect(readPoll(wrong, 6)).toBeNull();
  expect(readPoll(10, 1_001)).toBeNull();
});
