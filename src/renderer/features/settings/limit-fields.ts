/** The limits as fields: what each is called, its unit, and the hard limit that bounds it. */

import type { TradingRules } from '../../../contract/trading.ts';
import { fractionToPercent, percentToFraction } from '../../ui/form/entries.ts';
import { readEntry, type NumberEntry } from '../../ui/form/number/number-entry.ts';

export type LimitName = keyof TradingRules['limits'];

export interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly unit: string;
  /** The hard limit in words. */
  readonly bound: string;
  readonly step: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  /** From what is kept to what is shown. */
  readonly shown: (kept: number) => number;
  readonly kept: (shown: number) => number;
}

const same = { shown: (kept: number) => kept, kept: (shown: number) => shown };

/** Fractions are shown as percent. */
const percent = {
  unit: '%',
  shown: fractionToPercent,
  kept: percentToFraction,
};

export const LIMIT_FIELDS: readonly LimitField[] = [
  {
    name: 'maxTradeUsd',
    label: 'Most per trade',
    unit: 'USD',
    bound: 'At most 50 USD',
    step: 5,
    min: 2,
    max: 50,
    ...same,
  },
  {
    name: 'minTradeUsd',
    label: 'Least per trade',
    unit: 'USD',
    bound: 'At least 2 USD',
    step: 1,
    min: 2,
    max: 50,
    ...same,
  },
  {
    name: 'maxRiskPerTrade',
    label: 'Risk per trade',
    bound: 'At most 1 % of equity',
    step: 0.1,
    min: 0.01,
    max: 1,
    ...percent,
  },
  {
    name: 'maxTradesPerDay',
    label: 'Trades a day',
    unit: 'a day',
    bound: 'At most 20',
    step: 1,
    min: 0,
    max: 20,
    whole: true,
    ...same,
  },
  {
    name: 'maxDailyLoss',
    label: 'Loss a day',
    bound: 'At most 5 % of the day’s opening',
    step: 0.5,
    min: 0.1,
    max: 5,
    ...percent,
  },
  {
    name: 'defaultStopDistance',
    label: 'Default stop',
    bound: 'At most 5 % below the entry',
    step: 0.5,
    min: 0.1,
    max: 5,
    ...percent,
  },
];

/** What each field holds while it is typed into, as shown: percent, not fractions. */
export type LimitEntries = Readonly<Record<LimitName, NumberEntry>>;

export function limitEntries(limits: TradingRules['limits']): LimitEntries {
  const entry = (name: LimitName): number => fieldOf(name).shown(limits[name]);
  return {
    maxTradeUsd: entry('maxTradeUsd'),
    minTradeUsd: entry('minTradeUsd'),
    maxRiskPerTrade: entry('maxRiskPerTrade'),
    maxTradesPerDay: entry('maxTradesPerDay'),
    maxDailyLoss: entry('maxDailyLoss'),
    defaultStopDistance: entry('defaultStopDistance'),
  };
}

export interface LimitsReading {
  readonly problems: Readonly<Partial<Record<LimitName, string>>>;
  /** `null` while a field cannot be used: a limit that was there before is never kept in its place. */
  readonly limits: TradingRules['limits'] | null;
}

/** @param kept what holds now, which is fine whatever it is */
export function readLimits(entries: LimitEntries, kept: TradingRules['limits']): LimitsReading {
  const problems: Partial<Record<LimitName, string>> = {};
  const read = { ...kept };
  for (const field of LIMIT_FIELDS) {
    const { name } = field;
    const entry = entries[name];
    if (entry === field.shown(kept[name])) continue;
    const { value, problem } = readEntry(entry, { min: field.min, max: field.max });
    if (problem === null) read[name] = field.kept(value);
    else problems[name] = problem;
  }
  return { problems, limits: Object.keys(problems).length === 0 ? read : null };
}

function fieldOf(name: LimitName): LimitField {
  const field = LIMIT_FIELDS.find((one) => one.name === name);
  if (field === undefined) throw new Error(`The limit ${name} has no field.`);
  return field;
}
