/** What a person types is what is meant: by the marks of their own language, and in one way only. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstMarks, marksOf, WINDOW_MARKS } from './marks.ts';
import {
  editableNumber,
  LONGEST_NUMBER,
  readTyped,
  writtenNumber,
  type NumberRules,
} from './read-number.ts';

const LOCALES =
  'en-US en-GB de-DE de-AT de-CH fr-FR fr-CH es-ES es-MX it-IT pt-BR pl-PL sv-SE bg-BG ru-RU tr-TR en-IN hi-IN bn-BD ar-EG fa-IR he-IL ja-JP th-TH-u-nu-thai id-ID en-ZA'.split(
    ' ',
  );

function read(text: string, locale = 'en-US', rules: NumberRules = {}): number | string | null {
  const reading = readTyped(text, marksOf(locale), rules);
  if (reading.kind === 'empty') return null;
  return reading.kind === 'number' ? reading.value : reading.sentence;
}

describe('a number', () => {
  it.each([
    ['25,000', 'en-US', 25_000],
    ['64,000.5', 'en-US', 64_000.5],
    ['1,234,567', 'en-US', 1_234_567],
    [' 12 ', 'en-US', 12],
    ['.5', 'en-US', 0.5],
    ['5.', 'en-US', 5],
    ['0.00000085', 'en-US', 8.5e-7],
    ['1.234,56', 'de-DE', 1234.56],
    ['1,5', 'de-DE', 1.5],
    ['1.234.567', 'de-DE', 1_234_567],
    ["1'234.5", 'de-CH', 1234.5],
    ['1\u2019234.5', 'de-CH', 1234.5],
    ['1 234,5', 'fr-FR', 1234.5],
    ['1\u202f234,5', 'fr-FR', 1234.5],
    ['1\u00a0234,5', 'fr-FR', 1234.5],
    ['12,34,567.5', 'en-IN', 1_234_567.5],
    ['1,234,567.5', 'en-IN', 1_234_567.5],
    ['1,00,000', 'en-IN', 100_000],
    ['123456789012345', 'en-US', 123_456_789_012_345],
    ['007', 'en-US', 7],
    ['0.50000000000000000000', 'en-US', 0.5],
  ])('%j in %s is %d', (text, locale, value) => {
    expect(read(text, locale)).toBe(value);
  });

  it.each([
    ['1,5', 'en-US', '"1,5" is not clear. Write 1.5 or 15.'],
    ['25,0000', 'en-US', '"25,0000" is not clear. Write 25 or 250000.'],
    ['1.5', 'de-DE', '"1.5" is not clear. Write 1,5 or 15.'],
    ['1.2.3', 'en-US', '"1.2.3" is not clear. Write 12.3 or 123.'],
    ['1 000', 'en-US', '"1 000" is not clear. Write 1000.'],
    ['1,00,000', 'en-US', '"1,00,000" is not clear. Write 100 or 100000.'],
    ['1,23,4567', 'en-IN', '"1,23,4567" is not clear. Write 123.4567 or 1234567.'],
    ['0,500', 'en-US', '"0,500" is not clear. Write 0.5 or 500.'],
    [',500', 'en-US', '",500" is not clear. Write 0.5 or 500.'],
    ['1e5', 'en-US', '"1e5" is not taken. Write all its digits: 100000.'],
    ['8.5e-7', 'en-US', '"8.5e-7" is not taken. Write all its digits: 0.00000085.'],
    ['1e400', 'en-US', '"1e400" is not taken. Write all its digits.'],
    ['50 USD', 'en-US', '"50 USD" is no plain number. Write only its digits, as in 1234.5.'],
    ['0x10', 'en-US', '"0x10" is no plain number. Write only its digits, as in 1234.5.'],
    ['12 %', 'de-DE', '"12 %" is no plain number. Write only its digits, as in 1234,5.'],
    ['5\u202d0', 'en-US', '"5\u202d0" is no plain number. Write only its digits, as in 1234.5.'],
    ['NaN', 'en-US', 'Write a number, as in 1234.5.'],
    ['.', 'en-US', 'Write a number, as in 1234.5.'],
    ['\u0661\u0662\u0663', 'ar-EG', 'Write it with the digits 0 to 9.'],
    ['\uff11\uff12', 'ja-JP', 'Write it with the digits 0 to 9.'],
    ['-5', 'en-US', 'Write it without a sign.'],
    ['+5', 'en-US', 'Write it without a sign.'],
    ['1234567890123456', 'en-US', 'Only 15 digits can be kept exactly. Write fewer.'],
    ['0.1234567890123456', 'en-US', 'Only 15 digits can be kept exactly. Write fewer.'],
  ])('is not made of %j in %s', (text, locale, sentence) => {
    expect(read(text, locale)).toBe(sentence);
  });

  it('that the window itself would mean otherwise is asked for again', () => {
    expect(read('25.000', 'de-DE')).toBe('"25.000" can mean 25000 or 25. Write one of these.');
    expect(read('64,000', 'de-DE')).toBe('"64,000" can mean 64 or 64000. Write one of these.');
    expect(read('1.234', 'de-DE')).toBe('"1.234" can mean 1234 or 1,2340. Write one of these.');
  });

  it('is nothing where nothing was typed', () => {
    expect([read(''), read('  \u00a0')]).toEqual([null, null]);
  });

  it('has a sign only where one makes sense', () => {
    expect(read('-1,234.5', 'en-US', { signed: true })).toBe(-1234.5);
    expect(read('\u22125', 'sv-SE', { signed: true })).toBe(-5);
    expect(read('-', 'en-US', { signed: true })).toBe('Write a number, as in 1234.5.');
    expect(read('-0', 'en-US', { signed: true })).toBe(0);
  });

  it('is whole where only whole ones make sense', () => {
    expect(read('1,000', 'en-US', { whole: true })).toBe(1000);
    expect(read('1.5', 'en-US', { whole: true })).toBe('Write a whole number.');
    expect(read('25.000', 'en-US', { whole: true })).toBe('Write a whole number.');
  });

  it('is not complained of while it is still being typed', () => {
    const isUnfinished = (text: string): boolean => {
      const reading = readTyped(text, WINDOW_MARKS);
      return reading.kind === 'refused' && reading.isUnfinished;
    };
    const unfinished = ['1,', '1,0', '1,00', '12,345,6', '.'];
    const hopeless = ['1,0000', '1e', '1.5,', '0,5', '1234,5'];
    expect([...unfinished, ...hopeless].filter(isUnfinished)).toEqual(unfinished);
  });

  it('is not looked for in what is far too long', () => {
    expect(read('9'.repeat(1_000_000))).toMatch(/^That is too long for a number\./);
    // What a field cuts off is longer still than what is read: a cut number is never taken for a shorter one.
    const cut = `25${' '.repeat(LONGEST_NUMBER)}000`.slice(0, LONGEST_NUMBER + 1);
    expect(read(cut)).toMatch(/^That is too long for a number\./);
  });
});

describe('in every language', () => {
  const locale = fc.constantFrom(...LOCALES);
  /** All that fifteen digits can say, down to 1e-20. */
  const value = fc
    .tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 20 }))
    .map(([digits, shift]) => Number(`${digits}e-${shift}`));

  it('a field reads again what it has written, with groups and without', () => {
    fc.assert(
      fc.property(locale, value, fc.boolean(), (name, size, isNegative) => {
        const marks = marksOf(name);
        const number = isNegative && size !== 0 ? -size : size;
        for (const written of [writtenNumber(number, marks), editableNumber(number, marks)]) {
          expect(written).not.toMatch(/e/i);
          const again = readTyped(written, marks, { signed: true });
          expect(again).toEqual({ kind: 'number', value: number });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no text is taken for another number than its own language and the window read in it', () => {
    const characters = "0 1 2 3 4 5 6 7 8 9 . , - e ' \u2019 \u00a0 \u202f".split(' ');
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(' ', ...characters), maxLength: 14 }),
      fc.tuple(locale, value).map(([name, number]) => marksOf(name).format(number)),
      fc.stringMatching(/^\d{1,3}[.,' ]\d{1,4}([.,' ]\d{1,4})?$/),
    );
    fc.assert(
      fc.property(locale, text, (name, typed) => {
        const marks = marksOf(name);
        const reading = readTyped(typed, marks, { signed: true });
        if (reading.kind !== 'number') return;
        const others = marks.decimal === '.' ? /[,'\u2019\s]/g : /[.'\u2019\s]/g;
        const plain = typed.trim().replaceAll(others, '').replace(marks.decimal, '.');
        expect(plain).toMatch(/^-?(?:\d+\.?\d*|\.\d+)$/);
        expect(reading.value === Number(plain)).toBe(true);
        // Nobody can have meant decimals by a mark with three digits before the next or the end, and none in front of it.
        const [whole = ''] = typed.trim().split(marks.decimal);
        const groups = whole.split(others);
        expect(groups.length === 1 || groups.at(-1)?.length === 3).toBe(true);
        const shown = readTyped(typed, WINDOW_MARKS, { signed: true });
        expect(shown.kind === 'number' ? shown.value : reading.value).toBe(reading.value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the sentence offers what is then taken', () => {
    fc.assert(
      fc.property(locale, fc.stringMatching(/^\d{1,6}[.,]\d{1,6}$/), (name, typed) => {
        const marks = marksOf(name);
        const reading = readTyped(typed, marks);
        if (reading.kind !== 'refused') return;
        const [, offered = ''] =
          /(?:Write|mean) (\S+(?: or \S+)?)\.(?: |$)/.exec(reading.sentence) ?? [];
        for (const one of offered.split(' or ')) {
          expect(readTyped(one, marks).kind, `${typed}: ${one} in ${name}`).toBe('number');
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('the language is the first of the computer that is one', () => {
  expect(firstMarks(['C', 'de-DE', 'fr-FR']).locale).toBe('de-DE');
  expect(firstMarks([]).locale).toBe('en-US');
  expect(firstMarks(['not a language']).locale).toBe('en-US');
});
