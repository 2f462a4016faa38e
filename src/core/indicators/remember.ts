/** Keeps what was made, so that a second request for the same figures gets the same line. */

import type { IndicatorSet } from './indicator-set.ts';

/** @returns what `make` made when `key` was first asked for */
export function remember<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make();
    made.set(key, value);
    return value;
  };
}

/** The same set, in which each request that differs is computed once. */
export function rememberLines(set: IndicatorSet): IndicatorSet {
  return {
    price: remembering((column) => set.price(column)),
    sma: remembering((source, period) => set.sma(source, period)),
    ema: remembering((source, period) => set.ema(source, period)),
    rsi: remembering((source, period) => set.rsi(source, period)),
    macd: remembering((source, fast, slow, signal) => set.macd(source, fast, slow, signal)),
    bollinger: remembering((source, period, width) => set.bollinger(source, period, width)),
    atr: remembering((period) => set.atr(period)),
    smaCross: remembering((source, fast, slow) => set.smaCross(source, fast, slow)),
  };
}

function remembering<Args extends readonly (string | number)[], T>(
  make: (...args: Args) => T,
): (...args: Args) => T {
  const lines = remember<T>();
  return (...args) => lines(args.join(' '), () => make(...args));
}
