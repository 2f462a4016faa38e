/** The curves a chart draws of a run: few points, every extreme. */

import { drawdownColumn } from '../../core/backtest/drawdown.ts';
import type { BacktestReport } from '../../core/backtest/report.ts';
import { thinIndices } from '../../core/backtest/thin.ts';

/** More than a chart has pixels to show. */
const MAX_POINTS = 1_000;

/** Columns of equal length; see the contract's `equityCurve`. */
export interface Curve {
  readonly time: Float64Array;
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly buyAndHold: Float64Array;
}

/** Thinned after everything was computed from the full series. */
export function thinCurve(report: BacktestReport): Curve {
  const { candles, equity, config } = report;
  const drawdown = drawdownColumn(equity, config.startingBalance);
  const buyAndHold = holdColumn(report);
  const kept = thinIndices([equity, drawdown, buyAndHold], candles.length, MAX_POINTS);
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(kept, (index) => column[index] ?? NaN);
  return {
    time: pick(candles.time),
    equity: pick(equity),
    drawdown: pick(drawdown),
    buyAndHold: pick(buyAndHold),
  };
}

/** The starting balance, had it bought at the first close without costs. */
function holdColumn({ candles, config }: BacktestReport): Float64Array {
  const first = candles.close[0] ?? NaN;
  return candles.close
    .subarray(0, candles.length)
    .map((close) => (config.startingBalance * close) / first);
}
