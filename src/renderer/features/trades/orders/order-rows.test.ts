import { describe, expect, it } from 'vitest';
import type { OrderLine } from '../../../../contract/trading.ts';
import { ORDER_STATES } from '../../../../core/domain/order-state.ts';
import { averagePrice, FATES, hasFate, ordersOfTrade } from './order-rows.ts';

function order(over: Partial<OrderLine>): OrderLine {
  return {
    id: 'o1',
    botId: 'b1',
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'market',
    state: 'filled',
    amount: null,
    cost: 20,
    price: null,
    filledAmount: 0.2,
    filledCost: 20,
    createdAt: 1_000,
    updatedAt: 1_100,
    askedCost: 20,
    adjustments: [],
    note: null,
    ...over,
  };
}

describe('an order', () => {
  it.each(ORDER_STATES)('that is %s is on exactly one list beside that of all', (state) => {
    const lists = FATES.filter(({ value }) => hasFate(order({ state, filledAmount: 0 }), value));
    expect(lists).toHaveLength(2);
    expect(lists[0]?.value).toBe('all');
  });

  it('of which a part traded before it was withdrawn is one that filled', () => {
    expect(hasFate(order({ state: 'cancelled' }), 'filled')).toBe(true);
    expect(hasFate(order({ state: 'cancelled' }), 'unfilled')).toBe(false);
    expect(hasFate(order({ state: 'cancelled', filledAmount: 0 }), 'unfilled')).toBe(true);
  });

  it('has an average price once something traded', () => {
    expect(averagePrice(order({}))).toBeCloseTo(100);
    expect(averagePrice(order({ filledAmount: 0, filledCost: 0 }))).toBeNull();
  });
});

describe('the orders of a trade', () => {
  const ENTRY = order({ id: 'entry', createdAt: 1_000, updatedAt: 2_000 });
  const STOP = order({ id: 'stop', createdAt: 2_000, updatedAt: 5_000, state: 'cancelled' });
  const EXIT = order({ id: 'exit', createdAt: 5_000, updatedAt: 5_010 });
  const BEFORE = order({ id: 'before', createdAt: 100, updatedAt: 900 });
  const AFTER = order({ id: 'after', createdAt: 6_000, updatedAt: 6_000 });
  const OTHER = order({ id: 'other', botId: 'b2', createdAt: 2_000, updatedAt: 2_500 });
  const all = [AFTER, EXIT, STOP, OTHER, ENTRY, BEFORE];
  const of = (entryTime: number, exitTime: number | null) =>
    ordersOfTrade(all, { botId: 'b1', entryTime, exitTime }).map(({ id }) => id);

  it('are those of its bot that were there while it was open, oldest first', () => {
    expect(of(2_000, 5_010)).toEqual(['entry', 'stop', 'exit']);
  });

  it('that is still open go on to now', () => {
    expect(of(2_000, null)).toEqual(['entry', 'stop', 'exit', 'after']);
  });
});
