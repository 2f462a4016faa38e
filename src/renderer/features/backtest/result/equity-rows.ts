/** An equity curve as the rows that recharts wants. */

import type { RunResult } from '../../../../contract/backtest.ts';

export interface EquityRow {
  /** ms UTC. */
  readonly time: number;
  readonly equity: number;
  readonly hold: number;
  /** Fraction, 0 or below: it hangs under the axis. */
  readonly drawdown: number;
}

export function equityRows({
  time,
  equity,
  drawdown,
  buyAndHold,
}: RunResult['equity']): EquityRow[] {
  return Array.from(time, (at, index) => ({
    time: at,
    equity: equity[index] ?? Number.NaN,
    hold: buyAndHold[index] ?? Number.NaN,
    drawdown: -(drawdown[index] ?? Number.NaN),
  }));
}
