import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberAt } from './number-scanner.ts';

function parsed(text: string): number {
  const bytes = new TextEncoder().encode(`9,${text},9`);
  return numberAt(bytes, 2, bytes.length - 2);
}

describe('the number scanner', () => {
  it('reads every double as Number() does', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(double, (value) => {
        expect(parsed(String(value))).toBe(Number(String(value)));
        expect(parsed(value.toExponential())).toBe(Number(value.toExponential()));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads any digits, point and exponent as Number() does, also past 2^53', () => {
    const digits = fc.stringMatching(/^[+-]?\d{1,25}(\.\d{0,25})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const expected = Number(text);
        expect(parsed(text)).toBe(Number.isFinite(expected) ? expected : Number.NaN);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '9007199254740993',
    '9007199254740992.5',
    '1e23',
    '5e-324',
    '.5',
    '5.',
    '-0',
    '0.1e-22',
  ])('rounds %s as Number() does', (text) => {
    expect(parsed(text)).toBe(Number(text));
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    'e5',
    '1e',
    '1e+',
    '0x10',
    'NaN',
    'Infinity',
    '1_000',
    '1,5',
    '1 ',
    '1e999',
    '--1',
    '1.2.3',
    '1e5x',
  ])('does not take "%s" for a number', (text) => {
    expect(parsed(text)).toBeNaN();
  });
});
