/** Joins kept bars and new pages into one series: in order, each time once, the same bytes whatever order they came in. */

import { emptyCandles, type CandleColumns, type CandleRow } from '../../core/domain/candles.ts';
import type { LoggedPage } from './page-log.ts';

/** Where a time is in both, the new bar counts: the exchange said it later. */
export function joinBars(kept: CandleColumns, pages: readonly LoggedPage[]): CandleColumns {
  const added = inOrder(pages);
  const joined = emptyCandles(kept.length + added.length);
  let length = 0;
  let old = 0;
  for (const bar of added) {
    for (; old < kept.length && timeAt(kept, old) < bar[0]; old += 1)
      copy(kept, old, joined, length++);
    if (old < kept.length && timeAt(kept, old) === bar[0]) old += 1;
    write(bar, joined, length);
    length += 1;
  }
  for (; old < kept.length; old += 1) copy(kept, old, joined, length++);
  return { ...joined, length };
}

/** Sorted, because a range may have been read in parts; the sort is stable, so that the last of equal times is the newest. */
function inOrder(pages: readonly LoggedPage[]): readonly CandleRow[] {
  const bars = pages.flatMap((page) => page.bars).toSorted((a, b) => a[0] - b[0]);
  return bars.filter(([time], index) => time !== bars[index + 1]?.[0]);
}

function timeAt(candles: CandleColumns, index: number): number {
  return candles.time[index] ?? NaN;
}

function copy(from: CandleColumns, index: number, to: CandleColumns, at: number): void {
  to.time[at] = from.time[index] ?? NaN;
  to.open[at] = from.open[index] ?? NaN;
  to.high[at] = from.high[index] ?? NaN;
  to.low[at] = from.low[index] ?? NaN;
  to.close[at] = from.close[index] ?? NaN;
  to.volume[at] = from.volume[index] ?? NaN;
}

function write(bar: CandleRow, to: CandleColumns, at: number): void {
  [to.time[at], to.open[at], to.high[at], to.low[at], to.close[at], to.volume[at]] = bar;
}
