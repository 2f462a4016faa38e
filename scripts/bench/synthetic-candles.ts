/** Made-up one-minute bars for measuring: a seeded random walk in whole cents, the same bars on every machine. */

import { emptyCandles, type CandleColumns } from '../../src/core/domain/candles.ts';
import { MINUTE_MS } from '../../src/core/domain/timeframe.ts';

/** 2024-01-01T00:00:00Z */
const FIRST_TIME = 1_704_067_200_000;
const FIRST_PRICE = 20_000;
/** Largest move of one step, as a fraction: about what a minute of BTC moves. */
const STEP = 0.001;

/** One year of minutes. */
export const YEAR_OF_MINUTES = 525_600;

export function syntheticCandles(length: number, seed = 1): CandleColumns {
  const random = mulberry32(seed);
  const candles = emptyCandles(length);
  let price = FIRST_PRICE;
  for (let index = 0; index < length; index += 1) {
    const open = step(price, random);
    const close = step(open, random);
    candles.time[index] = FIRST_TIME + index * MINUTE_MS;
    candles.open[index] = open;
    candles.high[index] = cents(Math.max(open, close) * (1 + random() * STEP));
    candles.low[index] = cents(Math.min(open, close) * (1 - random() * STEP));
    candles.close[index] = close;
    candles.volume[index] = cents(random() * 10);
    price = close;
  }
  return candles;
}

/** Steady: the logarithm moves by the same amount either way, so that the price stays in range for years. */
function step(price: number, random: () => number): number {
  const home = (FIRST_PRICE - price) / FIRST_PRICE;
  return cents(price * (1 + ((random() - 0.5) * 2 + home * 0.01) * STEP));
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}

/** A small seeded generator (Tommy Ettinger, public domain): 0 up to but not including 1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
