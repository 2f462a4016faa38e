/** From what a run left behind to its report: the same for a backtest and for a replay on paper. */

import type { Position } from '../account/position.ts';
import type { CandleColumns } from '../domain/candles.ts';
import { summarise } from './metrics.ts';
import type { Replayed } from './replay.ts';
import type { BacktestConfig, BacktestReport } from './report.ts';

/** @param replayed what happened on the way: `equity` has a figure for each bar */
export function makeReport(
  config: BacktestConfig,
  candles: CandleColumns,
  position: Position,
  { equity, denials, barsInMarket }: Replayed,
): BacktestReport {
  const open = position.openTrade(candles.close[candles.length - 1] ?? NaN);
  const trades = open === null ? position.trades : [...position.trades, open];
  const summary = summarise({
    candles,
    equity,
    trades,
    startingBalance: config.startingBalance,
    barsInMarket,
    feesPaid: position.fees,
    denialCount: denials.length,
  });
  return { config, candles, summary, trades, equity, denials };
}
