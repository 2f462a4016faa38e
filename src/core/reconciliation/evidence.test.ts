/** What proves that an order at the exchange is one of the books, and that a trade may be of one that is not found. */

import { describe, expect, it } from 'vitest';
import type { Fill } from '../domain/fill.ts';
import { Stage } from '../testing/stage.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import type { AccountTrade, ExchangeOrder } from '../ports/exchange.ts';
import { couldBe, mismatch, outsideTrades } from './evidence.ts';

const HOUR = 3_600_000;
const clocks = (now: number, ahead = 0) => ({ now, ahead });

/** An entry for 50 USDT at 100, as it stands in the books. */
function entry(): { readonly record: OrderRecord; readonly now: number } {
  const stage = new Stage();
  stage.now = 100 * HOUR;
  stage.quote(100);
  stage.buy({ stop: { kind: 'price', price: 95 } });
  const record = stage.engine.orders.get('o1');
  if (record === null) throw new Error('There is no order.');
  return { record, now: stage.now };
}

function fill(time: number, over: Partial<Fill> = {}): Fill {
  return {
    id: 'f1',
    orderId: 'o1',
    side: 'buy',
    time,
    amount: 0.5,
    price: 100,
    cost: 50,
    fee: { currency: 'USDT', amount: 0 },
    liquidity: 'taker',
    reason: null,
    complete: true,
    ...over,
  };
}

function found(fills: readonly Fill[], symbol = 'BTC/USDT'): ExchangeOrder {
  return { orderId: 'o1', exchangeId: 'x1', symbol, state: 'filled', fills };
}

describe('what is found under the id of an order', () => {
  it('is that order where pair, side, amount and time fit', () => {
    const { record, now } = entry();
    expect(mismatch(record, found([fill(now + 500)]), clocks(now + 1_000))).toBeNull();
    expect(mismatch(record, found([]), clocks(now))).toBeNull();
  });

  it.each([
    ['another pair', (now: number) => found([fill(now)], 'ETH/USDT')],
    ['the other side', (now: number) => found([fill(now, { side: 'sell' })])],
    ['more money', (now: number) => found([fill(now, { cost: 60 })])],
    ['an earlier time', (now: number) => found([fill(now - HOUR)])],
  ])('is not that order with %s', (_, make) => {
    const { record, now } = entry();
    expect(mismatch(record, make(now), clocks(now + 1_000))).not.toBeNull();
  });

  it('is judged by the exchange’s clock, as far as that is known', () => {
    const { record, now } = entry();
    const early = found([fill(now - HOUR)]);
    expect(mismatch(record, early, clocks(now + 1_000, -HOUR))).toBeNull();
    // A clock that was set back since tells nothing of what was before.
    expect(mismatch(record, early, clocks(now - 2 * HOUR))).toBeNull();
  });
});

describe('trades of the account', () => {
  const trade = (id: string, over: Partial<AccountTrade> = {}): AccountTrade => ({
    id,
    exchangeOrderId: null,
    symbol: 'BTC/USDT',
    side: 'buy',
    time: 100 * HOUR,
    amount: 0.5,
    price: 100,
    fee: { currency: 'USDT', amount: 0 },
    ...over,
  });

  it('are ours by their own id or by their order’s, and by their pair', () => {
    const { record } = entry();
    const ours = [{ ...record, fillIds: ['7'], exchangeId: 'x1' }];
    const trades = [
      trade('7'),
      trade('8', { exchangeOrderId: 'x1' }),
      trade('7', { symbol: 'ETH/USDT' }),
      trade('9', { exchangeOrderId: 'x2' }),
    ];
    expect(outsideTrades(trades, ours).map(({ id, symbol }) => `${symbol} ${id}`)).toEqual([
      'ETH/USDT 7',
      'BTC/USDT 9',
    ]);
  });

  it('may be of an order that is not found where side, amount and time fit', () => {
    const { record, now } = entry();
    expect(couldBe(record, trade('1'), clocks(now))).toBe(true);
    expect(couldBe(record, trade('1', { amount: 0.1 }), clocks(now))).toBe(true);
    expect(couldBe(record, trade('1', { amount: 1 }), clocks(now))).toBe(false);
    expect(couldBe(record, trade('1', { side: 'sell' }), clocks(now))).toBe(false);
    expect(couldBe(record, trade('1', { time: now - HOUR }), clocks(now))).toBe(false);
  });
});
