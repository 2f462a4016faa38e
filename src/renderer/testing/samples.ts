/** Sources, strategies, runs and results for tests, each with what a test does not care about filled in. */

import type {
  BacktestConfigWire,
  RunInfo,
  RunResult,
  StrategyInfo,
} from '../../contract/backtest.ts';
import type { CandleSource } from '../../contract/candles.ts';
import type { BacktestSummary } from '../../core/backtest/report.ts';
import type { Trade } from '../../core/domain/trade.ts';
import { DEFAULT_WHITELIST } from '../../core/domain/whitelist.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

export function sampleSource(part: Partial<CandleSource> = {}): CandleSource {
  return {
    id: 'sample',
    name: 'Sample',
    kind: 'sample',
    synthetic: true,
    symbol: 'BTC/USDT',
    timeframe: '1d',
    bars: 400,
    firstTime: START,
    lastTime: START + 399 * DAY,
    warnings: [],
    ...part,
  };
}

export const SMA_CROSS: StrategyInfo = {
  name: 'sma-cross',
  title: 'Moving-average cross',
  summary: 'Buys when the fast average crosses above the slow one.',
  parameters: {
    fast: { kind: 'integer', label: 'Fast', help: 'Bars.', default: 10, min: 1, max: 500, step: 1 },
    slow: {
      kind: 'integer',
      label: 'Slow',
      help: 'Bars.',
      default: 30,
      min: 2,
      max: 1_000,
      step: 1,
    },
  },
};

export const SAMPLE_CONFIG: BacktestConfigWire = {
  symbol: 'BTC/USDT',
  timeframe: '1d',
  strategy: 'sma-cross',
  params: { fast: 10, slow: 30 },
  startingBalance: 10_000,
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 5, halfSpreadBps: 1 },
  sizing: { kind: 'all-in' },
  limits: 'on',
  whitelist: [...DEFAULT_WHITELIST],
};

export function sampleSummary(part: Partial<BacktestSummary> = {}): BacktestSummary {
  return {
    bars: 400,
    firstTime: START,
    lastTime: START + 399 * DAY,
    startingBalance: 10_000,
    finalBalance: 12_345.67,
    totalReturn: 0.234567,
    buyAndHoldReturn: 0.1,
    cagr: 0.21,
    volatility: 0.4,
    sharpe: 0.9,
    sortino: 1.2,
    calmar: 1.05,
    maxDrawdown: 0.2,
    maxDrawdownDurationMs: 30 * DAY,
    exposureTime: 0.55,
    tradeCount: 8,
    winRate: 0.5,
    profitFactor: 1.8,
    expectancy: 293.2,
    sqn: 1.1,
    averageWin: 900,
    averageLoss: 310,
    bestTrade: 0.18,
    worstTrade: -0.06,
    fees: 160.5,
    denialCount: 0,
    ...part,
  };
}

export function sampleRun(part: Partial<RunInfo> = {}): RunInfo {
  return {
    id: 'run-1',
    name: 'First run',
    createdAt: START,
    state: 'done',
    config: SAMPLE_CONFIG,
    sourceId: 'sample',
    sourceName: 'Sample',
    synthetic: true,
    summary: sampleSummary(),
    error: null,
    ...part,
  };
}

export function sampleTrade(part: Partial<Trade> = {}): Trade {
  return {
    side: 'buy',
    amount: 0.25,
    entryTime: START + 10 * DAY,
    entryPrice: 40_000,
    exitTime: START + 20 * DAY,
    exitPrice: 42_000,
    exitReason: 'signal',
    fees: 20.5,
    pnl: 479.5,
    returnPct: 0.04795,
    ...part,
  };
}

export function sampleResult(part: Partial<RunResult> = {}): RunResult {
  return {
    run: sampleRun(),
    summary: sampleSummary(),
    trades: [sampleTrade()],
    denials: [],
    equity: sampleCurve([10_000, 11_000, 10_500]),
    ...part,
  };
}

/** Daily points from the start of 2024. */
export function sampleCurve(equity: readonly number[], startDay = 0): RunResult['equity'] {
  return {
    time: Float64Array.from(equity, (_, day) => START + (startDay + day) * DAY),
    equity: Float64Array.from(equity),
    drawdown: new Float64Array(equity.length),
    buyAndHold: Float64Array.from(equity),
  };
}
