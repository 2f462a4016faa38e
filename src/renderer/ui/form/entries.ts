/** What fields hold while they are typed into, and what is read from them: a value, or a sentence beside the field. */

import type { StrategyInfo } from '../../../contract/backtest.ts';
import { parseParameters, type ParameterValue } from '../../../core/strategies/parameters.ts';
import {
  isUnread,
  readEntry,
  type Bounds,
  type NumberEntry,
  type UnreadText,
} from './number/number-entry.ts';

/** Text is one of the options of a choice. */
export type ParameterEntry = number | boolean | string | UnreadText;

/** One sentence for each field that cannot be used; parameters are `param.<name>`. */
export type FormErrors = Readonly<Record<string, string>>;

/** What a strategy's fields hold at first. */
export function defaultParams(strategy: StrategyInfo): Readonly<Record<string, ParameterEntry>> {
  const entries = Object.entries(strategy.parameters);
  return Object.fromEntries(entries.map(([name, spec]) => [name, spec.default]));
}

export function percentToFraction(percent: number): number {
  return shiftPoint(percent, -2);
}

export function fractionToPercent(fraction: number): number {
  return shiftPoint(fraction, 2);
}

/** Moves the decimal point instead of dividing, so that 0.07 % is 0.0007 and not a neighbour of it. */
function shiftPoint(value: number, places: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** The number, or 0 beside an error under `field`. */
export function readNumber(
  errors: Record<string, string>,
  field: string,
  entry: NumberEntry,
  bounds: Bounds,
): number {
  const { value, problem } = readEntry(entry, bounds);
  if (problem === null) return value;
  errors[field] = problem;
  return 0;
}

/** One value for each parameter; what cannot be used gets its sentence under `param.<name>`. */
export function readParams(
  strategy: StrategyInfo,
  entries: Readonly<Record<string, ParameterEntry>>,
  errors: Record<string, string>,
): Record<string, ParameterValue> {
  const params: Record<string, ParameterValue> = {};
  for (const [name, spec] of Object.entries(strategy.parameters)) {
    // One at a time, so that each field gets its own sentence.
    const entry = entries[name];
    if (isUnread(entry)) {
      errors[`param.${name}`] = entry.sentence;
      continue;
    }
    const parsed = parseParameters({ [name]: spec }, { [name]: entry });
    if (parsed.ok) Object.assign(params, parsed.value);
    else errors[`param.${name}`] = parsed.error.sentence;
  }
  return params;
}
