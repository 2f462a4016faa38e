/** Whatever is ordered and however the market moves, nothing appears, disappears, or is spent twice. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { larger, times, units, type Units } from './decimal.ts';
import { createExchange, START_BALANCES, type Exchange } from './exchange.ts';
import { isOpen, type Order, type OrderDraft } from './matching/order.ts';
import type { Fees } from './matching/fees.ts';
import { MARKET_STATUSES, type MarketStatus } from './matching/status.ts';
import { ORDER_TYPES, SYMBOLS } from './symbols.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MONEY = units('10000');
const START = { ...START_BALANCES, USDC: units('5000'), BNB: units('0.05') };

type Act =
  | { readonly kind: 'order'; readonly draft: Omit<OrderDraft, 'clientOrderId'> }
  | { readonly kind: 'pair'; readonly quantity: Units; readonly side: 'BUY' | 'SELL' }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'move'; readonly price: Units }
  | { readonly kind: 'fees'; readonly fees: Fees }
  | { readonly kind: 'status'; readonly status: MarketStatus }
  | { readonly kind: 'transfer'; readonly by: Units };

const price = fc
  .integer({ min: 5_500_000, max: 6_500_000 })
  .map((cents) => BigInt(cents) * units('0.01'));
const quantity = fc
  .integer({ min: 1, max: 4_000 })
  .map((steps) => BigInt(steps) * units('0.00001'));
const side = fc.constantFrom('BUY' as const, 'SELL' as const);

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    draft: fc.record({
      symbol: fc.constantFrom('BTCUSDT', 'BTCUSDC'),
      side,
      type: fc.constantFrom(...ORDER_TYPES),
      timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const),
      quantity,
      quoteQuantity: fc.constant(0n),
      price,
      stopPrice: price,
    }),
  }),
  fc.record({ kind: fc.constant('pair' as const), quantity, side }),
  fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(50) }),
  fc.record({ kind: fc.constant('move' as const), price }),
  fc.record({
    kind: fc.constant('fees' as const),
    fees: fc.record({
      maker: fc.constantFrom(0n, units('0.001')),
      taker: fc.constantFrom(units('0.001'), units('0.012')),
      paidIn: fc.constantFrom('received' as const, 'quote' as const, 'base' as const, {
        asset: 'BNB',
      }),
    }),
  }),
  // Open three times out of four, or little would trade.
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.oneof(
      { weight: 3, arbitrary: fc.constant('trading' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...MARKET_STATUSES) },
    ),
  }),
  fc.record({
    kind: fc.constant('transfer' as const),
    by: fc.integer({ min: -3_000, max: 3_000 }).map((cents) => BigInt(cents) * units('0.01')),
  }),
);

function open(percent: number): Exchange {
  return createExchange({
    clock: createClock(() => NOW),
    market: { kind: 'still', seed: 1 },
    balances: START,
    matchPercent: () => percent,
  });
}

function perform(exchange: Exchange, action: Act, id: number): void {
  const { engine, store, market, moveTo } = exchange;
  const clientOrderId = `id-${id}`;
  switch (action.kind) {
    case 'order':
      engine.place({ ...action.draft, clientOrderId });
      return;
    case 'pair': {
      const last = market('BTCUSDT')?.last() ?? 0n;
      const away = action.side === 'SELL' ? units('500') : -units('500');
      const shared = {
        symbol: 'BTCUSDT',
        side: action.side,
        quantity: action.quantity,
        quoteQuantity: 0n,
        timeInForce: 'GTC',
      } as const;
      engine.placePair({
        clientId: `list-${id}`,
        symbol: 'BTCUSDT',
        drafts: [
          {
            ...shared,
            clientOrderId: `${clientOrderId}-stop`,
            type: 'STOP_LOSS_LIMIT',
            price: last - away - away,
            stopPrice: last - away,
          },
          {
            ...shared,
            clientOrderId: `${clientOrderId}-limit`,
            type: 'LIMIT_MAKER',
            price: last + away,
            stopPrice: 0n,
          },
        ],
      });
      return;
    }
    case 'cancel': {
      const orders = store.open();
      const order = orders[action.which % Math.max(1, orders.length)];
      if (order) engine.cancel(order, clientOrderId);
      return;
    }
    case 'move':
      moveTo('BTCUSDT', action.price);
      moveTo('BTCUSDC', action.price);
      return;
    case 'fees':
      exchange.setFees(undefined, action.fees);
      return;
    case 'status':
      exchange.setStatus('BTCUSDT', action.status);
      return;
    case 'transfer': {
      const { by } = action;
      const isThere = by > 0n || exchange.account.free('USDT') >= -by;
      if (!isThere) expect(() => exchange.transfer('USDT', by)).toThrow('less USDT');
      else exchange.transfer('USDT', by);
    }
  }
}

/** What the account should own after these trades. */
function expectedTotals({ store }: Exchange, paidIn: Units): ReadonlyMap<string, Units> {
  const totals = new Map(Object.entries({ ...START, USDT: MONEY + paidIn }));
  const add = (asset: string, by: Units): void => {
    totals.set(asset, (totals.get(asset) ?? 0n) + by);
  };
  for (const fill of store.fills()) {
    const rules = SYMBOLS.find(({ name }) => name === fill.symbol);
    const sign = fill.side === 'BUY' ? 1n : -1n;
    add(rules?.base ?? '', sign * fill.quantity);
    add(rules?.quote ?? '', -sign * fill.quote);
    add(fill.commissionAsset, -fill.commission);
  }
  return totals;
}

