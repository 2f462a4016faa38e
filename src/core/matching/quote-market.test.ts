import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Costs } from '../domain/costs.ts';
import { NO_PROTECTION, type EntryOrder, type ExitOrder, type Order } from '../domain/order.ts';
import type { BookSide, Quote } from '../ports/market-feed.ts';
import {
  arrivingExecution,
  comesToRest,
  marketExecution,
  restingExecution,
} from './quote-market.ts';

const FREE: Costs = { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 };

/** Relative: what dividing and multiplying again may lose. */
const ROUNDING = 1e-12;

function buy(cost: number, price: number | null = null): EntryOrder {
  return {
    purpose: 'entry',
    id: 'b',
    symbol: 'BTC/USDT',
    side: 'buy',
    type: price === null ? 'market' : 'limit',
    size: { unit: 'quote', cost },
    price,
    bound: null,
    protection: NO_PROTECTION,
  };
}

function sell(amount: number, type: ExitOrder['type'] = 'market', price: number | null = null) {
  return {
    purpose: 'exit',
    id: 's',
    symbol: 'BTC/USDT',
    side: 'sell',
    type,
    size: { unit: 'base', amount },
    price,
    bound: null,
    reason: 'signal',
  } satisfies ExitOrder;
}

function quote(bid: number, ask: number, depth: Quote['depth'] = null): Quote {
  return { symbol: 'BTC/USDT', time: 0, bid, ask, depth };
}

function book(bids: BookSide, asks: BookSide): Quote {
  return quote(bids[0]?.[0] ?? NaN, asks[0]?.[0] ?? NaN, { bids, asks });
}

function priceOf(order: Order, on: Quote, costs = FREE): number {
  return marketExecution(order, on, costs)?.price ?? NaN;
}

describe('a market order', () => {
  const deep = book(
    [
      [99, 1],
      [90, 1],
    ],
    [
      [100, 1],
      [125, 2],
    ],
  );

  it('takes the best price while that lasts, and then the next', () => {
    expect(priceOf(buy(100), deep)).toBe(100);
    // 1 coin for 100 and 0.8 for another 100.
    expect(priceOf(buy(200), deep)).toBeCloseTo(200 / 1.8, 12);
    expect(priceOf(sell(1), deep)).toBe(99);
    expect(priceOf(sell(2), deep)).toBe(94.5);
  });

  it('that is larger than the book that is known trades the rest at its last price', () => {
    expect(priceOf(buy(475), deep)).toBeCloseTo(475 / 4, 12);
    expect(priceOf(sell(4), deep)).toBe((99 + 3 * 90) / 4);
  });

  it('trades at bid and ask where the feed has no book', () => {
    expect(priceOf(buy(1e6), quote(99, 101))).toBe(101);
    expect(priceOf(sell(1e6), quote(99, 101))).toBe(99);
    expect(priceOf(sell(1e6), quote(99, 101, { bids: [], asks: [] }))).toBe(99);
  });

  it('slips against who sends it; the spread is in the quote already', () => {
    const costs = { ...FREE, slippageBps: 10, halfSpreadBps: 500 };
    expect(priceOf(buy(10), quote(99, 100), costs)).toBeCloseTo(100.1, 12);
    expect(priceOf(sell(1), quote(100, 101), costs)).toBeCloseTo(99.9, 12);
  });

  it('never gets better than the best level nor worse than the worst, and pays what was asked', () => {
    const number = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    const asks = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(asks, number, (levels, size) => {
        const rising = levels.toSorted(([one], [other]) => one - other);
        const falling = rising.toReversed();
        const best = rising[0]?.[0] ?? NaN;
        const worst = falling[0]?.[0] ?? NaN;
        const bought = priceOf(buy(size), book([[best / 2, 1]], rising));
        expect(bought).toBeGreaterThanOrEqual(best * (1 - ROUNDING));
        expect(bought).toBeLessThanOrEqual(worst * (1 + ROUNDING));
        const sold = priceOf(sell(size), book(falling, [[worst * 2, 1]]));
        expect(sold).toBeLessThanOrEqual(worst * (1 + ROUNDING));
        expect(sold).toBeGreaterThanOrEqual(best * (1 - ROUNDING));
        // What the levels cost that were walked is what was asked: computed again, from the coins.
        expect(Math.abs(costOf(rising, size / bought) - size)).toBeLessThanOrEqual(1e-9 * size);
      }),
    );
  });
});

