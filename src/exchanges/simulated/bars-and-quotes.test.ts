/** One rule for fills: bars, and quotes that walk through those bars, come to the same, and nothing is better than the rule. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../../core/domain/candles.ts';
import type { Costs } from '../../core/domain/costs.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import { approvedBuy, approvedSell } from '../conformance/approved-orders.ts';
import { SimulatedExchange } from './simulated-exchange.ts';
import { rememberingStore } from './testing/remembering-store.ts';
import { BTC } from './testing/simulated-stage.ts';

const BAR_MS = 60_000;

type Bar = readonly [open: number, high: number, low: number, close: number];

const { symbol } = BTC;

function funded(costs: Costs, now: () => number): SimulatedExchange {
  const exchange = new SimulatedExchange({ costs, store: rememberingStore(), now });
  exchange.transfer('USDT', 1_000);
  exchange.transfer('BTC', 10);
  return exchange;
}

/** Hands the orders in at the close of the first bar, and plays the others. */
async function onBars(
  bars: readonly Bar[],
  costs: Costs,
  orders: readonly ApprovedOrder[],
): Promise<readonly Fill[]> {
  let now = 0;
  const exchange = funded(costs, () => now);
  const rows = bars.map((bar, index): CandleRow => [index * BAR_MS, ...bar, 1]);
  exchange.listRecording(BTC, candlesFromRows(rows));
  for (let index = 0; index < bars.length; index += 1) {
    now = index * BAR_MS;
    exchange.openBar(symbol, index);
    while (exchange.fillInside(symbol, index));
    exchange.endBar(symbol, index);
    now += BAR_MS;
    if (index === 0) await handIn(exchange, orders);
  }
  return fillsOf(exchange, orders);
}

/** The same on quotes: each bar is walked open, low, high, close, and past the prices of the orders on the way. */
async function onQuotes(
  bars: readonly Bar[],
  costs: Costs,
  orders: readonly ApprovedOrder[],
): Promise<readonly Fill[]> {
  let now = 0;
  const exchange = funded(costs, () => now);
  exchange.list(BTC);
  const half = costs.halfSpreadBps / 10_000;
  const tell = (price: number): void => {
    now += 1;
    const [bid, ask] = [price * (1 - half), price * (1 + half)];
    exchange.quote({ symbol, time: now, bid, ask, depth: null });
  };
  const levels = orders.flatMap(({ price }) => (price === null ? [] : [price]));
  for (const [index, [open, high, low, close]] of bars.entries()) {
    let last = open;
    tell(open);
    for (const next of [low, high, close]) {
      const passed = levels.filter(
        (level) => Math.min(last, next) < level && level < Math.max(last, next),
      );
      for (const level of next < last
        ? passed.toSorted((a, b) => b - a)
        : passed.toSorted((a, b) => a - b)) {
        tell(level);
      }
      tell(next);
      last = next;
    }
    if (index === 0) await handIn(exchange, orders);
  }
  return fillsOf(exchange, orders);
}

async function handIn(
  exchange: SimulatedExchange,
  orders: readonly ApprovedOrder[],
): Promise<void> {
  const [first, second] = orders;
  if (first === undefined) throw new Error('There is no order.');
  const answer =
    second === undefined ? await exchange.submit(first) : await exchange.submitPair(first, second);
  expect(answer.kind).toBe('accepted');
}

async function fillsOf(
  exchange: SimulatedExchange,
  orders: readonly ApprovedOrder[],
): Promise<readonly Fill[]> {
  const found = await Promise.all(orders.map(({ id }) => exchange.find(id)));
  return found.flatMap(({ value }) => value?.fills ?? []);
}

/** What the account has more or less for a fill, in quote, a coin bought counted at what it is worth. */
function money(fill: Fill): number {
  return (fill.side === 'buy' ? -1 : 1) * fill.price - (fill.fee.amount / fill.cost) * fill.price;
}

