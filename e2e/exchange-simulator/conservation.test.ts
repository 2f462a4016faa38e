/** Whatever is ordered and however the market moves, nothing appears, disappears, or is spent twice. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';
import { larger, units, type Units } from './decimal.ts';
import { createExchange, START_BALANCES, type Exchange } from './exchange.ts';
import { isOpen, type Order, type OrderDraft } from './matching/order.ts';
import { ORDER_TYPES, SYMBOLS } from './symbols.ts';

const START = Date.UTC(2026, 0, 15, 12);
const BTC = SYMBOLS[0];

type Act =
  | { readonly kind: 'order'; readonly draft: Omit<OrderDraft, 'clientOrderId'> }
  | { readonly kind: 'pair'; readonly quantity: Units; readonly side: 'BUY' | 'SELL' }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'move'; readonly price: Units };

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
);

function open(percent: number): Exchange {
  return createExchange({
    clock: createClock(() => START),
    market: { kind: 'still', seed: 1 },
    balances: { ...START_BALANCES, USDC: units('5000') },
    matchPercent: () => percent,
  });
}

function perform({ engine, store, market, moveTo }: Exchange, action: Act, id: number): void {
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
  }
}

/** What the account should own after these trades. */
function expectedTotals({ store, symbols }: Exchange): ReadonlyMap<string, Units> {
  const totals = new Map(Object.entries({ ...START_BALANCES, USDC: units('5000') }));
  const add = (asset: string, by: Units): void => {
    totals.set(asset, (totals.get(asset) ?? 0n) + by);
  };
  for (const fill of store.fills()) {
    const rules = symbols.find(({ name }) => name === fill.symbol) ?? BTC;
    const sign = fill.side === 'BUY' ? 1n : -1n;
    add(rules?.base ?? '', sign * fill.quantity);
    add(rules?.quote ?? '', -sign * fill.quote);
    add(fill.commissionAsset, -fill.commission);
  }
  return totals;
}

/** What the open orders should hold back of an asset. */
function expectedLock({ store, symbols }: Exchange, asset: string): Units {
  const held = new Map<string, Units>();
  for (const order of store.open()) {
    const rules = symbols.find(({ name }) => name === order.symbol);
    const left = order.quantity - order.filled;
    const isOfAsset = (order.side === 'SELL' ? rules?.base : rules?.quote) === asset;
    const amount = order.side === 'SELL' ? left : (left * order.price) / units('1');
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
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 60, size: 'max' }),
      fc.constantFrom(100, 100, 37),
      (acts, percent) => {
        const exchange = open(percent);
        for (const [id, action] of acts.entries()) {
          perform(exchange, action, id);
          for (const { asset, free, locked } of exchange.account.balances()) {
            expect(free >= 0n).toBe(true);
            expect(free + locked).toBe(expectedTotals(exchange).get(asset));
            expect(locked).toBe(expectedLock(exchange, asset));
          }
        }
        for (const order of exchange.store.all()) expect(isConsistent(exchange, order)).toBe(true);
        fills += exchange.store.fills().length;
      },
    ),
    { numRuns: 200 },
  );
  expect(fills).toBeGreaterThan(500);
});
