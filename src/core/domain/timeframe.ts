/** The bar lengths that the whole app trades and backtests on. */

export const TIMEFRAMES = ['1m', '5m', '15m', '1h', '4h', '1d'] as const;

export type Timeframe = (typeof TIMEFRAMES)[number];

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const LENGTH_MS: Readonly<Record<Timeframe, number>> = {
  '1m': MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '4h': 240 * MINUTE_MS,
  '1d': DAY_MS,
};

/** Length of one bar in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return LENGTH_MS[timeframe];
}

export function isTimeframe(text: string): text is Timeframe {
  return (TIMEFRAMES as readonly string[]).includes(text);
}

/** Whole UTC days since 1970-01-01: the one definition of "a day" for limits, daily returns and PnL by day. */
export function utcDay(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}
