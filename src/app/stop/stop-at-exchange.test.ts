/** Orders of ours that the books do not know, as after a profile was restored from a copy. */

import { expect, it } from 'vitest';
import type { Side } from '../../core/domain/order.ts';
import { Unfound } from '../../core/reconciliation/arrival.ts';
import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import { withdrawAtExchange } from './stop-at-exchange.ts';
import { NO_BOOKS } from './stop-books.ts';

function shown(orderId: string | null, side?: Side): ExchangeOrder {
  const rest = { exchangeId: null, symbol: 'BTC/USDT', state: 'open', fills: [] } as const;
  return { orderId, ...(side !== undefined && { side }), ...rest };
}

const SHOWN = [
  shown('l1-1', 'buy'),
  shown('l1-2', 'sell'),
  shown('l1-3'),
  shown('web_1', 'buy'),
  shown(null, 'sell'),
];

async function withdrawn(flatten: boolean) {
  let open = SHOWN;
  const outcome = await withdrawAtExchange({
    exchange: {
      name: 'Binance US',
      arrivalMs: 10_000,
      openOrders: async () => ({ ok: true, value: open }),
      cancel: async (orderId) => {
        open = open.filter((order) => order.orderId !== orderId);
        return { kind: 'cancelled', filledAmount: 0 };
      },
      find: async () => ({ ok: true, value: null }),
      topOfBook: async () => ({ ok: true, value: { bid: 59_990, ask: 60_000 } }),
      trades: async () => ({ ok: true, value: [] }),
      balances: async () => ({ ok: true, value: {} }),
      submit: async () => {
        throw new Error('Nothing is sold here.');
      },
    },
    books: NO_BOOKS,
    flatten,
    prefixes: ['l1-'],
    symbols: ['BTC/USDT'],
    sales: [],
    unfound: new Unfound(),
    tradedAtEnd: new Map(),
    newSaleId: () => 'l1-s1',
    noteSale: () => {},
    saleRefused: () => {},
    now: () => 0,
  });
  return { outcome, left: open.map(({ orderId }) => orderId) };
}

it('a stop withdraws those that could buy, and none that may guard coins', async () => {
  const { outcome, left } = await withdrawn(false);
  expect(left).toEqual(['l1-2', 'web_1', null]);
  expect(outcome).toMatchObject({
    state: 'carried-out',
    cancelled: ['l1-1', 'l1-3'],
    kept: ['l1-2'],
  });
});

it('a stop with selling withdraws all of them, and nothing of a person', async () => {
  const { outcome, left } = await withdrawn(true);
  expect(left).toEqual(['web_1', null]);
  expect(outcome).toMatchObject({ state: 'carried-out', cancelled: ['l1-1', 'l1-2', 'l1-3'] });
});
