/** Sales past the engine: what an earlier attempt has come to decides whether there is another. */

import { expect, it } from 'vitest';
import { Unfound } from '../../core/reconciliation/arrival.ts';
import { stopAtExchange } from './stop-at-exchange.ts';
import { NO_BOOKS, type BookedPosition } from './stop-books.ts';
import type { StopSale } from './stop-order.ts';

const POSITION: BookedPosition = {
  botId: 'b',
  instrument: {
    symbol: 'BTC/USDT',
    base: 'BTC',
    quote: 'USDT',
    amountStep: 0.000_01,
    minAmount: null,
    priceStep: 0.01,
    minCost: 5,
  },
  amount: 0.01,
  doubt: null,
};

const EARLIER: StopSale = {
  orderId: 'l1-s1',
  place: 'live 1',
  botId: 'b',
  symbol: 'BTC/USDT',
  amount: 0.01,
  bound: 59_700,
  isRefused: false,
  time: 0,
};

/** @returns the bounds of what was sent, a second after the earlier sale, which the exchange does not find */
async function afterSale(earlier: StopSale) {
  const bounds: (number | null)[] = [];
  const asked: string[] = [];
  const outcome = await stopAtExchange({
    exchange: {
      name: 'Binance US',
      arrivalMs: 60_000,
      openOrders: async () => ({ ok: true, value: [] }),
      cancel: async () => ({ kind: 'gone' }),
      find: async (orderId) => {
        asked.push(orderId);
        return { ok: true, value: null };
      },
      topOfBook: async () => ({ ok: true, value: { bid: 60_000, ask: 60_001 } }),
      trades: async () => ({ ok: true, value: [] }),
      balances: async () => ({ ok: true, value: { BTC: { free: 0.01, locked: 0 } } }),
      submit: async ({ bound }) => {
        bounds.push(bound);
        return { kind: 'unknown', sentence: 'No answer.' };
      },
    },
    books: { ...NO_BOOKS, positions: [POSITION], held: { BTC: 0.01 } },
    flatten: true,
    prefixes: ['l1-'],
    symbols: ['BTC/USDT'],
    sales: [earlier],
    unfound: new Unfound(),
    tradedAtEnd: new Map(),
    newSaleId: () => 'l1-s2',
    noteSale: () => {},
    saleRefused: () => {},
    now: () => 1_000,
  });
  return { outcome, bounds, asked };
}

it('a sale that was refused is not waited for: the next goes out at once, further down', async () => {
  const { bounds, asked } = await afterSale({ ...EARLIER, isRefused: true });
  expect(bounds).toHaveLength(1);
  expect(bounds[0]).toBeLessThan(EARLIER.bound ?? 0);
  expect(asked).not.toContain('l1-s1');
});

it('nothing is sold again while one that is not found may still turn up', async () => {
  const { outcome, bounds, asked } = await afterSale(EARLIER);
  expect(bounds).toEqual([]);
  expect(asked).toContain('l1-s1');
  expect(outcome).toMatchObject({ state: 'not-yet', notSold: ['BTC/USDT'] });
});
