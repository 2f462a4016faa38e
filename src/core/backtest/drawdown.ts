/** How far and how long an equity curve lay below its own peak. */

import type { CandleColumns } from '../domain/candles.ts';

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
    if (value >= peak) {
      if (trough < peak) {
        depth = Math.max(depth, (peak - trough) / peak);
        durationMs = Math.max(durationMs, (time[index] ?? NaN) - (time[peakIndex] ?? NaN));
      }
      peak = value;
      trough = value;
      peakIndex = index;
    }
  }
  if (trough < peak) {
    depth = Math.max(depth, (peak - trough) / peak);
    durationMs = Math.max(durationMs, (time[length - 1] ?? NaN) - (time[peakIndex] ?? NaN));
  }
  return { depth, durationMs };
}

/** For each bar the fraction below the highest equity so far, the starting balance included; 0 at a peak. */
export function drawdownColumn(equity: Float64Array, startingBalance: number): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = startingBalance;
  for (let index = 0; index < equity.length; index += 1) {
    const value = equity[index] ?? NaN;
    peak = Math.max(peak, value);
    drawdown[index] = (peak - value) / peak;
  }
  return drawdown;
}
