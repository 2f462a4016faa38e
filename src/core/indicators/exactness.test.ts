/** Averages and their crossings against arithmetic in whole numbers: no tie may become a cross. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratioToNumber } from './exact-decimal.ts';
import { IncrementalSma, smaColumn } from './sma.ts';
import { IncrementalSmaRelation, NO_RELATION, smaRelationColumn } from './sma-relation.ts';

/** Values as a person would write them: `digits / 10^places`. Few different ones, so that ties abound. */
const decimals = fc
  .record({
    places: fc.integer({ min: 0, max: 10 }),
    base: fc.integer({ min: 1, max: 2_000_000 }),
    steps: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 120 }),
  })
  .map(({ places, base, steps }) => ({
    places,
    digits: steps.map((step) => BigInt(Math.max(1, base + step))),
  }));

interface Decimals {
  readonly places: number;
  readonly digits: readonly bigint[];
}

function toNumbers({ places, digits }: Decimals): Float64Array {
  return Float64Array.from(digits, (digit) => Number(`${digit}e-${places}`));
}

/** `value × 10^20` from the decimals that it prints, for values with no more than twenty of them. */
function scaledDigits(value: number): bigint {
  const [whole = '', fraction = ''] = String(value).split('.');
  return BigInt(whole + fraction.padEnd(20, '0'));
}

function windowSum(digits: readonly bigint[], end: number, period: number): bigint {
  return digits.slice(end - period + 1, end + 1).reduce((sum, digit) => sum + digit, 0n);
}

function expectedRelation(digits: readonly bigint[], index: number, fast: number, slow: number) {
  if (index < Math.max(fast, slow) - 1) return NO_RELATION;
  const left = windowSum(digits, index, fast) * BigInt(slow);
  const right = windowSum(digits, index, slow) * BigInt(fast);
  return left > right ? 1 : left < right ? -1 : 0;
}

const periods = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }));

describe('crossings', () => {
  it('are decided as whole numbers decide them, in a column and one by one', () => {
    fc.assert(
      fc.property(decimals, periods, (series, [fast, slow]) => {
        const values = toNumbers(series);
        const column = smaRelationColumn(values, values.length, fast, slow);
        const incremental = new IncrementalSmaRelation(fast, slow);
        values.forEach((value, index) => {
          const expected = expectedRelation(series.digits, index, fast, slow);
          expect(column[index]).toBe(expected);
          expect(incremental.push(value)).toBe(expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('stay exact for values without short decimals, where ticks do not fit', () => {
    const third = fc.constantFrom(1 / 3, 2 / 3, 1e-9 / 3, 1e300, 5e-324, 0.1, 12_345.678_9);
    fc.assert(
      fc.property(fc.array(third, { minLength: 1, maxLength: 30 }), (list) => {
        const values = Float64Array.from(list);
        const column = smaRelationColumn(values, values.length, 2, 3);
        const incremental = new IncrementalSmaRelation(2, 3);
        expect(Array.from(values, (value) => incremental.push(value))).toEqual([...column]);
        // Three equal values in a row: the averages of two and of three are one and the same.
        list.forEach((value, index) => {
          if (index >= 2 && value === list[index - 1] && value === list[index - 2]) {
            expect(column[index]).toBe(0);
          }
        });
      }),
    );
  });

  it('stay exact for prices of every digit that tie again and again, over short and long windows', () => {
    const unrounded = fc.array(fc.constantFrom(1 / 3, 2 / 3, 4 / 3, 1 / 7, 0.1 + 0.2), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(unrounded, fc.integer({ min: 1, max: 300 }), periods, (pattern, length, pair) => {
        const [fast, slow] = pair;
        const values = Float64Array.from(
          { length },
          (_, index) => pattern[index % pattern.length] ?? 1,
        );
        const digits = Array.from(values, (value) => scaledDigits(value));
        const column = smaRelationColumn(values, length, fast, slow);
        for (let index = 0; index < length; index += 1) {
          expect(column[index]).toBe(expectedRelation(digits, index, fast, slow));
        }
      }),
    );
  });

  it('stay exact over windows of thousands of unrounded prices, past several fresh sums', () => {
    const values = Float64Array.from(
      { length: 9_000 },
      (_, index) => (1e5 / 3) * (1 + (index % 11) / 1e3),
    );
    const column = smaRelationColumn(values, values.length, 2_200, 4_400);
    const incremental = new IncrementalSmaRelation(2_200, 4_400);
    expect(Array.from(values, (value) => incremental.push(value))).toEqual([...column]);
    // Both windows hold whole cycles of the eleven prices: the averages are one and the same at every bar.
    expect(new Set(column.subarray(4_399))).toEqual(new Set([0]));
  });

  it('a rolling float sum gets this tie wrong, whole ticks do not', () => {
    // What was rounded when the first three came in stays behind when they leave the window again.
    const values = Float64Array.from([0.1, 0.1, 0.3, 5.1, 5.1, 5.1]);
    let sum = 0;
    const rolling = Array.from(values, (value, index) => {
      sum += value - (index >= 3 ? (values[index - 3] ?? 0) : 0);
      return sum / 3;
    });
    expect(rolling[5]).toBe(5.1000000000000005);
    expect(smaColumn(values, values.length, 3)[5]).toBe(5.1);
    expect(smaRelationColumn(values, values.length, 1, 3)[5]).toBe(0);
  });
});

describe('the simple average', () => {
  it('is the float64 nearest to the exact mean, in a column and one by one', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 1, max: 20 }), (series, period) => {
        const values = toNumbers(series);
        const column = smaColumn(values, values.length, period);
        const incremental = new IncrementalSma(period);
        values.forEach((value, index) => {
          const expected =
            index < period - 1
              ? NaN
              : ratioToNumber(
                  windowSum(series.digits, index, period),
                  BigInt(period) * 10n ** BigInt(series.places),
                );
          expect(column[index]).toBe(expected);
          expect(incremental.push(value)).toBe(expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('stays exact where one value more than the window holds would not fit a float64', () => {
    const most = 2 ** 51 - 1;
    const values = Float64Array.from([most, most, most, most, most, most, most - 2, 1, 1, 1, 1, 3]);
    const digits = Array.from(values, BigInt);
    for (const period of [2, 3, 4]) {
      const expected = digits.map((_, index) =>
        index < period - 1 ? NaN : ratioToNumber(windowSum(digits, index, period), BigInt(period)),
      );
      expect([...smaColumn(values, values.length, period)]).toEqual(expected);
    }
  });

  it('is all NaN when the window is longer than the series, and the series itself at length 1', () => {
    const values = Float64Array.from([1.5, 2.25]);
    expect([...smaColumn(values, 2, 3)]).toEqual([NaN, NaN]);
    expect([...smaColumn(values, 2, 1)]).toEqual([1.5, 2.25]);
  });
});

describe('the ratio of two whole numbers as a float64', () => {
  it('is what float64 division gives where both fit', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (numerator, denominator) => {
          expect(ratioToNumber(BigInt(numerator), BigInt(denominator))).toBe(
            numerator === 0 ? 0 : numerator / denominator,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('reads decimals as the language does', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 25n }),
        fc.integer({ min: 0, max: 30 }),
        (digits, places) => {
          expect(ratioToNumber(digits, 10n ** BigInt(places))).toBe(Number(`${digits}e-${places}`));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
