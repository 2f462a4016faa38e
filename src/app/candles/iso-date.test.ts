import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDateAt } from './iso-date.ts';

function parsed(text: string): number {
  const bytes = new TextEncoder().encode(`9${text}9`);
  return isoDateAt(bytes, 1, bytes.length - 1);
}

describe('an ISO date', () => {
  it('is read as Date does, to the millisecond, from 1000 to 9999', () => {
    const time = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, (date) => {
        const text = date.toISOString();
        expect(parsed(text)).toBe(date.getTime());
        expect(parsed(text.replace('T', ' ').replace('Z', '000000+00:00'))).toBe(date.getTime());
        expect(parsed(text.slice(0, 16))).toBe(Date.parse(`${text.slice(0, 16)}Z`));
        expect(parsed(text.slice(0, 10))).toBe(Date.parse(text.slice(0, 10)));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['2023-03-01T02:30:00+02:30', '2023-03-01T00:00:00Z'],
    ['2023-03-01 00:00-0500', '2023-03-01T05:00:00Z'],
    ['2023-03-01 09:00:00 +09', '2023-03-01T00:00:00Z'],
    ['2023-03-01 00:00:00 UTC', '2023-03-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
  ])('may have a zone: %s is %s', (text, expected) => {
    expect(parsed(text)).toBe(Date.parse(expected));
  });

  it.each([
    '',
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-13-01',
    '2023-00-10',
    '2023-01-00',
    '2023/01/01',
    '2023-01-01T',
    '2023-01-01T24:00',
    '2023-01-01T10:60',
    '2023-01-01T10:00:60',
    '2023-01-01T1000',
    '2023-01-01T10:00:',
    '2023-01-01T10:00:00.',
    '2023-01-01T10:00 ',
    '2023-01-01T10:00X',
    '2023-01-01T10:00+15',
    '2023-01-01T10:00+1',
    '01.02.2023 10:00',
  ])('is not "%s"', (text) => {
    expect(parsed(text)).toBeNaN();
  });

  it('is not whole between two milliseconds', () => {
    expect(Number.isInteger(parsed('2023-01-01T00:00:00.0005'))).toBe(false);
  });
});
