/** Reads the text of command-line options into typed values; what cannot be read is refused with a sentence. */

import { InvalidArgumentError } from 'commander';
import type { Sizing } from '../core/domain/sizing.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../core/domain/timeframe.ts';

/** Decimal digits, with a point or an exponent: what people type, not what `Number` also takes (hex, blanks). */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

export function parseDecimal(text: string): number {
  const value = Number(text);
  if (DECIMAL.test(text) && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`"${text}" is not a number.`);
}

export function parsePath(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('Give the name of a file.');
}

export function parseFolder(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('Give the name of a folder.');
}

export function parseTimeframe(text: string): Timeframe {
  if (isTimeframe(text)) return text;
  throw new InvalidArgumentError(`Choose one of ${TIMEFRAMES.join(', ')}.`);
}

/** `all-in`, `fixed:50` or `risk:0.01`. */
export function parseSizing(text: string): Sizing {
  if (text === 'all-in') return { kind: 'all-in' };
  const [kind, amount = ''] = text.split(':', 2);
  if (text.split(':').length > 2)
    throw new InvalidArgumentError('Write one number after the colon.');
  if (kind === 'fixed') return { kind, cost: parseDecimal(amount) };
  if (kind === 'risk') return { kind, fraction: parseDecimal(amount) };
  throw new InvalidArgumentError(
    'Write all-in, fixed:50 (that much money each time) or risk:0.01 (that fraction of equity at the stop).',
  );
}

export function parseSwitch(text: string): 'on' | 'off' {
  if (text === 'on' || text === 'off') return text;
  throw new InvalidArgumentError('Write on or off.');
}

/** Collects `--param name=value`, given any number of times. */
export function collectParam(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals);
  if (equals < 1) throw new InvalidArgumentError('Write name=value, as in fast=10.');
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: text.slice(equals + 1) };
}

export function parseList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
