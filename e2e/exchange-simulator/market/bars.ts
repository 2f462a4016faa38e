/** Bars of one minute, and the longer ones that are made of them. */

import type { Units } from '../decimal.ts';

export interface Bar {
  /** ms UTC. */
  readonly start: number;
  readonly open: Units;
  readonly high: Units;
  readonly low: Units;
  readonly close: Units;
  /** In the base currency. */
  readonly volume: Units;
  readonly trades: number;
}

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** ms of each of Binance's intervals but seconds and months. */
const INTERVALS: ReadonlyMap<string, number> = new Map([
  ['1m', MINUTE_MS],
  ['3m', 3 * MINUTE_MS],
  ['5m', 5 * MINUTE_MS],
  ['15m', 15 * MINUTE_MS],
  ['30m', 30 * MINUTE_MS],
  ['1h', HOUR_MS],
  ['2h', 2 * HOUR_MS],
  ['4h', 4 * HOUR_MS],
  ['6h', 6 * HOUR_MS],
  ['8h', 8 * HOUR_MS],
  ['12h', 12 * HOUR_MS],
  ['1d', DAY_MS],
  ['3d', 3 * DAY_MS],
  ['1w', 7 * DAY_MS],
]);

export function intervalMs(interval: string): number | undefined {
  return INTERVALS.get(interval);
}

/** The bar's start. Weeks begin on Monday, and 1970 began on a Thursday. */
export function barStart(time: number, length: number): number {
  const offset = length === 7 * DAY_MS ? 4 * DAY_MS : 0;
  return Math.floor((time - offset) / length) * length + offset;
}

/** The bar with one more trade in it. */
export function withTrade(bar: Bar | undefined, time: number, price: Units, volume: Units): Bar {
  if (bar === undefined) {
    const start = barStart(time, MINUTE_MS);
    return { start, open: price, high: price, low: price, close: price, volume, trades: 1 };
  }
  return {
    ...bar,
    high: price > bar.high ? price : bar.high,
    low: price < bar.low ? price : bar.low,
    close: price,
    volume: bar.volume + volume,
    trades: bar.trades + 1,
  };
}

/**
 * One bar of `length` ms out of its minutes, up to `now`.
 * @param before - The close before it, at which a bar without a trade stands.
 */
export function joinMinutes(
  minute: (start: number) => Bar | undefined,
  span: { readonly start: number; readonly length: number; readonly now: number },
  before: Units,
): Bar {
  let joined: Bar = {
    start: span.start,
    open: before,
    high: before,
    low: before,
    close: before,
    volume: 0n,
    trades: 0,
  };
  const end = Math.min(span.start + span.length - 1, span.now);
  for (let time = span.start; time <= end; time += MINUTE_MS) {
    const bar = minute(time);
    if (bar !== undefined)
      joined = joined.trades === 0 ? { ...bar, start: span.start } : join(joined, bar);
  }
  return joined;
}

function join(earlier: Bar, later: Bar): Bar {
  return {
    start: earlier.start,
    open: earlier.open,
    high: later.high > earlier.high ? later.high : earlier.high,
    low: later.low < earlier.low ? later.low : earlier.low,
    close: later.close,
    volume: earlier.volume + later.volume,
    trades: earlier.trades + later.trades,
  };
}
