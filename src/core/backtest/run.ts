/** A backtest: a pure function of candles and configuration. */

import type { CandleColumns } from '../domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../domain/result.ts';
import { Engine } from '../engine.ts';
import { columnarIndicators } from '../indicators/columnar-indicators.ts';
import { SimulatedMarket } from '../matching/simulated-market.ts';
import type { RiskPolicy } from '../risk/gate.ts';
import { checkConfig, type CheckedConfig } from './config.ts';
import { summarise } from './metrics.ts';
import { replay, type Replayed } from './replay.ts';
import type { BacktestConfig, BacktestReport } from './report.ts';

export interface RunOptions {
  /** Told the fraction done now and then; answering `false` cancels the run. */
  readonly onProgress?: (fraction: number) => boolean;
}

export type RunFailure = Failure<'BACKTEST_CONFIG_INVALID' | 'CANCELLED'>;

/** Runs `config` over `candles` and reports. Neither is changed; the same two always give the same report. */
export function runBacktest(
  config: BacktestConfig,
  candles: CandleColumns,
  options: RunOptions = {},
): Result<BacktestReport, RunFailure> {
  const checked = checkConfig(config);
  if (!checked.ok) return checked;
  if (candles.length === 0) {
    return fail('BACKTEST_CONFIG_INVALID', 'There are no candles to run on.');
  }
  const engine = engineFor(checked.value, candles);
  const market = new SimulatedMarket(candles, config.costs);
  const replayed = replay(candles, engine, market, options.onProgress ?? (() => true));
  if (replayed === null) return fail('CANCELLED', 'The backtest was cancelled.');
  if (!isFiniteColumn(replayed.equity)) {
    return fail(
      'BACKTEST_CONFIG_INVALID',
      'The account grew beyond what can be counted. Check the prices in the candle file.',
    );
  }
  return ok(report(checked.value.config, candles, engine, replayed));
}

function engineFor(
  { config, instrument, strategy }: CheckedConfig,
  candles: CandleColumns,
): Engine {
  const cursor = { index: 0 };
  const indicators = columnarIndicators(candles, cursor);
  let orders = 0;
  return new Engine({
    instrument,
    timeframe: config.timeframe,
    candles,
    cursor,
    strategy: strategy.init({ indicators, price: (column) => indicators.price(column) }),
    sizing: config.sizing,
    costs: config.costs,
    policy: policyFor(config),
    startingBalance: config.startingBalance,
    newOrderId: () => `backtest-${(orders += 1)}`,
  });
}

/** A loop and not `every`, which would box each number. */
function isFiniteColumn(values: Float64Array): boolean {
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index] ?? NaN)) return false;
  }
  return true;
}

function policyFor(config: BacktestConfig): RiskPolicy {
  return config.limits === 'off'
    ? { kind: 'none' }
    : { kind: 'hard-limits', whitelist: new Set(config.whitelist) };
}

function report(
  config: BacktestConfig,
  candles: CandleColumns,
  engine: Engine,
  { equity, denials, barsInMarket }: Replayed,
): BacktestReport {
  const { ledger } = engine;
  const open = ledger.openTrade(candles.close[candles.length - 1] ?? NaN);
  const trades = open === null ? ledger.trades : [...ledger.trades, open];
  const summary = summarise({
    candles,
    equity,
    trades,
    startingBalance: config.startingBalance,
    barsInMarket,
    feesPaid: ledger.fees,
    denialCount: denials.length,
  });
  return { config, candles, summary, trades, equity, denials };
}
