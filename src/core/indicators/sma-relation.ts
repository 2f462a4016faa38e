/**
 * Whether a fast simple average is above or below a slow one, decided exactly, ties included.
 * Rolling sums in floating point turn a tie into a cross now and then; whole ticks cannot.
 */

import { DecimalWindow } from './decimal-window.ts';
import { tickColumn, type TickColumn } from './decimal-ticks.ts';
import { checkPeriod } from './period.ts';

/** Stands in the column where one of the averages is not defined yet. */
export const NO_RELATION = 2;

/**
 * Sign of fast − slow at each bar: −1, 0 or 1, or `NO_RELATION`.
 * @param values zero or more, as prices and volumes are
 * @param ticks of these values, where the caller has them already
 * @throws RangeError on a bad period
 */
export function smaRelationColumn(
  values: Float64Array,
  length: number,
  fast: number,
  slow: number,
  ticks: TickColumn | null = tickColumn(values, length),
): Int8Array {
  checkPeriod('the fast average', fast);
  checkPeriod('the slow average', slow);
  return ticks !== null && productsAreExact(ticks, fast, slow)
    ? relationOfTicks(ticks, fast, slow)
    : relationOfDecimals(values, length, fast, slow);
}

/** sumFast/fast > sumSlow/slow is sumFast × slow > sumSlow × fast; both products must stay whole. */
function productsAreExact({ largest }: TickColumn, fast: number, slow: number): boolean {
  return largest * fast * slow <= Number.MAX_SAFE_INTEGER;
}

function relationOfTicks({ ticks }: TickColumn, fast: number, slow: number): Int8Array {
  const relation = new Int8Array(ticks.length).fill(NO_RELATION, 0, Math.max(fast, slow) - 1);
  const first = Math.max(fast, slow) - 1;
  let fastSum = 0;
  let slowSum = 0;
  for (let index = 0; index < ticks.length; index += 1) {
    const tick = ticks[index] ?? NaN;
    fastSum += tick - (index >= fast ? (ticks[index - fast] ?? NaN) : 0);
    slowSum += tick - (index >= slow ? (ticks[index - slow] ?? NaN) : 0);
    if (index >= first) relation[index] = Math.sign(fastSum * slow - slowSum * fast);
  }
  return relation;
}

/** Bars between two fresh sums: bounds what a rolling sum can be off by. */
const FRESH_SUMS = 1_024;

/** Sums below this are left to exact decimals: float64 holds fewer digits there. */
const SMALLEST_SUM = 1e-290;

/**
 * Where a gap is smaller than this fraction of the sums it is the difference of, it is decided exactly. Each of the
 * `longest` values and of the additions in a fresh sum is off by at most 2^-53 of the sum, each rolling step by 2^-52
 * of the largest sum on the way; two sums, and a factor of two to spare.
 */
function doubtOf(longest: number): number {
  return (longest + FRESH_SUMS) * 2 ** -50;
}

/** Floating point wherever its sign is beyond doubt, exact decimals where it is not. */
function relationOfDecimals(
  values: Float64Array,
  length: number,
  fast: number,
  slow: number,
): Int8Array {
  const relation = new Int8Array(length).fill(NO_RELATION);
  const longest = Math.max(fast, slow);
  const doubt = doubtOf(longest);
  const exact = new ExactRelation(values, fast, slow);
  let [fastSum, slowSum, largest] = [0, 0, 0];
  // Bars in a row with the same value; a market that stands still would otherwise be decided exactly bar by bar.
  let still = stillBars(values, longest - 1);
  for (let index = longest - 1; index < length; index += 1) {
    if ((index - longest + 1) % FRESH_SUMS === 0) {
      fastSum = sumUpTo(values, index, fast);
      slowSum = sumUpTo(values, index, slow);
      largest = 0;
    } else {
      const value = values[index] ?? NaN;
      fastSum += value - (values[index - fast] ?? NaN);
      slowSum += value - (values[index - slow] ?? NaN);
    }
    still = values[index] === values[index - 1] ? still + 1 : 1;
    largest = Math.max(largest, Math.abs(fastSum) * slow, Math.abs(slowSum) * fast);
    const gap = fastSum * slow - slowSum * fast;
    if (Math.abs(gap) > doubt * largest && largest > SMALLEST_SUM) relation[index] = Math.sign(gap);
    else relation[index] = still >= longest ? 0 : exact.at(index);
  }
  return relation;
}

/** Length of the run of equal values that ends before bar `index`. */
function stillBars(values: Float64Array, index: number): number {
  let first = index - 1;
  while (first > 0 && values[first - 1] === values[index - 1]) first -= 1;
  return index - first;
}

function sumUpTo(values: Float64Array, last: number, period: number): number {
  let sum = 0;
  for (let index = last - period + 1; index <= last; index += 1) sum += values[index] ?? NaN;
  return sum;
}

/** Exact decisions at some bars of a column, asked for in rising order; no value is read twice. */
class ExactRelation {
  readonly #values: Float64Array;
  readonly #fast: number;
  readonly #slow: number;
  #windows: IncrementalSmaRelation;
  /** The first bar that the windows have not seen. */
  #next = 0;

  constructor(values: Float64Array, fast: number, slow: number) {
    this.#values = values;
    this.#fast = fast;
    this.#slow = slow;
    this.#windows = new IncrementalSmaRelation(fast, slow);
  }

  at(index: number): number {
    const first = index - Math.max(this.#fast, this.#slow) + 1;
    if (first > this.#next) {
      this.#windows = new IncrementalSmaRelation(this.#fast, this.#slow);
      this.#next = first;
    }
    let relation = NO_RELATION;
    for (; this.#next <= index; this.#next += 1) {
      relation = this.#windows.push(this.#values[this.#next] ?? NaN);
    }
    return relation;
  }
}

/** One value at a time; the same decisions as the column. */
export class IncrementalSmaRelation {
  readonly #fast: DecimalWindow;
  readonly #slow: DecimalWindow;

  constructor(fast: number, slow: number) {
    checkPeriod('the fast average', fast);
    checkPeriod('the slow average', slow);
    this.#fast = new DecimalWindow(fast);
    this.#slow = new DecimalWindow(slow);
  }

  push(value: number): number {
    this.#fast.push(value);
    this.#slow.push(value);
    const relation = this.#fast.compareMean(this.#slow);
    return Number.isNaN(relation) ? NO_RELATION : relation;
  }
}
