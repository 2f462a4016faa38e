import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floorTo, formatUnits, parseUnits, times, units } from './decimal.ts';

test('an amount survives being written and read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (value) => {
      expect(parseUnits(formatUnits(value))).toBe(value);
    }),
  );
});

test.each([
  ['1', 100_000_000n],
  ['0.00000001', 1n],
  ['1.50', 150_000_000n],
  ['1.000000000', 100_000_000n],
  ['0.000000001', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['.5', undefined],
  ['', undefined],
])('%s is read as %s', (text, value) => {
  expect(parseUnits(text)).toBe(value);
});

test('a product is cut off, and a floor is a multiple', () => {
  expect(formatUnits(times(units('0.33333333'), units('0.1')))).toBe('0.03333333');
  expect(formatUnits(floorTo(units('1.2345'), units('0.01')))).toBe('1.23000000');
  expect(formatUnits(-units('2.5'))).toBe('-2.50000000');
});
