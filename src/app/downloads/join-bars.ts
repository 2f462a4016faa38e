/** Joins kept bars and new pages into one series: in order, each time once, the same bytes whatever order they came in. */

import { setImmediate as othersTurn } from 'node:timers/promises';
import { emptyCandles, type CandleColumns } from '../../core/domain/candles.ts';
import { NUMBERS, PAGES_AT_ONCE, type ReadPage } from './page-log.ts';

/**
 * Where a time is in both, the new bar counts: the exchange said it later.
 * @param pages of one download: their spans do not overlap
 */
export async function joinBars(
  kept: CandleColumns,
  pages: readonly ReadPage[],
): Promise<CandleColumns> {
  const added = pages.reduce((sum, { numbers }) => sum + numbers.length / NUMBERS, 0);
  const joined = emptyCandles(kept.length + added);
  const inOrder = pages.toSorted((a, b) => a.span.from - b.span.from);
  let [length, old] = [0, 0];
  for (const [index, { numbers }] of inOrder.entries()) {
    if (index % PAGES_AT_ONCE === PAGES_AT_ONCE - 1) await othersTurn();
    for (let at = 0; at < numbers.length; at += NUMBERS) {
      const time = numbers[at] ?? NaN;
      const until = firstFrom(kept.time, old, kept.length, time);
      length = copy(kept, old, until, joined, length);
      old = until < kept.length && kept.time[until] === time ? until + 1 : until;
      write(numbers, at, joined, length);
      length += 1;
    }
  }
  length = copy(kept, old, kept.length, joined, length);
  return { ...joined, length };
}

/** The first place from `start` on whose time is not before `time`. Mostly it is `start` itself. */
function firstFrom(times: Float64Array, start: number, end: number, time: number): number {
  let [low, high] = [start, end];
  if (low < high && (times[low] ?? NaN) >= time) return low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? NaN) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** @returns the length after it */
function copy(
  from: CandleColumns,
  start: number,
  end: number,
  to: CandleColumns,
  length: number,
): number {
  if (start === end) return length;
  for (const name of COLUMNS) to[name].set(from[name].subarray(start, end), length);
  return length + end - start;
}

function write(numbers: Float64Array, at: number, to: CandleColumns, length: number): void {
  to.time[length] = numbers[at] ?? NaN;
  to.open[length] = numbers[at + 1] ?? NaN;
  to.high[length] = numbers[at + 2] ?? NaN;
  to.low[length] = numbers[at + 3] ?? NaN;
  to.close[length] = numbers[at + 4] ?? NaN;
  to.volume[length] = numbers[at + 5] ?? NaN;
}
