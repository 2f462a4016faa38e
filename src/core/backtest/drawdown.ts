/** How far and how long an equity curve lay below its own peak. */

import type { CandleColumns } from '../domain/candles.ts';
import { isRounding } from './spread.ts';

export interface Drawdown {
  /** Deepest fall below the highest equity so far, as a fraction of that peak; 0 when it never fell. */
  readonly depth: number;
  /** Longest time below a peak in ms: from the last bar at the peak to the bar that is back at it, or to the end. */
  readonly durationMs: number;
}

/**
 * Deepest and longest drawdown: depth = max((peak − equity) / peak).
 * The starting balance is the first peak, taken to stand at the first bar.
 */
export function deepestDrawdown(
  { time, length }: CandleColumns,
  equity: Float64Array,
  startingBalance: number,
): Drawdown {
  let depth = 0;
  let durationMs = 0;
  let peak = startingBalance;
  let peakIndex = 0;
  let trough = startingBalance;
  for (let index = 0; index < length; index += 1) {
    const value = equity[index] ?? NaN;
    if (value < trough) trough = value;
    if (isBackAt(peak, value)) {
      if (!isBackAt(peak, trough)) {
        depth = Math.max(depth, (peak - trough) / peak);
        durationMs = Math.max(durationMs, (time[index] ?? NaN) - (time[peakIndex] ?? NaN));
      }
      // Never lowered: a loss that is rounding at each bar may be one in the end.
      peak = Math.max(peak, value);
      trough = peak;
      peakIndex = index;
    }
  }
  if (!isBackAt(peak, trough)) {
    depth = Math.max(depth, (peak - trough) / peak);
    durationMs = Math.max(durationMs, (time[length - 1] ?? NaN) - (time[peakIndex] ?? NaN));
  }
  return { depth, durationMs };
}

/** An equity that differs from its peak by nothing but rounding has not fallen. */
function isBackAt(peak: number, equity: number): boolean {
  return equity >= peak || isRounding(peak - equity, Math.abs(peak));
}

/** For each bar the fraction below the highest equity so far, the starting balance included; 0 at a peak. */
export function drawdownColumn(equity: Float64Array, startingBalance: number): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = startingBalance;
  for (let index = 0; index < equity.length; index += 1) {
    const value = equity[index] ?? NaN;
    peak = Math.max(peak, value);
    drawdown[index] = isBackAt(peak, value) ? 0 : (peak - value) / peak;
  }
  return drawdown;
}
