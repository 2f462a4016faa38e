import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../domain/candles.ts';
import type { Costs } from '../domain/costs.ts';
import { NO_PROTECTION, type ExitOrder } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { judgeEntry, passExit } from '../risk/gate.ts';
import { openDay } from '../risk/trading-day.ts';
import { buyLimitTrigger, stopTrigger, takerPrice, targetTrigger } from './fill-model.ts';
import { SimulatedMarket } from './simulated-market.ts';

const COSTS: Costs = { takerFee: 0.01, makerFee: 0.001, slippageBps: 20, halfSpreadBps: 30 };

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
      cash: 1e6,
      equity: 1e6,
      feeRate: 0,
      day: openDay(0, 1e6),
      usdPerQuote: 1,
      tradingState: 'active',
      isPaused: false,
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

describe('the fill model', () => {
  it('lets a taker pay slippage and half the spread', () => {
    expect(takerPrice('buy', 100, COSTS)).toBeCloseTo(100.5, 12);
    expect(takerPrice('sell', 100, COSTS)).toBeCloseTo(99.5, 12);
  });

  it('triggers at the touch, and at the open where the bar jumps over the level', () => {
    expect([
      stopTrigger(95, 100, 95.01),
      stopTrigger(95, 100, 95),
      stopTrigger(95, 90, 80),
    ]).toEqual([null, 95, 90]);
    expect([targetTrigger(9, 8, 8.9), targetTrigger(9, 8, 9), targetTrigger(9, 10, 11)]).toEqual([
      null,
      9,
      10,
    ]);
    expect([
      buyLimitTrigger(9, 10, 9.1),
      buyLimitTrigger(9, 10, 9),
      buyLimitTrigger(9, 8, 7),
    ]).toEqual([null, 9, 8]);
  });

  it('lets no missing number trigger anything', () => {
    expect([stopTrigger(95, NaN, NaN), targetTrigger(9, NaN, NaN)]).toEqual([null, null]);
    expect(buyLimitTrigger(9, NaN, NaN)).toBeNull();
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

  it('lets a target be reached in the bar whose open was below the limit', () => {
    const on = market([0, 94, 130, 93, 100, 1]);
    on.submit(buy('b', 50, 95));
    expect(insideOf(on, 0)).toEqual(['b@94']);
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
});
