/** What a first test trade costs on exchanges with different minimums. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { testPlan } from './test-trade.ts';

const pair = (minCost: number | null) => ({
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.000_01,
  priceStep: 0.01,
  minCost,
});

describe('a test trade', () => {
  it('is 2 USD where the exchange lets it be', () => {
    for (const minCost of [null, 0, 1]) {
      expect(testPlan(pair(minCost), HARD_LIMITS, 'Kraken')).toEqual({
        symbol: 'BTC/USDT',
        cost: 2,
        raisedBecause: null,
      });
    }
  });

  it('is raised to what can be sold again, and says so beforehand', () => {
    const { cost, raisedBecause } = testPlan(pair(10), HARD_LIMITS, 'Binance US');
    expect(cost).toBe(10.87);
    expect(raisedBecause).toBe(
      'Binance US takes no order of BTC/USDT under 10 USDT, and a stop below the price has to clear that too: the test buys for 10.87 USDT.',
    );
  });

  it('leaves room for the stop, the fees and a move of the price, whatever the minimum', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 40, noNaN: true }), (minCost) => {
        const { cost } = testPlan(pair(minCost), HARD_LIMITS, 'Kraken');
        const worstStop = cost * (1 - HARD_LIMITS.defaultStopDistance) * 0.99 * (1 - 0.006) ** 2;
        expect(cost === 2 || worstStop >= minCost).toBe(true);
      }),
    );
  });

  it('follows a minimum that a person set higher', () => {
    expect(testPlan(pair(null), { ...HARD_LIMITS, minTradeUsd: 5 }, 'Kraken').cost).toBe(5);
  });
});
