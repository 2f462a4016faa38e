/** What a first test trade costs on exchanges with different minimums. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { stopWorth } from '../../core/risk/exposure.ts';
import { testPlan, type TestTerms } from './test-trade.ts';

const terms = (minCost: number | null, price = 60_000): TestTerms => ({
  instrument: {
    symbol: 'BTC/USDT',
    base: 'BTC',
    quote: 'USDT',
    amountStep: 0.000_01,
    minAmount: null,
    priceStep: 0.01,
    minCost,
  },
  limits: HARD_LIMITS,
  price,
  feeRate: 0.001,
  venue: 'Binance US',
});

describe('a test trade', () => {
  it('is 2 USD where the exchange lets it be', () => {
    for (const minCost of [null, 0, 0.5]) {
      expect(testPlan(terms(minCost))).toEqual({
        symbol: 'BTC/USDT',
        cost: 2,
        raisedBecause: null,
      });
    }
  });

  it('is raised to what can be sold again, and says so beforehand', () => {
    const { cost, raisedBecause } = testPlan(terms(5));
    expect(cost).toBe(6.13);
    expect(raisedBecause).toBe(
      'Orders of BTC/USDT on Binance US need at least 5 USDT, and the stop below the price has to clear that too: the test buys for 6.13 USDT.',
    );
  });

  it('passes the gate at the price of the plan and a little above, whatever the minimum', () => {
    const prices = fc.double({ min: 0.01, max: 200_000, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), prices, (minCost, price) => {
        const { instrument, feeRate } = terms(minCost);
        const { cost } = testPlan(terms(minCost, price));
        const stop = { kind: 'distance', fraction: 0.05 } as const;
        const later = { price: price * 1.01, stop, instrument, feeRate };
        expect(stopWorth(cost, later)).toBeGreaterThanOrEqual(minCost);
      }),
    );
  });

  it('follows a minimum that a person set higher', () => {
    const strict = { ...terms(null), limits: { ...HARD_LIMITS, minTradeUsd: 5 } };
    expect(testPlan(strict).cost).toBe(5);
  });
});
