import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../domain/candles.ts';
import type { Costs } from '../domain/costs.ts';
import { NO_PROTECTION, type ExitOrder } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { judgeEntry, passExit } from '../risk/gate.ts';
import { openDay } from '../risk/trading-day.ts';
import {
  bestPrice,
  boundedPrice,
  isThrough,
  stopTrigger,
  takerPrice,
  takes,
} from './fill-model.ts';
import { SimulatedMarket } from './simulated-market.ts';

const COSTS: Costs = { takerFee: 0.01, makerFee: 0.001, slippageBps: 20, halfSpreadBps: 30 };

const FREE: Costs = { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 };

function market(...rows: readonly CandleRow[]): SimulatedMarket {
  return new SimulatedMarket(candlesFromRows(rows), COSTS, 'USDT');
}

function buy(id: string, cost: number, price: number | null = null): GatedOrder {
  const answer = judgeEntry(
    {
      purpose: 'entry',
      id,
      symbol: 'BTC/USDT',
      side: 'buy',
      type: price === null ? 'market' : 'limit',
      size: { unit: 'quote', cost },
      price,
      bound: null,
      protection: NO_PROTECTION,
    },
    {
      symbol: 'BTC/USDT',
      base: 'BTC',
      quote: 'USDT',
      amountStep: null,
      minAmount: null,
      priceStep: null,
      minCost: null,
    },
    { kind: 'none' },
    {
      time: 0,
      price: 100,
      market: { kind: 'bars' },
      cash: 1e6,
      equity: 1e6,
      feeRate: 0,
      day: openDay(0, 1e6),
      isDayKnown: true,
      usdPerQuote: 1,
      tradingState: 'active',
      isPaused: false,
      isInDoubt: false,
      botId: 'b',
      now: 0,
      pastTrades: [],
      openPositions: 0,
    },
  );
  if (answer.kind === 'denied') throw new Error(answer.denial.sentence);
  return answer.order;
}

function sell(id: string, type: ExitOrder['type'], price: number | null = null): GatedOrder {
  const size = { unit: 'base', amount: 2 } as const;
  const reason = type === 'market' ? 'signal' : type;
  return passExit(
    {
      purpose: 'exit',
      id,
      symbol: 'BTC/USDT',
      side: 'sell',
      type,
      size,
      price,
      bound: null,
      reason,
    },
    { kind: 'none' },
  );
}

/** Everything that fills in bar `index`, as `id@price`. */
function insideOf(on: SimulatedMarket, index: number): readonly string[] {
  const told: string[] = [];
  for (let fills = on.inside(index); fills.length > 0; fills = on.inside(index)) {
    told.push(...fills.map(({ orderId, price }) => `${orderId}@${price}`));
  }
  return told;
}

/** Everything that bar `index` fills, with what it trades as. */
function filledIn(on: SimulatedMarket, index: number): readonly string[] {
  const told: string[] = [];
  for (
    let fills = [...on.atOpen(index), ...on.inside(index)];
    fills.length > 0;
    fills = [...on.inside(index)]
  ) {
    for (const { orderId, price, liquidity } of fills) {
      told.push(`${orderId}@${Number(price.toFixed(9))} ${liquidity}`);
    }
  }
  return told;
}

describe('the fill model', () => {
  it('lets a taker pay slippage and half the spread', () => {
    expect(takerPrice('buy', 100, COSTS)).toBeCloseTo(100.5, 12);
    expect(takerPrice('sell', 100, COSTS)).toBeCloseTo(99.5, 12);
  });

  it('triggers a stop at the touch, and at the open where the bar jumps over it', () => {
    const triggers = [
      stopTrigger(95, 100, 95.01),
      stopTrigger(95, 100, 95),
      stopTrigger(95, 90, 80),
    ];
    expect(triggers).toEqual([null, 95, 90]);
  });

  it('stands half a spread away from the price of the last trade', () => {
    expect(bestPrice('buy', 100, COSTS)).toBeCloseTo(100.3, 12);
    expect(bestPrice('sell', 100, COSTS)).toBeCloseTo(99.7, 12);
  });

  it('lets an order take at the touch, but one that rests not trade before the market is through', () => {
    expect([8.9, 9, 9.1].map((ask) => takes('buy', 9, ask))).toEqual([true, true, false]);
    expect([8.9, 9, 9.1].map((ask) => isThrough('buy', 9, ask))).toEqual([true, false, false]);
    expect([8.9, 9, 9.1].map((bid) => takes('sell', 9, bid))).toEqual([false, true, true]);
    expect([8.9, 9, 9.1].map((bid) => isThrough('sell', 9, bid))).toEqual([false, false, true]);
  });

  it('lets nobody trade beyond a price of their own', () => {
    expect([boundedPrice('buy', 9, 8), boundedPrice('buy', 9, 10)]).toEqual([8, 9]);
    expect([boundedPrice('sell', 9, 10), boundedPrice('sell', 9, 8)]).toEqual([10, 9]);
  });

  it('lets no missing number trigger anything', () => {
    expect(stopTrigger(95, NaN, NaN)).toBeNull();
    for (const side of ['buy', 'sell'] as const) {
      expect([takes(side, 9, NaN), isThrough(side, 9, NaN)]).toEqual([false, false]);
    }
  });
});