/** What the open orders should hold back of an asset. */
function expectedLock({ store }: Exchange, asset: string): Units {
  const held = new Map<string, Units>();
  for (const order of store.open()) {
    const rules = SYMBOLS.find(({ name }) => name === order.symbol);
    const left = order.quantity - order.filled;
    const isOfAsset = (order.side === 'SELL' ? rules?.base : rules?.quote) === asset;
    const given = order.side === 'SELL' ? left : times(left, order.price);
    const isFeeOnTop = order.fees.paidIn === (order.side === 'SELL' ? 'base' : 'quote');
    const amount = isFeeOnTop ? given + times(given, order.fees.taker) : given;
    const name = order.listId === -1 ? `order ${order.orderId}` : `list ${order.listId}`;
    if (isOfAsset) held.set(name, larger(held.get(name) ?? 0n, amount));
  }
  return [...held.values()].reduce((sum, amount) => sum + amount, 0n);
}

function isConsistent({ store }: Exchange, order: Order): boolean {
  const filled = store.fillsOf(order.orderId).reduce((sum, fill) => sum + fill.quantity, 0n);
  const isComplete = order.filled === order.quantity;
  return (
    filled === order.filled &&
    order.filled <= order.quantity &&
    (order.status === 'FILLED') === isComplete &&
    (!isOpen(order) || !isComplete)
  );
}

test('balances follow from the trades, and what is held back from the open orders', () => {
  let fills = 0;
  const feesIn = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 60, size: 'max' }),
      fc.constantFrom(100, 100, 37),
      (acts, percent) => {
        const exchange = open(percent);
        let paidIn = 0n;
        exchange.subscribe((event) => {
          if (event.kind === 'transfer') paidIn += event.by;
        });
        for (const [id, action] of acts.entries()) {
          perform(exchange, action, id);
          for (const { asset, free, locked } of exchange.account.balances()) {
            expect(free >= 0n).toBe(true);
            expect(free + locked).toBe(expectedTotals(exchange, paidIn).get(asset));
            expect(locked).toBe(expectedLock(exchange, asset));
          }
        }
        for (const order of exchange.store.all()) expect(isConsistent(exchange, order)).toBe(true);
        for (const { commissionAsset } of exchange.store.fills()) feesIn.add(commissionAsset);
        fills += exchange.store.fills().length;
      },
    ),
    { numRuns: 200 },
  );
  expect(fills).toBeGreaterThan(500);
  expect([...feesIn].sort()).toEqual(['BNB', 'BTC', 'USDC', 'USDT']);
});
