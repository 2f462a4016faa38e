/**
 * What a person typed, as a number, or why it is none. Strict: by the marks of their own language, and only where it can
 * mean one thing. "1,5" is never 15, and "25.000" never 25 for someone who separates thousands with a point.
 */

import { MOST_DIGITS, WINDOW_MARKS, type NumberMarks } from './marks.ts';

export type NumberReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'refused';
      /** Why, and what to type instead. */
      readonly sentence: string;
      /** More may still make a number of it, as of "1," on the way to "1,000". */
      readonly isUnfinished: boolean;
    };

export interface NumberRules {
  /** Whether only whole numbers make sense. */
  readonly whole?: boolean;
  /** Whether a sign makes sense. */
  readonly signed?: boolean;
}

/** Characters; no number that can be used is longer, and a longer text is not looked at. */
export const LONGEST_NUMBER = 40;

const ALL_MARKS = /[.,'\u2019\s]/g;

export function readTyped(
  text: string,
  marks: NumberMarks,
  { whole = false, signed = false }: NumberRules = {},
): NumberReading {
  if (text.length > LONGEST_NUMBER) {
    return refused(`That is too long for a number. Write ${MOST_DIGITS} digits at most.`);
  }
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  const [, sign = '', digits = ''] = /^([-+\u2212]?)(.*)$/s.exec(typed) ?? [];
  if (sign !== '' && !signed) return refused('Write it without a sign.');
  const reading = readUnsigned(digits, typed, marks, whole);
  if (reading.kind !== 'number' || sign === '' || sign === '+') return reading;
  return { kind: 'number', value: reading.value === 0 ? 0 : -reading.value };
}

function readUnsigned(
  digits: string,
  typed: string,
  marks: NumberMarks,
  whole: boolean,
): NumberReading {
  const read = partsOf(digits, marks);
  if (read === null) return refused(problemWith(digits, typed, marks), mayGoOn(digits, marks));
  if (whole && read.hasMark) return refused('Write a whole number.');
  const shown = partsOf(digits, WINDOW_MARKS);
  if (shown !== null && shown.value !== read.value) {
    const meanings = [read, shown].map(({ value }) => clear(value, marks));
    return refused(`"${typed}" can mean ${meanings.join(' or ')}. Write one of these.`);
  }
  if (read.digits > MOST_DIGITS) {
    return refused(`Only ${MOST_DIGITS} digits can be kept exactly. Write fewer.`);
  }
  return { kind: 'number', value: read.value };
}

interface Parts {
  readonly value: number;
  /** That count: without zeros in front, and at the end of the decimals. */
  readonly digits: number;
  readonly hasMark: boolean;
}

/** By these marks alone; `null` where it is no number by them. */
function partsOf(text: string, { decimal, groups, isGrouped }: NumberMarks): Parts | null {
  const [whole = '', fraction = '', ...more] = text.split(decimal);
  if (more.length > 0) return null;
  const parts = groups.reduce<readonly string[]>(
    (before, mark) => before.flatMap((part) => part.split(mark)),
    [whole],
  );
  if (![...parts, fraction].every((part) => /^\d*$/.test(part))) return null;
  if (parts.length > 1 && !isGrouped(parts)) return null;
  const digits = `${parts.join('')}.${fraction}`;
  if (digits === '.') return null;
  return {
    value: Number(digits),
    digits: digits.replace(/0*$/, '').replace('.', '').replace(/^0+/, '').length,
    hasMark: text.includes(decimal),
  };
}

/** Whether it begins a number that is not whole yet: "1," and "1,00" on the way to "1,000", or "." alone. */
function mayGoOn(digits: string, marks: NumberMarks): boolean {
  if (digits === '' || digits === marks.decimal) return true;
  if (digits.includes(marks.decimal)) return false;
  return ['0', '00', '000'].some((rest) => partsOf(digits + rest, marks) !== null);
}

function problemWith(digits: string, typed: string, marks: NumberMarks): string {
  const example = marks.formatPlain(1_234.5);
  if (/(?![0-9])\p{Nd}/u.test(digits)) return 'Write it with the digits 0 to 9.';
  if (/^[\d.]+e[-+]?\d+$/i.test(digits)) return powerSentence(digits, typed, marks);
  if (!/\d/.test(digits)) return `Write a number, as in ${example}.`;
  if (/\D/.test(digits.replace(ALL_MARKS, ''))) {
    return `"${typed}" is no plain number. Write only its digits, as in ${example}.`;
  }
  const meant = meaningsOf(digits, marks);
  return `"${typed}" is not clear. Write ${meant.join(' or ') || `it as in ${example}`}.`;
}

function powerSentence(digits: string, typed: string, { formatPlain }: NumberMarks): string {
  const value = Number(digits);
  const isShort = value > 1e-12 && value < 1e15;
  return `"${typed}" is not taken. Write all its digits${isShort ? `: ${formatPlain(value)}` : ''}.`;
}

/** What marks that are not in their places may have stood for: the last for decimals, or all of them for thousands. */
function meaningsOf(digits: string, marks: NumberMarks): readonly string[] {
  const plain = digits.replace(ALL_MARKS, '');
  if (plain.length > MOST_DIGITS) return [];
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const decimals = last < 0 ? '' : digits.slice(last + 1).replace(ALL_MARKS, '');
  const whole = plain.slice(0, plain.length - decimals.length);
  const values = [...(decimals === '' ? [] : [Number(`${whole}.${decimals}`)]), Number(plain)];
  return [...new Set(values.map((value) => clear(value, marks)))];
}

/** So that it can be read in one way only: three decimals would look like thousands again. */
function clear(value: number, marks: NumberMarks): string {
  const plain = marks.formatPlain(value);
  return plain.split(marks.decimal)[1]?.length === 3 ? `${plain}0` : plain;
}

function refused(sentence: string, isUnfinished = false): NumberReading {
  return { kind: 'refused', sentence, isUnfinished };
}

/** As a field shows it: in groups, unless its groups could be read as decimals. */
export function writtenNumber(value: number, marks: NumberMarks): string {
  const grouped = marks.format(value);
  const { kind } = readTyped(grouped, marks, { signed: true });
  return kind === 'refused' ? clear(value, marks) : grouped;
}

/** As a field holds it while it is changed: without groups, which would be out of place after the next key. */
export function editableNumber(value: number, marks: NumberMarks): string {
  return clear(value, marks);
}
