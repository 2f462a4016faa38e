/** The form for a new bot as values, and what is asked of the app with them. */

import type { StrategyInfo } from '../../../../contract/backtest.ts';
import type { BotSettings } from '../../../../contract/trading.ts';
import type { Timeframe } from '../../../../core/domain/timeframe.ts';
import { unitsOf } from '../../../ui/format.ts';
import {
  percentToFraction,
  readNumber,
  readParams,
  type FormErrors,
  type ParameterEntry,
} from '../../../ui/form/entries.ts';
import type { Bounds, NumberEntry } from '../../../ui/form/number/number-entry.ts';
import { readSizing, type SizeEntries } from '../../../ui/form/size-entries.ts';

export interface BotFormValues extends SizeEntries {
  /** Empty takes the suggestion. */
  readonly name: string;
  readonly symbol: string | null;
  readonly timeframe: Timeframe;
  /** `null` trades by hand alone. */
  readonly strategy: string | null;
  readonly params: Readonly<Record<string, ParameterEntry>>;
  /** Distances from the entry's price; empty attaches none. */
  readonly stopPercent: NumberEntry;
  readonly targetPercent: NumberEntry;
  readonly trailingPercent: NumberEntry;
  readonly maxHoldHours: NumberEntry;
}

export const NEW_BOT: BotFormValues = {
  name: '',
  symbol: null,
  timeframe: '5m',
  strategy: null,
  params: {},
  sizing: 'fixed',
  fixedCost: 25,
  riskPercent: 1,
  stopPercent: 3,
  targetPercent: '',
  trailingPercent: '',
  maxHoldHours: '',
};

export interface BotFormReading {
  readonly errors: FormErrors;
  /** `null` while there are errors. */
  readonly settings: BotSettings | null;
}

const HOUR_MS = 3_600_000;
const BELOW_ALL: Bounds = { above: 0, below: 100 };
const TARGET: Bounds = { above: 0, max: 10_000 };
const HOURS: Bounds = { above: 0, max: 8_760 };

/** Checks every field, and gives the settings when all are right. */
export function readBotForm(values: BotFormValues, strategy: StrategyInfo | null): BotFormReading {
  const errors: Record<string, string> = {};
  const { symbol, timeframe } = values;
  if (symbol === null) errors['symbol'] = 'Choose a symbol. Settings say which may be traded.';
  const params = strategy === null ? null : readParams(strategy, values.params, errors);
  const sizing = readSizing(values, errors);
  const exits = readExits(values, errors);
  if (symbol === null || Object.keys(errors).length > 0) return { errors, settings: null };
  const settings = {
    name: values.name.trim() || suggestBotName(values, strategy),
    symbol,
    timeframe,
    strategy: strategy === null || params === null ? null : { name: strategy.name, params },
    sizing,
    exits,
  };
  return { errors, settings };
}

/** `Moving-average cross BTC/USDT 5m`. */
export function suggestBotName(values: BotFormValues, strategy: StrategyInfo | null): string {
  const { symbol, timeframe } = values;
  return [strategy?.title ?? 'By hand', symbol, timeframe].filter(Boolean).join(' ').slice(0, 120);
}

/** The first symbol that the account has the money for; else the first that may be traded. */
export function symbolToStartWith(
  whitelist: readonly string[],
  currencies: readonly string[],
): string | null {
  const affordable = whitelist.find((symbol) => currencies.includes(unitsOf(symbol).quote));
  return affordable ?? whitelist[0] ?? null;
}

function readExits(values: BotFormValues, errors: Record<string, string>): BotSettings['exits'] {
  const optional = (field: keyof BotFormValues, entry: NumberEntry, bounds: Bounds) =>
    entry === '' ? null : readNumber(errors, field, entry, bounds);
  const fraction = (percent: number | null) =>
    percent === null ? null : percentToFraction(percent);
  const hours = optional('maxHoldHours', values.maxHoldHours, HOURS);
  return {
    stopDistance: fraction(optional('stopPercent', values.stopPercent, BELOW_ALL)),
    targetDistance: fraction(optional('targetPercent', values.targetPercent, TARGET)),
    trailing: fraction(optional('trailingPercent', values.trailingPercent, BELOW_ALL)),
    maxHoldMs: hours === null ? null : Math.round(hours * HOUR_MS),
  };
}
