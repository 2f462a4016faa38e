/** Checks what a backtest is asked, so that the engine never meets a number it cannot work with. */

import type { Costs } from '../domain/costs.ts';
import { instrumentFromSymbol, type Instrument } from '../domain/instrument.ts';
import { fail, ok, type Failure, type Result } from '../domain/result.ts';
import type { Sizing } from '../domain/sizing.ts';
import { findStrategy, strategies, type ConfiguredStrategy } from '../strategies/registry.ts';
import type { BacktestConfig } from './report.ts';

export interface CheckedConfig {
  /** As given, with the strategy's parameters complete. */
  readonly config: BacktestConfig;
  readonly instrument: Instrument;
  readonly strategy: ConfiguredStrategy;
}

type ConfigFailure = Failure<'BACKTEST_CONFIG_INVALID'>;

/** In quote. Outside these a balance is a typing error, and its sums would leave what float64 can tell apart. */
const LEAST_BALANCE = 0.01;
const MOST_BALANCE = 1e12;

/** Half of the price: beyond that a cost is a typing error. */
const MAX_BPS = 5_000;

export function checkConfig(config: BacktestConfig): Result<CheckedConfig, ConfigFailure> {
  const instrument = instrumentFromSymbol(config.symbol);
  if (!instrument.ok) return reject(instrument.error.sentence);
  const sentence =
    checkBalance(config.startingBalance) ??
    checkCosts(config.costs) ??
    checkSizing(config.sizing) ??
    checkWhitelist(config.whitelist);
  if (sentence !== null) return reject(sentence);
  const strategy = findStrategy(config.strategy);
  if (strategy === null) {
    const known = strategies.map(({ name }) => name).join(', ');
    return reject(`There is no strategy "${config.strategy}". Choose one of: ${known}.`);
  }
  const configured = strategy.configure(config.params);
  if (!configured.ok) return reject(configured.error.sentence);
  return ok({
    config: { ...config, params: configured.value.params },
    instrument: instrument.value,
    strategy: configured.value,
  });
}

function reject(sentence: string): Result<never, ConfigFailure> {
  return fail('BACKTEST_CONFIG_INVALID', sentence);
}

function checkBalance(balance: number): string | null {
  return balance >= LEAST_BALANCE && balance <= MOST_BALANCE
    ? null
    : `The starting balance is ${balance}, but must be a number from ${LEAST_BALANCE} to ${MOST_BALANCE}.`;
}

function checkCosts(costs: Costs): string | null {
  return (
    checkFee('taker fee', costs.takerFee) ??
    checkFee('maker fee', costs.makerFee) ??
    checkBps('slippage', costs.slippageBps) ??
    checkBps('half-spread', costs.halfSpreadBps) ??
    checkBpsTogether(costs)
  );
}

function checkFee(name: string, fee: number): string | null {
  return fee >= 0 && fee < 1
    ? null
    : `The ${name} is ${fee}, but must be a fraction from 0 to below 1 (0.001 is 0.1 %).`;
}

function checkBps(name: string, bps: number): string | null {
  return bps >= 0 && bps <= MAX_BPS
    ? null
    : `The ${name} is ${bps} basis points, but must be from 0 to ${MAX_BPS}.`;
}

/** Together they move the price of a sale: at all of it nothing would be left. */
function checkBpsTogether({ slippageBps, halfSpreadBps }: Costs): string | null {
  return slippageBps + halfSpreadBps <= MAX_BPS
    ? null
    : `Slippage and half-spread add up to ${slippageBps + halfSpreadBps} basis points, but may be ${MAX_BPS} together.`;
}

function checkSizing(sizing: Sizing): string | null {
  if (sizing.kind === 'fixed' && !(sizing.cost > 0 && Number.isFinite(sizing.cost))) {
    return `The fixed size is ${sizing.cost}, but must be a number above 0.`;
  }
  if (sizing.kind === 'risk' && !(sizing.fraction > 0 && sizing.fraction <= 1)) {
    return `The risk per trade is ${sizing.fraction}, but must be a fraction above 0 and at most 1 (0.01 is 1 %).`;
  }
  return null;
}

function checkWhitelist(symbols: readonly string[]): string | null {
  for (const symbol of symbols) {
    const parsed = instrumentFromSymbol(symbol);
    if (!parsed.ok) return `On the whitelist: ${parsed.error.sentence}`;
  }
  return null;
}