describe('a resting order', () => {
  it('buys at its limit once the ask is below it, as the maker, however far below', () => {
    expect(restingExecution(buy(10, 100), quote(99, 100.01), FREE)).toBeNull();
    expect(restingExecution(buy(10, 100), quote(99, 100), FREE)).toBeNull();
    const there = { price: 100, liquidity: 'maker' };
    expect(restingExecution(buy(10, 100), quote(99, 99.99), FREE)).toEqual(there);
    expect(restingExecution(buy(10, 100), quote(49, 50), FREE)).toEqual(there);
  });

  it('takes its gain at its price once the bid is above it, as the maker', () => {
    const target = sell(1, 'take-profit', 110);
    expect(restingExecution(target, quote(110, 111), FREE)).toBeNull();
    const there = { price: 110, liquidity: 'maker' };
    expect(restingExecution(target, quote(110.01, 111), FREE)).toEqual(there);
    expect(restingExecution(target, quote(150, 151), FREE)).toEqual(there);
  });

  it('is stopped at what the book pays then, slippage taken off, as the taker', () => {
    const stop = sell(1, 'stop-loss', 95);
    const costs = { ...FREE, slippageBps: 100 };
    expect(restingExecution(stop, quote(95.01, 96), costs)).toBeNull();
    expect(restingExecution(stop, quote(90, 96), costs)).toEqual({
      price: 89.1,
      liquidity: 'taker',
    });
  });
});

describe('a limit or a target that comes in', () => {
  const slipping = { ...FREE, slippageBps: 100 };

  it('takes where the market has reached it: at the market, slippage and all, but not beyond its price', () => {
    expect(arrivingExecution(buy(10, 120), quote(99, 100), slipping)).toEqual({
      price: 101,
      liquidity: 'taker',
    });
    expect(arrivingExecution(buy(10, 100), quote(99, 100), slipping)?.price).toBe(100);
    const target = sell(1, 'take-profit', 90);
    expect(arrivingExecution(target, quote(100, 101), slipping)?.price).toBe(99);
    expect(arrivingExecution(target, quote(90, 101), slipping)?.price).toBe(90);
  });

  it('rests where the market stands away from it', () => {
    for (const [order, on] of [
      [buy(10, 99.99), quote(99, 100)],
      [sell(1, 'take-profit', 99.01), quote(99, 100)],
    ] as const) {
      expect(arrivingExecution(order, on, FREE)).toBeNull();
      expect(comesToRest(order, on)).toBe(true);
    }
  });

  it('waits where only a part of it is to be had at its price: nobody sells the rest there', () => {
    const thin = book(
      [[99, 1]],
      [
        [100, 0.01],
        [120, 10],
      ],
    );
    expect(arrivingExecution(buy(50, 101), thin, FREE)).toBeNull();
    expect(comesToRest(buy(50, 101), thin)).toBe(false);
    expect(arrivingExecution(buy(1, 101), thin, FREE)?.price).toBe(100);
  });
});

describe('a quote that cannot be right', () => {
  const orders: readonly Order[] = [
    buy(10),
    buy(10, 1_000),
    sell(1),
    sell(1, 'stop-loss', 1_000),
    sell(1, 'take-profit', 1e-9),
  ];
  const nothing = orders.map(() => null);

  it.each([
    ['not numbers', quote(NaN, NaN)],
    ['empty', quote(0, 0)],
    ['negative', quote(-2, -1)],
    ['endless', quote(Infinity, Infinity)],
    ['crossed', quote(101, 100)],
  ])('fills nothing: %s', (_, broken) => {
    expect(orders.map((order) => restingExecution(order, broken, FREE))).toEqual(nothing);
    expect(orders.map((order) => marketExecution(order, broken, FREE))).toEqual(nothing);
    expect(orders.map((order) => arrivingExecution(order, broken, FREE))).toEqual(nothing);
    expect(orders.map((order) => comesToRest(order, broken))).not.toContain(true);
  });

  it('on one side leaves the other tradable: a stop need not wait for an ask', () => {
    expect(restingExecution(sell(1, 'stop-loss', 95), quote(90, NaN), FREE)?.price).toBe(90);
    expect(restingExecution(buy(10), quote(90, NaN), FREE)).toBeNull();
  });

  it('in its depth is passed over, level by level', () => {
    const asks: BookSide = [
      [0, 5],
      [NaN, 1],
      [100, 0],
      [101, -1],
      [102, NaN],
      [103, 1],
    ];
    expect(priceOf(buy(10), quote(99, 100, { bids: [], asks }))).toBe(103);
    expect(priceOf(buy(10), quote(99, 100, { bids: [], asks: asks.slice(0, 5) }))).toBe(100);
  });
});

/** What `amount` costs level by level. */
function costOf(side: BookSide, amount: number): number {
  let left = amount;
  let cost = 0;
  for (const [price, available] of side) {
    const taken = Math.min(left, available);
    cost += taken * price;
    left -= taken;
  }
  return cost + left * (side.at(-1)?.[0] ?? NaN);
}
