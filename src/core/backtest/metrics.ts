/** The figures of a finished run, by the definitions of docs/backtesting.md. */

import type { CandleColumns } from '../domain/candles.ts';
import type { Trade } from '../domain/trade.ts';
import { deepestDrawdown } from './drawdown.ts';
import { ratioOrNull } from './figure.ts';
import type { BacktestSummary } from './report.ts';
import { annualGrowth, dailyReturns, returnFigures } from './returns.ts';
import { tradeStatistics } from './trade-statistics.ts';

/** What a run leaves behind. Money in quote. */
export interface SummaryInput {
  /** At least one bar. */
  readonly candles: CandleColumns;
  /** Marked to the close of each bar. */
  readonly equity: Float64Array;
  /** Closed ones and, last, one still open. */
  readonly trades: readonly Trade[];
  readonly startingBalance: number;
  /** Bars at whose close a position was open. */
  readonly barsInMarket: number;
  /** Of all fills, those of an open position included. */
  readonly feesPaid: number;
  readonly denialCount: number;
}

/**
 * Fractions, ms and quote; `null` where a figure is undefined.
 * Returns and drawdown come from equity marked to each close, trade figures from closed trades alone.
 * @throws Error without a single bar: nothing can be said of nothing
 */
export function summarise(input: SummaryInput): BacktestSummary {
  const { candles, equity, startingBalance, barsInMarket, feesPaid, denialCount } = input;
  const last = candles.length - 1;
  const firstTime = at(candles.time, 0);
  const lastTime = at(candles.time, last);
  const finalBalance = at(equity, last);
  const cagr = annualGrowth(startingBalance, finalBalance, lastTime - firstTime);
  const drawdown = deepestDrawdown(candles, equity, startingBalance);
  return {
    bars: candles.length,
    firstTime,
    lastTime,
    startingBalance,
    finalBalance,
    totalReturn: finalBalance / startingBalance - 1,
    buyAndHoldReturn: buyAndHoldReturn(candles),
    cagr,
    ...returnFigures(dailyReturns(candles, equity)),
    calmar: cagr === null ? null : ratioOrNull(cagr, drawdown.depth),
    maxDrawdown: drawdown.depth,
    maxDrawdownDurationMs: drawdown.durationMs,
    exposureTime: barsInMarket / candles.length,
    ...tradeStatistics(input.trades),
    fees: feesPaid,
    denialCount,
  };
}

/** From the first close to the last, without costs. */
function buyAndHoldReturn({ close, length }: CandleColumns): number | null {
  const growth = ratioOrNull(at(close, length - 1), at(close, 0));
  return growth === null ? null : growth - 1;
}

function at(column: Float64Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new Error('A run without bars has no summary.');
  return value;
}
