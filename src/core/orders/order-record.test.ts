/** What becomes of an order, whatever comes late, twice or out of order. */

import { describe, expect, it } from 'vitest';
import type { Fill } from '../domain/fill.ts';
import { ORDER_STATES } from '../domain/order-state.ts';
import { gatedBuy, gatedSell } from '../testing/gated-orders.ts';
import {
  advance,
  givenUp,
  isOpen,
  newRecord,
  withCancelRequested,
  type OrderEvent,
  type OrderRecord,
} from './order-record.ts';

const bought = (): OrderRecord => newRecord(gatedBuy('o'), 'b', { cost: 20, adjustments: [] }, 1);
const bounded = (): OrderRecord => newRecord(gatedBuy('o', 101), 'b', null, 1);
const sold = (amount = 2): OrderRecord => newRecord(gatedSell('o', amount), 'b', null, 1);

const after = (record: OrderRecord, ...events: readonly OrderEvent[]): OrderRecord =>
  events.reduce(advance, record);

const accepted = (exchangeId: string | null, time = 2): OrderEvent => ({
  kind: 'order-accepted',
  orderId: 'o',
  time,
  exchangeId,
});

const unknown: OrderEvent = {
  kind: 'order-unknown',
  orderId: 'o',
  time: 3,
  sentence: 'No answer.',
};

const rejected: OrderEvent = {
  kind: 'order-rejected',
  orderId: 'o',
  time: 4,
  refusal: 'halted',
  sentence: 'Market is closed.',
};

const lost: OrderEvent = { kind: 'order-lost', orderId: 'o', time: 5 };

const cancelled = (filledAmount: number | null, time = 6): OrderEvent => ({
  kind: 'order-cancelled',
  orderId: 'o',
  time,
  filledAmount,
});

const expired = (filledAmount: number | null): OrderEvent => ({
  kind: 'order-expired',
  orderId: 'o',
  time: 7,
  filledAmount,
  sentence: 'Nobody offered it.',
});

function filled(id: string, amount: number, complete = false): OrderEvent {
  const fill: Fill = {
    id,
    orderId: 'o',
    side: 'buy',
    time: 8,
    amount,
    price: 10,
    cost: amount * 10,
    fee: { currency: 'USDT', amount: 0 },
    liquidity: 'taker',
    reason: null,
    complete,
  };
  return { kind: 'order-filled', orderId: 'o', fill };
}

it('begins as submitting, with nothing traded', () => {
  expect(bought()).toMatchObject({
    state: 'submitting',
    asked: { cost: 20 },
    filledAmount: 0,
    filledCost: 0,
    fillIds: [],
    cancelRequested: false,
    exchangeId: null,
    createdAt: 1,
    updatedAt: 1,
    neverArrived: false,
    awaitedEnd: null,
  });
});

it('is open in four of its states', () => {
  const open = ORDER_STATES.filter((state) => isOpen({ ...bought(), state }));
  expect(open).toEqual(['submitting', 'unknown', 'accepted', 'partially-filled']);
});

describe('an order that nobody answered for', () => {
  it('is unknown, with the reason', () => {
    const record = after(bought(), unknown);
    expect(record).toMatchObject({ state: 'unknown', updatedAt: 3, note: 'No answer.' });
  });

  it.each([
    ['accepted', [accepted('x')]],
    ['traded', [filled('1', 1)]],
    ['ended', [rejected]],
  ])('stays what it is where it is known to be %s', (_, events) => {
    const record = after(bought(), ...events);
    expect(advance(record, unknown)).toBe(record);
  });

  it('is accepted when that is found, and no longer says why it was unknown', () => {
    expect(after(bought(), unknown, accepted('x'))).toMatchObject({
      state: 'accepted',
      exchangeId: 'x',
      updatedAt: 2,
      note: null,
    });
  });
});

describe('an acceptance that comes late', () => {
  it('adds the exchange’s id where it was not known', () => {
    const record = after(bought(), filled('1', 1));
    expect(advance(record, accepted('x'))).toEqual({ ...record, exchangeId: 'x' });
  });

  it('changes nothing where the id is known, or none is told', () => {
    const known = after(bought(), accepted('x'));
    expect(advance(known, accepted('y'))).toBe(known);
    expect(advance(known, accepted(null))).toBe(known);
    const nameless = after(bought(), accepted(null));
    expect(advance(nameless, accepted(null))).toBe(nameless);
  });
});

describe('a refusal', () => {
  it('ends it, and says what asking again is worth', () => {
    expect(after(bought(), rejected)).toMatchObject({
      state: 'rejected',
      refusal: 'halted',
      note: 'Market is closed.',
      updatedAt: 4,
      neverArrived: false,
    });
  });

  it('of what has ended changes nothing', () => {
    const record = after(bought(), cancelled(0));
    expect(advance(record, rejected)).toBe(record);
  });
});

describe('an order that never arrived', () => {
  it('is rejected, and may be asked for again', () => {
    expect(after(bought(), unknown, lost)).toMatchObject({
      state: 'rejected',
      neverArrived: true,
      refusal: null,
    });
    expect(givenUp(after(bought(), unknown), 9)).toMatchObject({
      state: 'rejected',
      neverArrived: true,
      updatedAt: 9,
    });
  });

  it('cannot be one that has ended', () => {
    const record = after(bought(), filled('1', 2, true));
    expect(advance(record, lost)).toBe(record);
  });
});

