/** The practice market: made up, and still a market one can rely on: history, bars and prices fit together. */

import { describe, expect, it } from 'vitest';
import { candlesFromRows } from '../../core/domain/candles.ts';
import { MINUTE_MS } from '../../core/domain/timeframe.ts';
import type { FeedEvent } from '../../core/ports/market-feed.ts';
import { LiveClock } from '../trading/testing/live-clock.ts';
import { createPracticeFeed } from './practice-feed.ts';

const SAMPLE = candlesFromRows([
  [0, 100, 104, 99, 102, 1],
  [1, 102, 110, 101, 108, 2],
  [2, 108, 109, 90, 95, 3],
]);
const symbol = 'BTC/USDT';

/** A whole number of times there and back. */
const START = 6_000 * MINUTE_MS;

async function bars(start: number, count: number, timeframe: '1m' | '5m' = '1m') {
  const feed = createPracticeFeed(SAMPLE, new LiveClock(start + 1_000 * MINUTE_MS).run());
  const read = await feed.closedBars(symbol, timeframe, start, start + count * MINUTE_MS);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value;
}

describe('the practice market', () => {
  it('plays the sample forwards and backwards, without a jump', async () => {
    const rows = await bars(START, 7);
    expect(rows.map(([, open, high, low, close]) => [open, high, low, close])).toEqual([
      [100, 104, 99, 102],
      [102, 110, 101, 108],
      [108, 109, 90, 95],
      [95, 109, 90, 108],
      [108, 110, 101, 102],
      [102, 104, 99, 100],
      [100, 104, 99, 102],
    ]);
    rows.forEach(([, open], index) => {
      if (index > 0) expect(open).toBe(rows[index - 1]?.[4]);
    });
  });

  it('adds minutes up to longer bars', async () => {
    const [five] = await bars(START, 5, '5m');
    expect(five).toEqual([START, 100, 110, 90, 102, 11]);
  });

  it('never shows a bar that is still forming', async () => {
    const feed = createPracticeFeed(SAMPLE, new LiveClock(START + 90_000).run());
    const read = await feed.closedBars(symbol, '1m', START, START + 10 * MINUTE_MS);
    expect(read).toMatchObject({ ok: true, value: { length: 1 } });
  });

  it('tells prices every second and each bar once, those too that were slept through', async () => {
    const clock = new LiveClock(START);
    const feed = createPracticeFeed(SAMPLE, clock.run());
    const events: FeedEvent[] = [];
    const wants = { quotes: [symbol], bars: [{ symbol, timeframe: '1m' as const }] };
    const end = feed.subscribe(wants, (event) => events.push(event));
    await clock.advance(30_000);
    expect(events.at(-1)).toMatchObject({ kind: 'quote', quote: { bid: 100.99, ask: 101.01 } });
    clock.set(START + 3 * MINUTE_MS + 500);
    await clock.advance(1_000);
    const closed = events.filter((event) => event.kind === 'bar-closed');
    expect(closed.map(({ bar }) => bar[0])).toEqual([0, 1, 2].map((i) => START + i * MINUTE_MS));
    end();
    const told = events.length;
    await clock.advance(MINUTE_MS);
    expect(events).toHaveLength(told);
  });

  it('has one pair, and says so', async () => {
    const feed = createPracticeFeed(SAMPLE, new LiveClock(START).run());
    expect(await feed.instrument('DOGE/USDT')).toMatchObject({
      ok: false,
      error: { code: 'SYMBOL_UNKNOWN' },
    });
  });
});
