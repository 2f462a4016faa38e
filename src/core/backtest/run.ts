/** A backtest: a pure function of candles and configuration. */

import { NO_ATTACHED_EXITS } from '../bot/attached-exits.ts';
import type { BotSetup } from '../bot/bot.ts';
import type { CandleColumns } from '../domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../domain/result.ts';
import { Engine, type EngineSetup } from '../engine.ts';
import { columnarIndicators } from '../indicators/columnar-indicators.ts';
import { SimulatedMarket } from '../matching/simulated-market.ts';
import { HARD_LIMITS } from '../risk/hard-limits.ts';
import type { RiskPolicy } from '../risk/policy.ts';
import { NO_PROTECTIONS } from '../risk/protections.ts';
import { isUsdAtPar } from '../risk/usd.ts';
import { checkConfig, type CheckedConfig } from './config.ts';
import { makeReport } from './make-report.ts';
import { replay } from './replay.ts';
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
  const cursor = { index: 0 };
  const engine = new Engine(engineSetup(checked.value));
  const { quote } = checked.value.instrument;
  engine.account.transfer(quote, config.startingBalance);
  const bot = engine.addBot(botSetup(checked.value, candles, cursor));
  const market = new SimulatedMarket(candles, config.costs, quote);
  const replayed = replay(candles, engine, bot, market, options.onProgress ?? (() => true));
  if (replayed === null) return fail('CANCELLED', 'The backtest was cancelled.');
  if (!isFiniteColumn(replayed.equity)) {
    return fail(
      'BACKTEST_CONFIG_INVALID',
      'The account grew beyond what can be counted. Check the prices in the candle file.',
    );
  }
  return ok(makeReport(checked.value.config, candles, bot.holding.position, replayed));
}

function engineSetup({ config, instrument }: CheckedConfig): EngineSetup {
  return {
    account: {
      // Limits are in USD; without a rate to USD the figures stay in quote, and limits deny every entry.
      reporting: isUsdAtPar(instrument.quote) ? 'USD' : instrument.quote,
      maxDailyLoss: HARD_LIMITS.maxDailyLoss,
    },
    policy: policyFor(config),
    costs: config.costs,
    highestFees: null,
    restingExits: 'pair',
    pricesFrom: 'bars',
    orderId: (count) => `backtest-${count}`,
    rememberedOrders: 0,
    audit: null,
    liveBots: null,
  };
}

function botSetup(
  { config, instrument, strategy }: CheckedConfig,
  candles: CandleColumns,
  cursor: { index: number },
): BotSetup {
  const indicators = columnarIndicators(candles, cursor);
  return {
    id: 'backtest',
    instrument,
    timeframe: config.timeframe,
    candles,
    cursor,
    strategy: strategy.init({ indicators, price: (column) => indicators.price(column) }),
    sizing: config.sizing,
    exits: NO_ATTACHED_EXITS,
  };
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
    : {
        kind: 'hard-limits',
        whitelist: new Set(config.whitelist),
        limits: HARD_LIMITS,
        protections: NO_PROTECTIONS,
      };
}
