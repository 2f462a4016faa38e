/** Changing over between stream and polling, down to what a listener does while it is being told. */

import { expect, it } from 'vitest';
import { ok } from '../../../core/domain/result.ts';
import type { FeedEvent, Quote } from '../../../core/ports/market-feed.ts';
import { watchConnection } from '../connection-watch.ts';
import type { News } from '../keep-reading.ts';
import type { FailedRead, Read } from '../feed-errors.ts';
import { createVirtualClock, type VirtualClock } from '../testing/virtual-clock.ts';
import type { StreamEar } from './kept-stream.ts';
import { keepQuoting } from './streamed-quotes.ts';

const NOW = 1_000_000;

function quote(time: number, bid: number): Quote {
  return { symbol: 'BTC/USDT', time, bid, ask: bid + 1, depth: null };
}

interface Stage {
  readonly clock: VirtualClock;
  readonly told: readonly FeedEvent[];
  streams(time: number, bid: number): void;
  breaks(): void;
  /** What the next readings answer. */
  polled: Read<News>;
  /** Ends the subscription at the next event. */
  endAtNext: boolean;
}

const FAILED: FailedRead = {
  ok: false,
  error: { code: 'FEED_UNAVAILABLE', sentence: 'It cannot be reached; check the connection.' },
  retry: false,
};

function reads(time: number, bid: number): Read<News> {
  return ok({ events: [{ kind: 'quote', quote: quote(time, bid) }], againMs: 10_000 });
}

function aStage(polled: Read<News>, quietMs: number | null = null): Stage {
  const clock = createVirtualClock(NOW);
  const told: FeedEvent[] = [];
  let ear: StreamEar | null = null;
  let sequence = 0;
  const state = { polled, endAtNext: false };
  const listener = (event: FeedEvent): void => {
    told.push(event);
    if (state.endAtNext) end();
  };
  const end = keepQuoting(
    {
      dial: (opened) => {
        ear = opened;
        return () => undefined;
      },
      poll: { what: 'quotes', read: () => Promise.resolve(state.polled) },
      exchangeNow: clock.now,
      quietMs,
    },
    { clock, random: () => 0, pauseMs: () => 0, closing: new AbortController().signal },
    { listener, watch: watchConnection('Binance US', listener) },
  );
  return Object.assign(state, {
    clock,
    told,
    streams: (time: number, bid: number) => {
      sequence += 1;
      ear?.update({ quote: quote(time, bid), sequence });
    },
    breaks: () => ear?.ended(),
  });
}

it('a failing reading is no outage any more once the stream delivers', async () => {
  const stage = aStage(FAILED);
  await stage.clock.armed(2);
  stage.streams(NOW, 100);
  expect(stage.told).toEqual([
    { kind: 'connection', up: false, sentence: FAILED.error.sentence },
    { kind: 'connection', up: true, sentence: 'Binance US answers again.' },
    { kind: 'quote', quote: quote(NOW, 100) },
  ]);
});

it('a reading that our clock dates before the streamed price does not lead back in time', async () => {
  const stage = aStage(reads(NOW - 500, 100));
  await stage.clock.armed(2);
  stage.streams(NOW, 101);
  stage.polled = reads(NOW - 200, 102);
  stage.breaks();
  await stage.clock.armed(2);
  const quotes = stage.told.flatMap((event) => (event.kind === 'quote' ? [event.quote] : []));
  expect(quotes).toEqual([quote(NOW - 500, 100), quote(NOW, 101), quote(NOW, 102)]);
});

it('a clock that was set right is followed', async () => {
  const stage = aStage(reads(NOW + 3_600_000, 100));
  await stage.clock.armed(2);
  stage.polled = reads(NOW + 10_000, 101);
  stage.clock.advance(10_000);
  await expect.poll(() => stage.told.length, { timeout: 4_000 }).toBe(2);
  expect(stage.told[1]).toEqual({ kind: 'quote', quote: quote(NOW + 10_000, 101) });
});

it('what waits is told when the stream breaks, before what is read then', async () => {
  const stage = aStage(reads(NOW, 100));
  await stage.clock.armed(2);
  stage.streams(NOW, 101);
  stage.streams(NOW, 102);
  stage.polled = reads(NOW, 103);
  stage.breaks();
  await stage.clock.armed(2);
  const bids = stage.told.flatMap((event) => (event.kind === 'quote' ? [event.quote.bid] : []));
  expect(bids).toEqual([100, 101, 102, 103]);
});

it('a listener that ends it while it is told of the end of an outage hears nothing more', async () => {
  const stage = aStage(FAILED);
  await stage.clock.armed(2);
  stage.endAtNext = true;
  stage.streams(NOW, 100);
  expect(stage.told.map(({ kind }) => kind)).toEqual(['connection', 'connection']);
  expect(stage.clock.waits()).toEqual([]);
});

it('a listener that ends it as the stream breaks leaves no polling behind', async () => {
  const stage = aStage(reads(NOW, 100));
  await stage.clock.armed(2);
  stage.streams(NOW, 101);
  stage.streams(NOW, 102);
  stage.endAtNext = true;
  stage.breaks();
  expect(stage.told).toHaveLength(3);
  expect(stage.clock.waits()).toEqual([]);
});

it('a stream that is well and tells nothing is read until it does', async () => {
  const stage = aStage(reads(NOW, 100), 5_000);
  await stage.clock.armed(2);
  stage.streams(NOW, 101);
  stage.polled = reads(NOW + 5_000, 101);
  stage.clock.advance(5_000);
  await expect.poll(() => stage.told.length, { timeout: 4_000 }).toBe(3);
  expect(stage.told[2]).toEqual({ kind: 'quote', quote: quote(NOW + 5_000, 101) });
  stage.streams(NOW + 5_000, 102);
  expect(stage.told.at(-1)).toEqual({ kind: 'quote', quote: quote(NOW + 5_000, 102) });
});
