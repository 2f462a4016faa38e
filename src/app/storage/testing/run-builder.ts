/** Kept runs for tests. */

import type { RunInfo } from '../../../contract/backtest.ts';
import type { Bytes, PackedOutcome, StoredRun } from '../storage.ts';

export const SUMMARY: NonNullable<RunInfo['summary']> = {
  bars: 2,
  firstTime: 0,
  lastTime: 60_000,
  startingBalance: 1_000,
  finalBalance: 1_010,
  totalReturn: 0.01,
  buyAndHoldReturn: 0.02,
  cagr: null,
  volatility: null,
  sharpe: null,
  sortino: null,
  calmar: null,
  maxDrawdown: 0,
  maxDrawdownDurationMs: 0,
  exposureTime: 0.5,
  tradeCount: 1,
  winRate: 1,
  profitFactor: null,
  expectancy: 10,
  sqn: null,
  averageWin: 10,
  averageLoss: null,
  bestTrade: 0.01,
  worstTrade: 0.01,
  fees: 0.5,
  denialCount: 0,
};

export function aRunInfo(changes: Partial<RunInfo> = {}): RunInfo {
  return {
    id: 'run-1',
    name: 'First try',
    createdAt: 1_000,
    state: 'queued',
    config: {
      symbol: 'BTC/USDT',
      timeframe: '1m',
      strategy: 'sma-cross',
      params: { fast: 10, slow: 30 },
      startingBalance: 1_000,
      costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 },
      sizing: { kind: 'all-in' },
      limits: 'off',
      whitelist: [],
    },
    sourceId: 'sample',
    sourceName: 'Sample',
    synthetic: true,
    summary: null,
    error: null,
    ...changes,
  };
}

export function aStoredRun(changes: Partial<RunInfo> = {}): StoredRun {
  return {
    info: aRunInfo(changes),
    candles: { name: 'sample.csv', sha256: null, synthetic: true, warnings: [] },
  };
}

/** An outcome whose columns differ from each other, so that a mix-up shows. */
export function anOutcome(bytes = 8): PackedOutcome {
  const column = (fill: number): Bytes => new Uint8Array(bytes).fill(fill);
  return {
    trades: column(1),
    denials: column(2),
    time: column(3),
    equity: column(4),
    curve: column(5),
  };
}
