/** What a backtest is asked and what it answers: plain data, the same for the command line, the window and the file. */

import type { CandleColumns } from '../domain/candles.ts';
import type { Sizing } from '../domain/sizing.ts';
import type { Timeframe } from '../domain/timeframe.ts';
import type { Trade } from '../domain/trade.ts';
import type { Costs } from '../domain/costs.ts';
import type { Denial } from '../domain/denial.ts';
import type { ParameterValue } from '../strategies/parameters.ts';

export type { Trade } from '../domain/trade.ts';

/** Everything that decides a run's result besides the candles. */
export interface BacktestConfig {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly strategy: string;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** In quote. */
  readonly startingBalance: number;
  readonly costs: Costs;
  readonly sizing: Sizing;
  /** `on` puts every order through the hard limits exactly as live would. */
  readonly limits: 'on' | 'off';
  /** Symbols that may be traded while limits are on. */
  readonly whitelist: readonly string[];
}

/** The figures that docs/backtesting.md defines, fractions and ms; `null` where a figure is undefined. */
export interface BacktestSummary {
  readonly bars: number;
  /** Start of the first and of the last bar, ms UTC. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly startingBalance: number;
  readonly finalBalance: number;
  readonly totalReturn: number;
  readonly buyAndHoldReturn: number | null;
  readonly cagr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly maxDrawdown: number;
  readonly maxDrawdownDurationMs: number;
  readonly exposureTime: number;
  readonly tradeCount: number;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  readonly expectancy: number | null;
  readonly sqn: number | null;
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  readonly bestTrade: number | null;
  readonly worstTrade: number | null;
  readonly fees: number;
  readonly denialCount: number;
}

/** A finished run. `equity[i]` is marked to the close of bar `i` and belongs to `candles.time[i]`. */
export interface BacktestReport {
  readonly config: BacktestConfig;
  readonly candles: CandleColumns;
  readonly summary: BacktestSummary;
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly denials: readonly Denial[];
}