describe('a fill', () => {
  it('counts once', () => {
    const record = after(bought(), filled('1', 0.5), filled('2', 0.25));
    expect(record).toMatchObject({
      state: 'partially-filled',
      filledAmount: 0.75,
      filledCost: 7.5,
      fillIds: ['1', '2'],
      updatedAt: 8,
    });
    expect(advance(record, filled('1', 0.5))).toBe(record);
  });

  it('that completes an entry fills it, whatever it comes to', () => {
    expect(after(bought(), filled('1', 0.1, true)).state).toBe('filled');
  });

  it('counts in what has ended, which stays what it is', () => {
    const record = after(bought(), cancelled(0), filled('1', 0.5));
    expect(record).toMatchObject({ state: 'cancelled', filledAmount: 0.5, filledCost: 5 });
  });

  it('makes an order that ended complete where it says so', () => {
    expect(after(bought(), cancelled(null), filled('1', 1, true)).state).toBe('filled');
  });

  it('of a sale fills it when all is sold, said or not', () => {
    expect(after(sold(), filled('1', 1)).state).toBe('partially-filled');
    expect(after(sold(), filled('1', 1), filled('2', 1)).state).toBe('filled');
    // The same amount, summed differently.
    expect(after(sold(0.3), filled('1', 0.1), filled('2', 0.2)).state).toBe('filled');
    expect(after(sold(2), filled('1', 2 * (1 - 1e-8))).state).toBe('partially-filled');
  });

  it('of an entry does not fill it unless it says so: its size is money', () => {
    expect(after(bought(), filled('1', 1_000)).state).toBe('partially-filled');
  });

  it('that is the last of a sale and has overtaken others leaves it open until those come', () => {
    const record = after(sold(), filled('2', 1, true));
    expect(record.state).toBe('partially-filled');
    expect(advance(record, filled('1', 1)).state).toBe('filled');
  });

  it('that is the last of a sale may lack what the exchange rounds away', () => {
    expect(after(sold(2), filled('1', 2 * (1 - 0.9e-3), true)).state).toBe('filled');
    expect(after(sold(2), filled('1', 2 * (1 - 1e-3), true)).state).toBe('filled');
    expect(after(sold(2), filled('1', 2 * (1 - 1.1e-3), true)).state).toBe('partially-filled');
  });
});

describe('an end', () => {
  it('waits for the fills that it has overtaken', () => {
    const waiting = after(bought(), accepted('x'), cancelled(1));
    expect(waiting).toMatchObject({
      state: 'accepted',
      awaitedEnd: { state: 'cancelled', filledAmount: 1 },
      updatedAt: 6,
    });
    const half = advance(waiting, filled('1', 0.5));
    expect(half).toMatchObject({ state: 'partially-filled', awaitedEnd: { filledAmount: 1 } });
    expect(advance(half, filled('2', 0.5))).toMatchObject({ state: 'cancelled', awaitedEnd: null });
  });

  it('that waits keeps its own sentence', () => {
    const record = after(bought(), accepted('x'), expired(1), filled('1', 1));
    expect(record).toMatchObject({ state: 'expired', note: 'Nobody offered it.' });
  });

  it('that waits is given up where a fill says that the order is complete', () => {
    const record = after(bought(), expired(1), filled('1', 0.5, true));
    expect(record).toMatchObject({ state: 'filled', awaitedEnd: null, note: null });
  });

  it('is told once: a second one, of less, does not end what is waited for', () => {
    const waiting = after(bought(), accepted('x'), cancelled(1));
    expect(advance(waiting, cancelled(0, 9))).toBe(waiting);
    expect(advance(waiting, cancelled(null, 9))).toBe(waiting);
    expect(advance(waiting, expired(0))).toBe(waiting);
  });

  it('comes at once where nobody says what traded, or all of that is here', () => {
    expect(after(bought(), filled('1', 1), cancelled(null)).state).toBe('cancelled');
    expect(after(bought(), filled('1', 1), cancelled(1)).state).toBe('cancelled');
    expect(after(sold(1), filled('1', 0.1), filled('2', 0.2), cancelled(0.3)).state).toBe(
      'cancelled',
    );
    expect(after(sold(1), filled('1', 0.3), cancelled(0.1 + 0.2)).state).toBe('cancelled');
    // A fill of what is waited for that is the same amount, summed differently.
    expect(after(sold(1), cancelled(0.1 + 0.2), filled('1', 0.3)).state).toBe('cancelled');
    expect(after(sold(1), cancelled(0.3), filled('1', 0.2)).state).toBe('partially-filled');
  });

  it('of what has ended changes nothing', () => {
    const record = after(bought(), rejected);
    expect(advance(record, cancelled(null))).toBe(record);
    expect(advance(record, cancelled(5))).toBe(record);
    expect(advance(record, expired(null))).toBe(record);
  });
});

describe('an entry with a bound that bought nothing', () => {
  it('says so, and what it would have paid', () => {
    expect(after(bounded(), expired(0)).note).toBe(
      'Not bought: nothing was offered at 101 or less, the most that this order pays. The price has moved since it was decided.',
    );
  });

  it.each([
    ['was withdrawn by us', () => withCancelRequested(bounded(), 2), expired(0)],
    ['bought a part', () => after(bounded(), filled('1', 0.1)), expired(0.1)],
    ['has no bound', () => bought(), expired(0)],
    ['is a sale', () => sold(), expired(0)],
  ])('says nothing of the kind where it %s', (_, record, end) => {
    expect(after(record(), end).note).toBe('Nobody offered it.');
  });
});

it('a cancellation that was sent is no end', () => {
  const record = withCancelRequested(after(bought(), accepted('x')), 9);
  expect(record).toMatchObject({ state: 'accepted', cancelRequested: true, updatedAt: 9 });
});
