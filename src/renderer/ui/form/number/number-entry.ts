/** What a form holds of a number field: a number, nothing, or a text that is no number. Never a number beside such a text. */

import type { NumberReading } from './read-number.ts';

export type NumberEntry = number | '' | UnreadText;

export interface UnreadText {
  /** As it was typed. */
  readonly text: string;
  /** Why it is no number, and what to type. */
  readonly sentence: string;
  readonly isUnfinished: boolean;
}

export function isUnread(entry: unknown): entry is UnreadText {
  return typeof entry === 'object' && entry !== null && 'isUnfinished' in entry;
}

export function entryOf(reading: NumberReading, text: string): NumberEntry {
  switch (reading.kind) {
    case 'empty':
      return '';
    case 'number':
      return reading.value;
    case 'refused':
      return { text, sentence: reading.sentence, isUnfinished: reading.isUnfinished };
  }
}

export function isSameEntry(one: NumberEntry, other: NumberEntry): boolean {
  if (isUnread(one) && isUnread(other)) return one.text === other.text;
  return Object.is(one, other);
}

export interface Bounds {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
}

export const ABOVE_ZERO: Bounds = { above: 0 };

export type EntryReading =
  | { readonly value: number; readonly problem: null }
  | { readonly value: null; readonly problem: string };

/** The number within its bounds, or a sentence on what is wrong. */
export function readEntry(entry: NumberEntry, bounds: Bounds): EntryReading {
  if (isUnread(entry)) return { value: null, problem: entry.sentence };
  if (entry === '' || !Number.isFinite(entry)) return { value: null, problem: 'Enter a number.' };
  const problem = boundsSentence(entry, bounds);
  return problem === null ? { value: entry, problem } : { value: null, problem };
}

function boundsSentence(value: number, { min, above, max, below }: Bounds): string | null {
  if (min !== undefined && value < min) return `Must be ${plainNumber(min)} or more.`;
  if (above !== undefined && value <= above) return `Must be above ${plainNumber(above)}.`;
  if (max !== undefined && value > max) return `Must be ${plainNumber(max)} or less.`;
  if (below !== undefined && value >= below) return `Must be below ${plainNumber(below)}.`;
  return null;
}

/** For sentences: all its digits, however small it is. */
export function plainNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 15 });
}

/** One step up or down, without the dust of binary fractions, and not over a bound. */
export function stepped(value: number, by: number, { min, max }: Bounds): number {
  const decimals = Math.max(decimalsOf(value), decimalsOf(by));
  const next = Number((value + by).toFixed(decimals));
  return Math.min(Math.max(next, min ?? -Infinity), max ?? Infinity);
}

function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const written = digits.split('.')[1]?.length ?? 0;
  return Math.min(100, Math.max(0, written - Number(exponent)));
}
