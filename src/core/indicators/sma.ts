/**
 * Simple moving average: the mean of the last `period` values, defined from index `period − 1` (TA-Lib SMA).
 * It is the float64 nearest to the mean of the values as decimals, however it is computed, so equal means are equal.
 */

import { DecimalWindow } from './decimal-window.ts';
import { tickColumn, type TickColumn } from './decimal-ticks.ts';
import { checkPeriod } from './period.ts';

/**
 * Whole column; NaN before the first full window.
 * @param ticks of these values, where the caller has them already
 * @throws RangeError on a bad period
 */
export function smaColumn(
  values: Float64Array,
  length: number,
  period: number,
  ticks: TickColumn | null = tickColumn(values, length),
): Float64Array {
  checkPeriod('the simple moving average', period);
  return ticks !== null && sumsAreExact(ticks, period)
    ? smaOfTicks(ticks, period)
    : smaOfDecimals(values, length, period);
}

/** Sums of ticks and `period × scale` are whole numbers below 2^53: one division then rounds once. */
function sumsAreExact({ largest, scale }: TickColumn, period: number): boolean {
  return Math.max(largest, scale) * period <= Number.MAX_SAFE_INTEGER;
}

function smaOfTicks({ ticks, scale }: TickColumn, period: number): Float64Array {
  const means = new Float64Array(ticks.length).fill(NaN, 0, period - 1);
  const divisor = period * scale;
  let sum = 0;
  for (let index = 0; index < ticks.length; index += 1) {
    // One step: with the new value in and the old one not yet out, the sum might not fit.
    sum += (ticks[index] ?? NaN) - (index >= period ? (ticks[index - period] ?? NaN) : 0);
    if (index >= period - 1) means[index] = sum / divisor;
  }
  return means;
}

function smaOfDecimals(values: Float64Array, length: number, period: number): Float64Array {
  const means = new Float64Array(length);
  const sma = new IncrementalSma(period);
  for (let index = 0; index < length; index += 1) means[index] = sma.push(values[index] ?? NaN);
  return means;
}

/** One value at a time; the same figures as the column. */
export class IncrementalSma {
  readonly #window: DecimalWindow;

  constructor(period: number) {
    checkPeriod('the simple moving average', period);
    this.#window = new DecimalWindow(period);
  }

  /** @returns the mean that ends with `value`; NaN until the window is full */
  push(value: number): number {
    this.#window.push(value);
    return this.#window.mean();
  }
}
