/** The indicators a strategy can declare, and how it reads them: never ahead of the bar that has just closed. */

import type { PriceColumn } from '../domain/candles.ts';

/** One figure for each bar. */
export interface Line {
  /** Bars that must have closed before the one with the first figure. */
  readonly warmUp: number;
  /**
   * The figure `ago` bars before the one that has just closed (0 is that bar itself).
   * NaN where it is not defined: before the warm-up is over, or before the first bar.
   * @throws RangeError when asked for a bar that has not closed
   */
  at(ago: number): number;
}

export interface MacdLines {
  readonly line: Line;
  readonly signal: Line;
  readonly histogram: Line;
}

export interface BollingerLines {
  readonly middle: Line;
  readonly upper: Line;
  readonly lower: Line;
}

/** Two simple averages and where they cross, decided exactly: a tie is a tie. */
export interface SmaCross {
  readonly fast: Line;
  readonly slow: Line;
  /** Fast was at or below slow on the bar before and is above it now, both defined on both bars. */
  crossedAbove(): boolean;
  /** Fast was at or above slow on the bar before and is below it now, both defined on both bars. */
  crossedBelow(): boolean;
}

/** Asked in a strategy's `init`. Each throws RangeError on a length it cannot have; definitions are TA-Lib's. */
export interface IndicatorSet {
  price(column: PriceColumn): Line;
  sma(source: PriceColumn, period: number): Line;
  ema(source: PriceColumn, period: number): Line;
  rsi(source: PriceColumn, period: number): Line;
  macd(source: PriceColumn, fast: number, slow: number, signal: number): MacdLines;
  bollinger(source: PriceColumn, period: number, deviations: number): BollingerLines;
  atr(period: number): Line;
  smaCross(source: PriceColumn, fast: number, slow: number): SmaCross;
}

/** Refuses a look ahead, for both ways of keeping lines. */
export function checkAgo(ago: number): void {
  if (ago < 0)
    throw new RangeError(`Asked for a bar ${-ago} ahead; a strategy sees closed bars only.`);
}
