/** What an account was worth over time, with few enough points for a chart. */

import { thinIndices } from '../../core/backtest/thin.ts';
import type { EquitySample } from '../storage/trading-store.ts';

/** More than a chart has pixels to show. */
const MAX_POINTS = 2_000;

export interface EquityCurve {
  /** ms UTC. */
  readonly time: Float64Array;
  /** In USD. */
  readonly equity: Float64Array;
}

/** @param samples oldest first */
export function equityCurve(samples: readonly EquitySample[]): EquityCurve {
  const equity = Float64Array.from(samples, (sample) => sample.equity);
  const kept = thinIndices(equity, equity.length, MAX_POINTS);
  return {
    time: Float64Array.from(kept, (index) => samples[index]?.time ?? NaN),
    equity: Float64Array.from(kept, (index) => equity[index] ?? NaN),
  };
}
