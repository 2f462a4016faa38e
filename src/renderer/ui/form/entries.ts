/** What fields hold while they are typed into, and what is read from them: a value, or a sentence beside the field. */

import type { StrategyInfo } from '../../../contract/backtest.ts';
import { parseParameters, type ParameterValue } from '../../../core/strategies/parameters.ts';

/** What a number field holds while it is typed into: empty or unfinished text, too. */
export type NumberEntry = number | string;
export type ParameterEntry = NumberEntry | boolean;

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

export interface Bounds {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
}

export const ABOVE_ZERO: Bounds = { above: 0 };

/** The number, or 0 beside an error under `field`. */
export function readNumber(
  errors: Record<string, string>,
  field: string,
  entry: NumberEntry,
  bounds: Bounds,
): number {
  const value = typeof entry === 'string' && entry.trim() === '' ? Number.NaN : Number(entry);
  const sentence = boundsSentence(value, bounds);
  if (sentence === null) return value;
  errors[field] = sentence;
  return 0;
}

function boundsSentence(value: number, { min, above, max, below }: Bounds): string | null {
  if (!Number.isFinite(value)) return 'Enter a number.';
  if (min !== undefined && value < min) return `Must be ${min} or more.`;
  if (above !== undefined && value <= above) return `Must be above ${above}.`;
  if (max !== undefined && value > max) return `Must be ${max.toLocaleString('en-US')} or less.`;
  if (below !== undefined && value >= below) return `Must be below ${below}.`;
  return null;
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
    const parsed = parseParameters({ [name]: spec }, { [name]: entries[name] });
    if (parsed.ok) Object.assign(params, parsed.value);
    else errors[`param.${name}`] = parsed.error.sentence;
  }
  return params;
}
