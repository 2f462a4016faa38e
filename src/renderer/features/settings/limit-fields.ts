/** The limits as fields: what each is called, its unit, and the hard limit that bounds it. */

import type { TradingRules } from '../../../contract/trading.ts';

export type Entry = number | string;
type LimitName = keyof TradingRules['limits'];

export interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly unit: string;
  /** The hard limit in words. */
  readonly bound: string;
  readonly step: number;
  readonly min: number;
  readonly max: number;
  /** From what is kept to what is shown. */
  readonly shown: (kept: number) => number;
  readonly kept: (shown: number) => number;
}

const same = { shown: (kept: number) => kept, kept: (shown: number) => shown };

/** Fractions are shown as percent, without the dust of binary fractions. */
const percent = {
  unit: '%',
  shown: (kept: number) => Number((kept * 100).toFixed(6)),
  kept: (shown: number) => Number((shown / 100).toFixed(8)),
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

/** An emptied field leaves what was there; out of range is said by the app when it is saved. */
export function withLimit(rules: TradingRules, field: LimitField, entry: Entry): TradingRules {
  const value = typeof entry === 'number' ? entry : Number.parseFloat(entry);
  if (!Number.isFinite(value)) return rules;
  return { ...rules, limits: { ...rules.limits, [field.name]: field.kept(value) } };
}
