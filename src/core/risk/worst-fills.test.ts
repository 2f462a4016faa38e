/** The worst prices that orders may trade at. */

import { expect, it } from 'vitest';
import { aimedLossPerCost, isBelow, lossPerCost, sellableAtStop, stopWorth } from './exposure.ts';
import { percent } from './deny.ts';
import { isUsdAtPar } from './usd.ts';
import { entryBound, whyNotFresh, worstEntry } from './worst-fills.ts';

it('a market entry pays half a percent more than the ask at most, on a step', () => {
  expect(entryBound(200, null)).toBeCloseTo(201, 12);
  expect(entryBound(200, 0.01)).toBeCloseTo(201, 12);
  expect(entryBound(199, 0.5)).toBe(199.5);
  // 0.201 is 201 steps of 0.001, though dividing says 200.99999999999997.
  expect(entryBound(0.2, 0.001)).toBeCloseTo(0.201, 15);
  // A step wider than that leaves the ask itself.
  expect(entryBound(3, 1)).toBe(3);
  expect(entryBound(3.4, 1)).toBe(3.4);
});

it('the worst of an entry is its limit, the bound of a market order, or the bar’s price', () => {
  const quoted = { price: 90, market: { kind: 'quote', ask: 100, ageMs: 0 } } as const;
  expect(worstEntry(95, quoted, 0.01)).toBe(95);
  expect(worstEntry(null, quoted, 0.01)).toBeCloseTo(100.5, 12);
  expect(worstEntry(null, { price: 90, market: { kind: 'bars' } }, 0.01)).toBe(90);
});

it('a price of ten seconds is fresh, an older one or none is not, and it says so', () => {
  expect(whyNotFresh('BTC/USDT', 0)).toBeNull();
  expect(whyNotFresh('BTC/USDT', 10_000)).toBeNull();
  expect(whyNotFresh('BTC/USDT', 12_400)).toBe(
    'The last price of BTC/USDT is 12 s old: nothing is bought by a price older than 10 s. Wait for the next one.',
  );
  expect(whyNotFresh('BTC/USDT', null)).toBe(
    'There is no price of BTC/USDT at the moment: nothing is bought by a price older than 10 s. Wait for the next one.',
  );
});

it('a stop is below the entry, and above nothing', () => {
  const below = (fraction: number): boolean => isBelow(100, { kind: 'distance', fraction });
  expect([-0.1, 0, 0.001, 0.999, 1, 1.5].map(below)).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
  const at = (price: number): boolean => isBelow(100, { kind: 'price', price });
  expect([-1, 0, 0.001, 99.999, 100, 101].map(at)).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
});

it('an entry loses at most the way to the end of its stop’s slack, a step further, and both fees', () => {
  const stop = { kind: 'distance', fraction: 0.1 } as const;
  // Sold at 0.9 less a step of 1 in 100, less 1 %: 0.8811.
  expect(lossPerCost({ price: 100, stop, feeRate: 0.01, priceStep: 1 })).toBeCloseTo(
    1 - 0.8811 + 0.01 * 1.8811,
    12,
  );
  // No more than all of it and the fee of the entry.
  const deep = { kind: 'distance', fraction: 0.99 } as const;
  expect(lossPerCost({ price: 1, stop: deep, feeRate: 0.01, priceStep: 1 })).toBeCloseTo(1.01, 12);
  expect(aimedLossPerCost(100, { kind: 'price', price: 90 }, 0.01)).toBeCloseTo(
    0.1 + 0.01 * 1.9,
    12,
  );
});

it('what a stop can sell is what was bought less its fee, in whole steps, one less for rounding', () => {
  const pair = {
    symbol: 'A/USDT',
    base: 'A',
    quote: 'USDT',
    amountStep: null,
    minAmount: null,
    priceStep: null,
    minCost: null,
  };
  const view = {
    price: 10,
    stop: { kind: 'price', price: 8 },
    feeRate: 0.1,
    instrument: pair,
  } as const;
  expect(sellableAtStop(100, view)).toBeCloseTo(9, 12);
  expect(stopWorth(100, view)).toBeCloseTo(72, 12);
  const stepped = { ...view, instrument: { ...pair, amountStep: 2 } };
  expect(sellableAtStop(100, stepped)).toBe(6);
  expect(sellableAtStop(10, stepped)).toBe(0);
});

it('dollar coins count at par, and nothing else does', () => {
  expect(['USD', 'USDT', 'USDC', 'FDUSD', 'TUSD', 'DAI'].every(isUsdAtPar)).toBe(true);
  expect(['EUR', 'BTC', 'usd', ''].some(isUsdAtPar)).toBe(false);
});

it('a share is told in percent without a tail', () => {
  expect([0.05, 0.001, 0.123_456_78].map(percent)).toEqual(['5 %', '0.1 %', '12.3457 %']);
});
