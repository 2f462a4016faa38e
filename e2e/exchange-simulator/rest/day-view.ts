/** The last 24 hours of a market, as `ticker/24hr` and the ticker streams tell them. */

import { bookOf } from '../book.ts';
import { formatUnits, ONE, times } from '../decimal.ts';
import type { Exchange } from '../exchange.ts';
import { joinMinutes, MINUTE_MS, type Bar } from '../market/bars.ts';
import type { Market } from '../market/market.ts';

const DAY_MINUTES = 1_440;

/** The last 24 hours as one bar that begins with its oldest minute. */
export function dayBar(exchange: Exchange, market: Market): Bar {
  const now = exchange.now();
  const minutes = market.bars({
    length: MINUTE_MS,
    startTime: undefined,
    endTime: undefined,
    limit: DAY_MINUTES,
    now,
  });
  const byStart = new Map(minutes.map((bar) => [bar.start, bar]));
  const start = minutes[0]?.start ?? now;
  return joinMinutes(
    (minute) => byStart.get(minute),
    { start, length: DAY_MINUTES * MINUTE_MS, now },
    market.last(),
  );
}

export function dayView(exchange: Exchange, market: Market): unknown {
  const day = dayBar(exchange, market);
  const { bids, asks } = bookOf(exchange, market);
  const last = market.last();
  const change = last - day.open;
  const trade = market.latestTrades().at(-1);
  return {
    symbol: market.rules.name,
    priceChange: formatUnits(change),
    priceChangePercent: ((Number(change) / Number(day.open)) * 100).toFixed(3),
    weightedAvgPrice: formatUnits((day.high + day.low + day.close) / 3n),
    prevClosePrice: formatUnits(day.open),
    lastPrice: formatUnits(last),
    lastQty: formatUnits(trade?.quantity ?? ONE),
    bidPrice: formatUnits(bids[0]?.price ?? 0n),
    bidQty: formatUnits(bids[0]?.quantity ?? 0n),
    askPrice: formatUnits(asks[0]?.price ?? 0n),
    askQty: formatUnits(asks[0]?.quantity ?? 0n),
    openPrice: formatUnits(day.open),
    highPrice: formatUnits(day.high),
    lowPrice: formatUnits(day.low),
    volume: formatUnits(day.volume),
    quoteVolume: formatUnits(times(day.volume, last)),
    openTime: day.start,
    closeTime: exchange.now(),
    firstId: market.latestTrades()[0]?.id ?? -1,
    lastId: trade?.id ?? -1,
    count: day.trades,
  };
}
