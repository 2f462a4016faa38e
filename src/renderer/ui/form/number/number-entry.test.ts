import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WINDOW_MARKS } from './marks.ts';
import { entryOf, isSameEntry, readEntry, stepped } from './number-entry.ts';
import { readTyped } from './read-number.ts';

const typed = (text: string) => entryOf(readTyped(text, WINDOW_MARKS), text);

describe('what a form holds of a field', () => {
  it('is a number, nothing, or the text with what is wrong about it', () => {
    expect([typed('25,000'), typed(' ')]).toEqual([25_000, '']);
    expect(typed('1,5')).toEqual({
      text: '1,5',
      sentence: '"1,5" is not clear. Write 1.5 or 15.',
      isUnfinished: true,
    });
  });

  it('gives a number to nobody where the text is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        const reading = readTyped(text, WINDOW_MARKS);
        const { value, problem } = readEntry(entryOf(reading, text), {});
        expect(value).toBe(reading.kind === 'number' ? reading.value : null);
        expect(problem === null).toBe(reading.kind === 'number');
      }),
    );
  });

  it('is another where the text is another', () => {
    expect(isSameEntry(typed('1,5'), typed('1,5'))).toBe(true);
    expect(isSameEntry(typed('1,5'), typed('1,6'))).toBe(false);
    expect(isSameEntry(typed(''), 0)).toBe(false);
  });
});

it('bounds are told in plain digits', () => {
  expect(readEntry(1e-9, { min: 8.5e-7 }).problem).toBe('Must be 0.00000085 or more.');
  expect(readEntry(2e12, { max: 1e12 }).problem).toBe('Must be 1,000,000,000,000 or less.');
  expect(readEntry(0, { above: 0 }).problem).toBe('Must be above 0.');
  expect(readEntry(100, { below: 100 }).problem).toBe('Must be below 100.');
  expect(readEntry('', {}).problem).toBe('Enter a number.');
  expect(readEntry(5, { min: 5, max: 5 })).toEqual({ value: 5, problem: null });
});

it('steps without the dust of binary fractions, and not over a bound', () => {
  expect(stepped(0.1, 0.2, {})).toBe(0.3);
  expect(stepped(8.5e-7, 1e-8, {})).toBe(8.6e-7);
  expect([stepped(1, -5, { min: 0 }), stepped(99, 5, { max: 100 })]).toEqual([0, 100]);
});