describe('a market made of bars', () => {
  it('fills market orders at the open, in the order they came, with cost and fee in quote', () => {
    const on = market([60_000, 100, 110, 90, 105, 1]);
    on.submit(sell('s', 'market'));
    on.submit(buy('b', 201));
    expect(on.inside(0)).toEqual([]);
    const [sold, bought] = on.atOpen(0);
    expect(sold).toMatchObject({ orderId: 's', time: 60_000, amount: 2, price: 99.5, cost: 199 });
    expect(sold?.fee).toEqual({ currency: 'USDT', amount: 1.99 });
    expect(sold?.reason).toBe('signal');
    expect(bought).toMatchObject({ orderId: 'b', cost: 201, liquidity: 'taker', reason: null });
    expect(bought?.amount).toBeCloseTo(2, 12);
    expect(bought?.price).toBeCloseTo(100.5, 12);
    expect(on.atOpen(0)).toEqual([]);
    expect(on.hasOrders).toBe(false);
  });

  it('tries stops before targets, and fills each once', () => {
    const on = market([0, 100, 120, 80, 100, 1], [1, 100, 120, 80, 100, 1]);
    on.submit(sell('t', 'take-profit', 115));
    on.submit(sell('s', 'stop-loss', 90));
    expect(insideOf(on, 0)).toEqual(['s@89.55', 't@115']);
    expect(insideOf(on, 1)).toEqual([]);
  });

  it('never sees a target reached in the bar in which a limit has bought, but sees the stop', () => {
    const on = market([0, 100, 130, 80, 100, 1], [1, 100, 130, 99, 100, 1]);
    on.submit(buy('b', 50, 95));
    expect(insideOf(on, 0)).toEqual(['b@95']);
    on.submit(sell('t', 'take-profit', 120));
    expect(insideOf(on, 0)).toEqual([]);
    on.submit(sell('s', 'stop-loss', 90));
    expect(insideOf(on, 0)).toEqual(['s@89.55']);
    expect(insideOf(on, 1)).toEqual(['t@120']);
  });

  it('lets a target be reached in the bar at whose open the limit took', () => {
    const on = market([0, 94, 130, 93, 100, 1]);
    on.submit(buy('b', 50, 95));
    expect(filledIn(on, 0)).toEqual(['b@94.47 taker']);
    on.submit(sell('t', 'take-profit', 120));
    expect(insideOf(on, 0)).toEqual(['t@120']);
  });

  it('forgets a cancelled order, and says whether there was one', () => {
    const on = market([0, 100, 120, 80, 100, 1]);
    on.submit(sell('s', 'stop-loss', 90));
    on.submit(buy('b', 10));
    expect([on.cancel('s'), on.cancel('b'), on.cancel('b'), on.cancel('?')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([...on.atOpen(0), ...on.inside(0)]).toEqual([]);
  });

  it('fills a limit at its own price where the market gaps over it, and a target too', () => {
    const on = market(
      [0, 100, 100, 100, 100, 1],
      [1, 80, 81, 79, 80, 1],
      [2, 120, 121, 119, 120, 1],
    );
    on.submit(buy('b', 50, 95));
    on.submit(sell('t', 'take-profit', 110));
    expect(filledIn(on, 0)).toEqual([]);
    expect(filledIn(on, 1)).toEqual(['b@95 maker']);
    expect(filledIn(on, 2)).toEqual(['t@110 maker']);
  });

  it('lets a limit at or above the market take: the open, spread and slippage, but never more than its limit', () => {
    const rows: CandleRow[] = [
      [0, 100, 100, 100, 100, 1],
      [1, 100, 100, 100, 100, 1],
    ];
    for (const [limit, told] of [
      [200, 'b@100.5 taker'],
      [100.4, 'b@100.4 taker'],
      [100.3, 'b@100.3 taker'],
      [100.29, undefined],
      [100, undefined],
    ] as const) {
      const on = market(...rows);
      expect(filledIn(on, 0)).toEqual([]);
      on.submit(buy('b', 50, limit));
      expect(filledIn(on, 1), String(limit)).toEqual(told === undefined ? [] : [told]);
    }
  });

  it('takes nothing at an open that gapped over the price after the order had come to rest', () => {
    const on = market([0, 100, 100, 100, 100, 1], [1, 80, 81, 79, 80, 1]);
    expect(filledIn(on, 0)).toEqual([]);
    on.submit(buy('b', 50, 95));
    expect(filledIn(on, 1)).toEqual(['b@95 maker']);
  });

  it('lets an order that wanted to take rest where the open ran away from it', () => {
    const on = market(
      [0, 100, 100, 100, 100, 1],
      [1, 120, 120, 110, 110, 1],
      [2, 90, 90, 90, 90, 1],
    );
    expect(filledIn(on, 0)).toEqual([]);
    on.submit(buy('b', 50, 105));
    expect(filledIn(on, 1)).toEqual([]);
    expect(filledIn(on, 2)).toEqual(['b@105 maker']);
  });

  it.each([
    ['without a spread', FREE, 110, 90, 110.1, 89.9],
    // A low of 89.74 is an ask of 90.009, a high of 110.32 a bid of 109.989.
    ['with one', COSTS, 110.32, 89.74, 110.34, 89.72],
  ])(
    'does not fill at the touch, %s: what stands at the price comes first',
    (_, costs, highAt, lowAt, highThrough, lowThrough) => {
      const rows: CandleRow[] = [
        [0, 100, 100, 100, 100, 1],
        [1, 100, highAt, lowAt, 100, 1],
        [2, 100, highThrough, lowThrough, 100, 1],
      ];
      const on = new SimulatedMarket(candlesFromRows(rows), costs, 'USDT');
      on.submit(sell('t', 'take-profit', 110));
      expect(filledIn(on, 0)).toEqual([]);
      on.submit(buy('b', 50, 90));
      expect(filledIn(on, 1)).toEqual([]);
      expect(filledIn(on, 2)).toEqual(['t@110 maker', 'b@90 maker']);
    },
  );
});
