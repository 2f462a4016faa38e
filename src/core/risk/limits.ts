/** A person's own limits: stricter than the hard ones, or refused. */

import { fail, ok, type Failure, type Result } from '../domain/result.ts';
import { HARD_LIMITS, type Limits } from './hard-limits.ts';

export type LimitSettings = Partial<Limits>;

/** Which way is stricter, and what the setting is called to a person. */
const RULES: Readonly<
  Record<keyof Limits, { readonly name: string; readonly stricter: 'less' | 'more' }>
> = {
  maxTradeUsd: { name: 'most for one trade (USD)', stricter: 'less' },
  minTradeUsd: { name: 'least for one trade (USD)', stricter: 'more' },
  maxRiskPerTrade: { name: 'risk for one trade', stricter: 'less' },
  maxTradesPerDay: { name: 'trades a day', stricter: 'less' },
  maxDailyLoss: { name: 'loss a day', stricter: 'less' },
  defaultStopDistance: { name: 'distance of the default stop', stricter: 'less' },
} as const satisfies Readonly<Record<keyof Limits, object>>;

const LIMIT_NAMES = [
  'maxTradeUsd',
  'minTradeUsd',
  'maxRiskPerTrade',
  'maxTradesPerDay',
  'maxDailyLoss',
  'defaultStopDistance',
] as const satisfies readonly (keyof Limits)[];

/** The hard limits with `settings` in their place; a looser or senseless one is an error and never clamped. */
export function checkLimits(settings: LimitSettings): Result<Limits, Failure<'LIMIT_INVALID'>> {
  const limits: Record<keyof Limits, number> = { ...HARD_LIMITS };
  for (const key of LIMIT_NAMES) {
    const value = settings[key];
    // Not spread: a key without a value would take the limit away.
    if (value === undefined) continue;
    const sentence = objection(key, value);
    if (sentence !== null) return fail('LIMIT_INVALID', sentence);
    limits[key] = value;
  }
  if (limits.minTradeUsd > limits.maxTradeUsd) {
    return fail(
      'LIMIT_INVALID',
      `The least for one trade (${limits.minTradeUsd} USD) is more than the most (${limits.maxTradeUsd} USD): no trade could be made.`,
    );
  }
  return ok(limits);
}

function objection(key: keyof Limits, value: number): string | null {
  const { name, stricter } = RULES[key];
  const hard = HARD_LIMITS[key];
  const isLooser = stricter === 'less' ? value > hard : value < hard;
  if (isLooser) {
    const bound = stricter === 'less' ? 'at most' : 'at least';
    return `The setting for ${name} is ${value}, but the hard limit allows ${bound} ${hard}. A setting may only be stricter.`;
  }
  if (!(value > 0 && Number.isFinite(value))) {
    return `The setting for ${name} is ${value}, but must be a number above 0.`;
  }
  if (key === 'maxTradesPerDay' && !Number.isInteger(value)) {
    return `The setting for ${name} is ${value}, but must be a whole number.`;
  }
  return null;
}
