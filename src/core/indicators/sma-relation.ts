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
 * @throws RangeError on a bad period
 */
export function smaRelationColumn(
  values: Float64Array,
  length: number,
  fast: number,
  slow: number,
): Int8Array {
  checkPeriod('the fast average', fast);
  checkPeriod('the slow average', slow);
  const ticks = tickColumn(values, length);
  return ticks !== null && productsAreExact(ticks, fast, slow)
    ? relationOfTicks(ticks, fast, slow)
    : relationOfDecimals(values, length, fast, slow);
}

/** sumFast/fast > sumSlow/slow is sumFast × slow > sumSlow × fast; both products must stay whole. */
function productsAreExact({ largest }: TickColumn, fast: number, slow: number): boolean {
  return largest * fast * slow <= Number.MAX_SAFE_INTEGER;
}

function relationOfTicks({ ticks }: TickColumn, fast: number, slow: number): Int8Array {
  const relation = new Int8Array(ticks.length).fill(NO_RELATION);
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

function relationOfDecimals(
  values: Float64Array,
  length: number,
  fast: number,
  slow: number,
): Int8Array {
  const relation = new Int8Array(length);
  const incremental = new IncrementalSmaRelation(fast, slow);
  for (let index = 0; index < length; index += 1) {
    relation[index] = incremental.push(values[index] ?? NaN);
  }
  return relation;
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
