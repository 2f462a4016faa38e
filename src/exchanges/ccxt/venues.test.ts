/** The other exchanges' answers come out in the same form, and their limits are kept. */

import { describe, expect, it } from 'vitest';
import type { CandleRow } from '../../core/domain/candles.ts';
import { barAt, createBinanceMarket } from './testing/binance-market.ts';
import { coinbaseAnswers } from './testing/coinbase-answers.ts';
import { aFeed, NOON, type FeedFixture } from './testing/feed-fixture.ts';
import { krakenAnswers } from './testing/kraken-answers.ts';
import { createVirtualClock } from './testing/virtual-clock.ts';

const MINUTE = 60_000;

/** Minutes from `first` to `last`, counted from noon. */
function minutes(first: number, last: number): readonly CandleRow[] {
  return Array.from({ length: last - first + 1 }, (_, i) => barAt(NOON + (first + i) * MINUTE));
}

describe('Kraken', () => {
  const kraken = (bars: readonly CandleRow[]): Promise<FeedFixture> => {
    const clock = createVirtualClock(NOON);
    return aFeed('kraken', krakenAnswers(clock.now, bars), clock);
  };

  it('states its rules', async () => {
    const { feed } = await kraken([]);
    expect(await feed.instrument('BTC/USD')).toEqual({
      ok: true,
      value: {
        symbol: 'BTC/USD',
        base: 'BTC',
        quote: 'USD',
        amountStep: 1e-8,
        minAmount: 0.00005,
        priceStep: 0.1,
        minCost: 0.5,
      },
    });
  });

  it('tells its prices', async () => {
    const { clock, listen } = await kraken([]);
    const { events } = listen({ quotes: ['BTC/USD'] });
    await clock.armed(1);
    const depth = {
      bids: [[50_000, 0.5]],
      asks: [
        [50_000.1, 1.5],
        [50_000.2, 2],
      ],
    };
    const quote = { symbol: 'BTC/USD', time: NOON, bid: 50_000, ask: 50_000.1, depth };
    expect(events).toEqual([{ kind: 'quote', quote }]);
  });

  it('has its newest bars', async () => {
    const { feed } = await kraken(minutes(-800, 0));
    const bars = await feed.closedBars('BTC/USD', '1m', NOON - 719 * MINUTE, NOON + MINUTE);
    expect(bars).toEqual({ ok: true, value: minutes(-719, -1) });
  });

  it('does not pass its newest bars off as older ones', async () => {
    const { feed } = await kraken(minutes(-800, 0));
    const bars = await feed.closedBars('BTC/USD', '1m', NOON - 800 * MINUTE, NOON);
    expect(bars).toMatchObject({ ok: false, error: { code: 'FEED_REFUSED' } });
  });

  it('tells what it still has after a day away', async () => {
    const known: CandleRow[] = [...minutes(-10, 0)];
    const { clock, listen } = await kraken(known);
    const listening = listen({ bars: [{ symbol: 'BTC/USD', timeframe: '1m' }] });
    await clock.armed(1);
    known.push(...minutes(1, 1_440));
    clock.advance(1_440 * MINUTE);
    for (let timers = 0; timers < 2; timers += 1) {
      await clock.armed(1);
      clock.advance(0);
    }
    await clock.armed(1);
    expect(listening.bars()).toEqual(minutes(721, 1_439).map(([time]) => time));
  });
});

describe('Coinbase', () => {
  const coinbase = (bars: readonly CandleRow[]): Promise<FeedFixture> => {
    const clock = createVirtualClock(NOON);
    return aFeed('coinbase', coinbaseAnswers(clock.now, bars), clock);
  };

  it('states its rules', async () => {
    const { feed } = await coinbase([]);
    expect(await feed.instrument('BTC/USD')).toMatchObject({
      ok: true,
      value: { amountStep: 1e-8, priceStep: 0.01, minCost: 1 },
    });
  });

  it('tells its prices, as old as they are', async () => {
    const { clock, listen } = await coinbase([]);
    const { events } = listen({ quotes: ['BTC/USD'] });
    await clock.armed(1);
    expect(events).toMatchObject([
      { kind: 'quote', quote: { time: NOON - 500, bid: 50_000, ask: 50_001.07 } },
    ]);
  });

  it('has bars beyond a stretch without any', async () => {
    const traded = [...minutes(-900, -890), ...minutes(-20, 0)];
    const { feed } = await coinbase(traded);
    const bars = await feed.closedBars('BTC/USD', '1m', NOON - 900 * MINUTE, NOON);
    expect(bars).toEqual({ ok: true, value: traded.slice(0, -1) });
  });

  it('has no bars of four hours', async () => {
    const { feed } = await coinbase([]);
    expect(await feed.closedBars('BTC/USD', '4h', NOON - 900 * MINUTE, NOON)).toEqual({
      ok: false,
      error: {
        code: 'FEED_REFUSED',
        sentence: 'Coinbase has no bars of 4h; choose another timeframe or exchange.',
      },
    });
  });

  it('is asked again where it says in its own way that it was asked too often', async () => {
    const { feed, clock, exchange } = await coinbase([]);
    exchange.fault('/products', { status: 429, body: '{"error":"RESOURCE_EXHAUSTED"}' });
    const asking = feed.instrument('BTC/USD');
    await clock.armed(1);
    clock.advance(500);
    expect(await asking).toMatchObject({ ok: true });
  });
});

it('Binance is asked for its spot markets alone', async () => {
  const clock = createVirtualClock(NOON);
  const { feed, exchange } = await aFeed('binance', createBinanceMarket(clock.now).answer, clock);
  expect(await feed.instrument('BTC/USDT')).toMatchObject({ ok: true });
  expect(exchange.asked).toEqual(['/api/v3/exchangeInfo']);
});
