/** Whether kept candles are what candles must be: in order, on their timeframe's grid, with prices that can be. */

import type { CandleColumns } from '../../core/domain/candles.ts';
import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import { counted, shownTime } from './field-text.ts';

type Check = (candles: CandleColumns, bar: number, step: number) => boolean;

/** What is wrong where the check does not hold. */
const CHECKS: readonly (readonly [sentence: string, holds: Check])[] = [
  ['not after the bar before', ({ time }, bar) => bar === 0 || at(time, bar) > at(time, bar - 1)],
  [
    'not a whole number of bars after the first',
    ({ time }, bar, step) => (at(time, bar) - at(time, 0)) % step === 0,
  ],
  [
    'with a price that is no positive number',
    ({ open, high, low, close }, bar) =>
      [open, high, low, close].every((column) => isPositive(at(column, bar))),
  ],
  [
    'with a high below its open, close or low',
    ({ open, high, low, close }, bar) =>
      !(at(high, bar) < Math.max(at(open, bar), at(close, bar), at(low, bar))),
  ],
  [
    'with a low above its open or close',
    ({ open, low, close }, bar) => !(at(low, bar) > Math.min(at(open, bar), at(close, bar))),
  ],
  [
    'with a volume that is negative or no number',
    ({ volume }, bar) => at(volume, bar) >= 0 && Number.isFinite(at(volume, bar)),
  ],
];

/** A sentence for each kind of defect, with the first bar that has it; none where all is well. */
export function unsoundness(candles: CandleColumns, timeframe: Timeframe): readonly string[] {
  const step = timeframeMs(timeframe);
  return CHECKS.flatMap(([sentence, holds]) => {
    let [count, first] = [0, -1];
    for (let bar = 0; bar < candles.length; bar += 1) {
      if (holds(candles, bar, step)) continue;
      if (count === 0) first = bar;
      count += 1;
    }
    return count === 0
      ? []
      : [`${counted(count, 'bar')} ${sentence}, first that of ${shown(candles, first)}.`];
  });
}

function at(column: Float64Array, bar: number): number {
  return column[bar] ?? Number.NaN;
}

function isPositive(price: number): boolean {
  return price > 0 && Number.isFinite(price);
}

function shown({ time }: CandleColumns, bar: number): string {
  const start = at(time, bar);
  const isTime = Number.isFinite(start) && Math.abs(start) <= 8.64e15;
  return isTime ? shownTime(start) : `row ${bar + 1}`;
}