const price = fc.integer({ min: 60, max: 140 });
/** Whole numbers, so that touching a price is common. */
const bars = fc
  .array(
    fc.record({
      open: price,
      up: fc.nat(12),
      down: fc.nat(12),
      close: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .chain((drawn) =>
    fc.array(fc.boolean(), { minLength: drawn.length, maxLength: drawn.length }).map((gaps) => {
      const made: Bar[] = [];
      for (const [index, { open, up, down, close }] of drawn.entries()) {
        // Many markets go on where they closed.
        const from = gaps[index] === true ? open : (made.at(-1)?.[3] ?? open);
        const [high, low] = [from + up, from - down];
        made.push([from, high, low, Math.round(low + close * (high - low))]);
      }
      return made;
    }),
  );
const bps = fc.constantFrom(0, 1, 10, 100);
const anyCosts = fc.record({
  takerFee: fc.constantFrom(0.001, 0.008),
  makerFee: fc.constantFrom(0, 0.001),
  slippageBps: bps,
  halfSpreadBps: bps,
});

/** Where the order would take at the last close before it: bars fill it at the next open, as they do market orders. */
function wouldTake(order: ApprovedOrder, close: number, { halfSpreadBps }: Costs): boolean {
  const half = (close * halfSpreadBps) / 10_000;
  if (order.price === null || order.type === 'stop-loss') return true;
  return order.side === 'buy' ? close + half <= order.price : close - half >= order.price;
}

it('a limit and a target fill the same on bars as on quotes that walk through them', async () => {
  let filled = 0;
  await fc.assert(
    fc.asyncProperty(bars, anyCosts, price, fc.boolean(), async (drawn, paid, own, isBuy) => {
      const order = isBuy
        ? approvedBuy(BTC, 'o', 20, own)
        : approvedSell(BTC, 'o', 1, 'take-profit', own);
      const close = drawn[0]?.[3] ?? NaN;
      const takesAtClose = wouldTake(order, close, paid);
      // An order that takes at once fills at the close on quotes; bars have it at the next open, which is the same here.
      fc.pre(!takesAtClose || drawn[1]?.[0] === close);
      const [bar] = await onBars(drawn, paid, [order]);
      const [quote] = await onQuotes(drawn, paid, [order]);
      expect(bar === undefined).toBe(quote === undefined);
      if (bar === undefined || quote === undefined) return;
      filled += 1;
      expect(bar.liquidity).toBe(quote.liquidity);
      // Slippage of the ask and slippage of the price differ by the product of the two fractions.
      const product = (paid.slippageBps / 10_000) * (paid.halfSpreadBps / 10_000);
      expect(Math.abs(bar.price / quote.price - 1)).toBeLessThanOrEqual(1.03 * product + 1e-12);
    }),
    { numRuns: 400 },
  );
  expect(filled).toBeGreaterThan(50);
});

it('a stop without a spread fills the same on both', async () => {
  await fc.assert(
    fc.asyncProperty(bars, anyCosts, price, async (drawn, paid, own) => {
      const close = drawn[0]?.[3] ?? NaN;
      fc.pre(close > own);
      const free = { ...paid, halfSpreadBps: 0 };
      const order = approvedSell(BTC, 'o', 1, 'stop-loss', own);
      const [bar] = await onBars(drawn, free, [order]);
      const [quote] = await onQuotes(drawn, free, [order]);
      expect([bar?.price, bar?.liquidity]).toEqual([quote?.price, quote?.liquidity]);
    }),
    { numRuns: 200 },
  );
});

it('nothing is ever better than the rule, on bars or on quotes', async () => {
  await fc.assert(
    fc.asyncProperty(bars, anyCosts, price, fc.boolean(), async (drawn, paid, own, isBuy) => {
      const order = isBuy
        ? approvedBuy(BTC, 'o', 20, own)
        : approvedSell(BTC, 'o', 1, 'take-profit', own);
      const close = drawn[0]?.[3] ?? NaN;
      const takesAtClose = wouldTake(order, close, paid);
      const against = (paid.slippageBps + paid.halfSpreadBps) / 10_000;
      for (const [kind, fills] of [
        ['bars', await onBars(drawn, paid, [order])],
        ['quotes', await onQuotes(drawn, paid, [order])],
      ] as const) {
        for (const fill of fills) {
          const rate = fill.fee.amount / fill.cost;
          if (fill.liquidity === 'maker') {
            expect(fill.price).toBe(own);
            expect(rate).toBeCloseTo(paid.makerFee, 12);
            continue;
          }
          // It took: the market had reached it when it came in, and it paid what a market order pays.
          expect(takesAtClose).toBe(true);
          expect(rate).toBeCloseTo(paid.takerFee, 12);
          const market = kind === 'quotes' ? close : (drawn[1]?.[0] ?? NaN);
          // Slippage and spread one after the other instead of added up.
          const product = 1.03e-4 + 1e-12;
          if (isBuy) {
            expect(fill.price).toBeGreaterThanOrEqual(
              Math.min(own, market * (1 + against)) * (1 - product),
            );
            expect(fill.price).toBeLessThanOrEqual(own);
          } else {
            expect(fill.price).toBeLessThanOrEqual(
              Math.max(own, market * (1 - against)) * (1 + product),
            );
            expect(fill.price).toBeGreaterThanOrEqual(own);
          }
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('a pair of stop and target brings on bars at most what it brings on quotes', async () => {
  await fc.assert(
    fc.asyncProperty(
      bars,
      anyCosts,
      price,
      fc.integer({ min: 1, max: 30 }),
      async (drawn, paid, stop, apart) => {
        const close = drawn[0]?.[3] ?? NaN;
        const target = stop + apart;
        fc.pre(stop < close && close < target);
        const free = { ...paid, halfSpreadBps: 0 };
        const pair = [
          approvedSell(BTC, 's', 1, 'stop-loss', stop),
          approvedSell(BTC, 't', 1, 'take-profit', target),
        ];
        const [bar] = await onBars(drawn, free, pair);
        const [quote] = await onQuotes(drawn, free, pair);
        expect(bar === undefined).toBe(quote === undefined);
        if (bar !== undefined && quote !== undefined) {
          expect(money(bar)).toBeLessThanOrEqual(money(quote) + 1e-9);
        }
      },
    ),
    { numRuns: 200 },
  );
});

it('an order of which only a part is to be had waits for the whole, and gets no better price for waiting', async () => {
  const costs = { takerFee: 0.01, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };
  const exchange = funded(costs, () => 0);
  exchange.list(BTC);
  const tell = (ask: number, amount: number): void => {
    const asks = [
      [ask, amount],
      [150, 100],
    ] as const;
    exchange.quote({ symbol, time: 0, bid: ask - 1, ask, depth: { bids: [[ask - 1, 100]], asks } });
  };
  const order = approvedBuy(BTC, 'o', 20, 101);
  tell(100, 0.001);
  await exchange.submit(order);
  tell(99, 0.001);
  expect(await fillsOf(exchange, [order])).toEqual([]);
  tell(90, 10);
  const [fill] = await fillsOf(exchange, [order]);
  expect(fill).toMatchObject({ price: 101, liquidity: 'taker' });
});

it('the first price that an order meets is the one that it takes, also where none was there when it came', async () => {
  const costs = { takerFee: 0.01, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 };
  const exchange = funded(costs, () => 0);
  exchange.list(BTC);
  const order = approvedBuy(BTC, 'o', 20, 101);
  await exchange.submit(order);
  exchange.quote({ symbol, time: 0, bid: 99, ask: 100, depth: null });
  const [fill] = await fillsOf(exchange, [order]);
  expect(fill).toMatchObject({ price: 100, liquidity: 'taker' });
});
