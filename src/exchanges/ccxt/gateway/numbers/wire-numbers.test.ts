/** Numbers as each exchange is sent them, read off its requests: from 1e-10 to 1e10, on every kind of step. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, stepsIn, textOf } from './decimal.ts';
import { TooSmall, wireAmount, wireAmountFor, wirePrice, type PriceKind } from './wire-numbers.ts';

const RUNS = { numRuns: 2_000, seed: 1 };
const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** Any magnitude alike. */
const numbers = fc
  .tuple(fc.integer({ min: -10, max: 9 }), fc.double({ min: 1, max: 10, noNaN: true }))
  .map(([power, digits]) => digits * 10 ** power);

const steps = fc
  .tuple(fc.integer({ min: -10, max: 1 }), fc.constantFrom(1, 2, 5, 25, 3))
  .map(([power, unit]) => Number(`${unit}e${power}`));

/** Exact: `text` less `value`, in no unit. */
function compared(text: string, value: number): bigint {
  const [one, other] = [decimalOf(Number(text)), decimalOf(value)];
  return one.units * 10n ** BigInt(other.places) - other.units * 10n ** BigInt(one.places);
}

function isOnStep(text: string, step: number): boolean {
  const size = decimalOf(step);
  return (
    textOf({ ...size, units: stepsIn(decimalOf(Number(text)), size, 'down') * size.units }) === text
  );
}

/** `null` where it is refused for being too small. */
function orRefused(make: () => string): string | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof TooSmall) return null;
    throw error;
  }
}

describe('a number on the wire', () => {
  it('as an amount has no exponent, is on the step and never more than there is', () => {
    fc.assert(
      fc.property(numbers, steps, (amount, amountStep) => {
        const pair = { symbol: 'A/B', amountStep, priceStep: 1 };
        const text = orRefused(() => wireAmount(pair, amount));
        if (text === null) {
          expect(amount).toBeLessThan(amountStep);
          return;
        }
        expect(text).toMatch(PLAIN);
        expect(isOnStep(text, amountStep)).toBe(true);
        expect(Number(text)).toBeLessThanOrEqual(amount * (1 + Number.EPSILON));
        expect(amount - Number(text)).toBeLessThanOrEqual(amountStep + amount * 1e-12);
      }),
      RUNS,
    );
  });

  it.each<[PriceKind, 1 | -1]>([
    ['buy-limit', -1],
    ['stop', -1],
    ['sell-limit', 1],
  ])('as a price of a %s is on the tick and on its side', (kind, side) => {
    fc.assert(
      fc.property(numbers, steps, (price, priceStep) => {
        const pair = { symbol: 'A/B', amountStep: 1, priceStep };
        const text = orRefused(() => wirePrice(pair, price, kind));
        if (text === null) {
          expect(price).toBeLessThan(priceStep);
          return;
        }
        expect(text).toMatch(PLAIN);
        expect(isOnStep(text, priceStep)).toBe(true);
        expect(compared(text, price) * BigInt(side) >= 0n).toBe(true);
        expect(Math.abs(Number(text) - price)).toBeLessThanOrEqual(priceStep + price * 1e-12);
      }),
      RUNS,
    );
  });

  it('buys for no more than was asked, to the last digit', () => {
    fc.assert(
      fc.property(numbers, steps, steps, numbers, (price, priceStep, amountStep, cost) => {
        const pair = { symbol: 'A/B', amountStep, priceStep };
        const limit = orRefused(() => wirePrice(pair, price, 'buy-limit'));
        if (limit === null) return;
        const amount = orRefused(() => wireAmountFor(pair, cost, limit));
        if (amount === null) return;
        const [a, p, c] = [decimalOf(Number(amount)), decimalOf(Number(limit)), decimalOf(cost)];
        const paid = a.units * p.units * 10n ** BigInt(c.places);
        expect(paid <= c.units * 10n ** BigInt(a.places + p.places)).toBe(true);
        expect(amount).toMatch(PLAIN);
      }),
      RUNS,
    );
  });

  it('takes what float64 makes of whole steps for those', () => {
    for (let count = 1; count < 2_000; count += 1) {
      expect(
        Number(wireAmount({ symbol: 'A/B', amountStep: 0.001, priceStep: 1 }, count * 0.001)),
      ).toBe(count / 1_000);
    }
  });

  it('sells as far down as there are prices where a stop stands on the lowest', () => {
    const pair = { symbol: 'A/B', amountStep: 1, priceStep: 1e-8 };
    expect(wirePrice(pair, 1e-8, 'stop')).toBe('0.00000001');
    expect(wirePrice(pair, 0.99e-8, 'stop-limit')).toBe('0.00000001');
    expect(wirePrice(pair, 8.5e-7, 'stop')).toBe('0.00000085');
  });

  it.each([Number.NaN, Infinity, -1])('is never %d', (value) => {
    const pair = { symbol: 'A/B', amountStep: 1, priceStep: 1 };
    expect(() => wirePrice(pair, value, 'stop')).toThrow(RangeError);
    expect(() => wireAmount(pair, value)).toThrow(RangeError);
  });
});
