/** The backtest that is measured, through the same door as everything else. */

import type { BacktestConfig, BacktestReport } from '../../src/core/backtest/report.ts';
import { runBacktest } from '../../src/core/backtest/run.ts';
import type { CandleColumns } from '../../src/core/domain/candles.ts';
import type { PlainSetup } from './plain-loop.ts';

/** The bench's own choice of FACTS: SMA 10/30, all cash, 0.1 % taker fee. */
export const SETUP: PlainSetup = { fast: 10, slow: 30, cash: 10_000, takerFee: 0.001 };

export function benchConfig(setup: PlainSetup, limits: 'on' | 'off' = 'off'): BacktestConfig {
  return {
    symbol: 'BTC/USDT',
    timeframe: '1m',
    strategy: 'sma-cross',
    params: { fast: setup.fast, slow: setup.slow },
    startingBalance: setup.cash,
    costs: { takerFee: setup.takerFee, makerFee: setup.takerFee, slippageBps: 0, halfSpreadBps: 0 },
    sizing: { kind: 'all-in' },
    limits,
    whitelist: ['BTC/USDT'],
  };
}

export function runOrThrow(config: BacktestConfig, candles: CandleColumns): BacktestReport {
  const result = runBacktest(config, candles);
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}
