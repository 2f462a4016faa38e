/** The backtest form as values, and its translation into what the app is asked: percent to fractions, text to numbers. */

import type { BacktestConfigWire, StrategyInfo } from '../../../../contract/backtest.ts';
import type { CandleSource } from '../../../../contract/candles.ts';
import { instrumentFromSymbol } from '../../../../core/domain/instrument.ts';
import { DEFAULT_WHITELIST } from '../../../../core/domain/whitelist.ts';
import {
  fractionToPercent,
  percentToFraction,
  readNumber,
  readParams,
  type FormErrors,
  type ParameterEntry,
} from '../../../ui/form/entries.ts';
import {
  ABOVE_ZERO,
  isUnread,
  type Bounds,
  type NumberEntry,
} from '../../../ui/form/number/number-entry.ts';
import { readSizing, type SizeEntries } from '../../../ui/form/size-entries.ts';

export interface FormValues extends SizeEntries {
  readonly sourceId: string | null;
  readonly symbol: string;
  readonly strategy: string | null;
  readonly params: Readonly<Record<string, ParameterEntry>>;
  readonly startingBalance: NumberEntry;
  readonly feePercent: NumberEntry;
  readonly slippageBps: NumberEntry;
  readonly halfSpreadBps: NumberEntry;
  readonly limits: boolean;
  /** Empty takes the suggestion. */
  readonly name: string;
}

export const INITIAL_VALUES: FormValues = {
  sourceId: null,
  symbol: '',
  strategy: null,
  params: {},
  startingBalance: 10_000,
  feePercent: 0.1,
  slippageBps: 5,
  halfSpreadBps: 1,
  sizing: 'all-in',
  fixedCost: 50,
  riskPercent: 1,
  limits: true,
  name: '',
};

export interface FormReading {
  readonly errors: FormErrors;
  /** `null` while there are errors. */
  readonly request: RunRequest | null;
}

export interface RunRequest {
  readonly name: string;
  readonly sourceId: string;
  readonly config: BacktestConfigWire;
}

export interface FormContext {
  readonly source: CandleSource | null;
  readonly strategy: StrategyInfo | null;
}

/** Checks every field, and gives the request when all are right. */
export function readForm(values: FormValues, context: FormContext): FormReading {
  const errors: Record<string, string> = {};
  const { source, strategy } = context;
  if (source === null) errors['sourceId'] = 'Choose candles, or import a file.';
  if (strategy === null) errors['strategy'] = 'Choose a strategy.';
  const symbol = readSymbol(values.symbol, errors);
  const params = strategy === null ? {} : readParams(strategy, values.params, errors);
  const startingBalance = readNumber(errors, 'startingBalance', values.startingBalance, ABOVE_ZERO);
  const fee = readNumber(errors, 'feePercent', values.feePercent, { min: 0, below: 100 });
  const slippageBps = readNumber(errors, 'slippageBps', values.slippageBps, BPS);
  const halfSpreadBps = readNumber(errors, 'halfSpreadBps', values.halfSpreadBps, BPS);
  const sizing = readSizing(values, errors);
  if (Object.keys(errors).length > 0 || source === null || strategy === null) {
    return { errors, request: null };
  }
  const takerFee = percentToFraction(fee);
  const config: BacktestConfigWire = {
    symbol,
    timeframe: source.timeframe,
    strategy: strategy.name,
    params,
    startingBalance,
    costs: { takerFee, makerFee: takerFee, slippageBps, halfSpreadBps },
    sizing,
    limits: values.limits ? 'on' : 'off',
    whitelist: [...DEFAULT_WHITELIST],
  };
  const name = values.name.trim() || suggestName(values, context);
  return { errors, request: { name, sourceId: source.id, config } };
}

/** A name that tells runs apart: `Moving-average cross 10/30, BTC/USDT 1h`. */
export function suggestName(values: FormValues, { source, strategy }: FormContext): string {
  if (strategy === null) return 'Backtest';
  const numbers = Object.keys(strategy.parameters)
    .map((name) => values.params[name])
    .flatMap((value) => (value === undefined || value === '' || isUnread(value) ? [] : [value]))
    .join('/');
  const market = [values.symbol.trim(), source?.timeframe].filter(Boolean).join(' ');
  const limits = values.limits ? '' : 'limits off';
  return [`${strategy.title} ${numbers}`.trim(), market, limits]
    .filter(Boolean)
    .join(', ')
    .slice(0, 120);
}

/** The form that gives this config again, for "use these settings". */
export function valuesFromConfig(config: BacktestConfigWire, sourceId: string): FormValues {
  const { sizing } = config;
  return {
    sourceId,
    symbol: config.symbol,
    strategy: config.strategy,
    params: config.params,
    startingBalance: config.startingBalance,
    feePercent: fractionToPercent(config.costs.takerFee),
    slippageBps: config.costs.slippageBps,
    halfSpreadBps: config.costs.halfSpreadBps,
    sizing: sizing.kind,
    fixedCost: sizing.kind === 'fixed' ? sizing.cost : INITIAL_VALUES.fixedCost,
    riskPercent:
      sizing.kind === 'risk' ? fractionToPercent(sizing.fraction) : INITIAL_VALUES.riskPercent,
    limits: config.limits === 'on',
    name: '',
  };
}

const BPS: Bounds = { min: 0, max: 5_000 };

function readSymbol(text: string, errors: Record<string, string>): string {
  const symbol = text.trim().toUpperCase();
  if (symbol === '') errors['symbol'] = 'Enter the pair these candles are of, as in BTC/USDT.';
  else {
    const instrument = instrumentFromSymbol(symbol);
    if (!instrument.ok) errors['symbol'] = instrument.error.sentence;
  }
  return symbol;
}
