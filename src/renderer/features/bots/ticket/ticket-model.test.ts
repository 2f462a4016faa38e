import { describe, expect, it } from 'vitest';
import type { EntryPreviewWire, OrderLine } from '../../../../contract/trading.ts';
import { sampleOrder } from '../testing/sample-bots.ts';
import { buyWords, EMPTY_TICKET, isSettled, outcomeOf, readTicket } from './ticket-model.ts';

describe('reading the ticket', () => {
  it('asks for nothing, and complains of nothing, before an amount is typed', () => {
    expect(readTicket({ ...EMPTY_TICKET, stop: -1 })).toEqual({ errors: {}, order: null });
  });

  it('leaves out the limit of a market order and the exits that are empty', () => {
    const entries = { ...EMPTY_TICKET, amount: 100, limit: 5, target: 61_000 };
    expect(readTicket(entries).order).toEqual({
      cost: 100,
      limit: null,
      stop: null,
      target: 61_000,
    });
  });

  it('wants the limit of a limit order', () => {
    const reading = readTicket({ ...EMPTY_TICKET, amount: 100, type: 'limit' });
    expect(reading).toEqual({ errors: { limit: 'Enter a number.' }, order: null });
  });
});

it('says on the button exactly what it does', () => {
  const approved: EntryPreviewWire = {
    kind: 'approved',
    worstPrice: 60_000,
    feeRate: 0.001,
    maxLoss: null,
    cost: 50,
    price: 50_000,
    stop: null,
    adjustments: [],
  };
  expect(buyWords('paper', approved, 'USDT')).toBe('Buy for 50.00 USDT on paper');
  expect(buyWords('live', approved, 'USDT')).toBe('Review: buy LIVE for 50.00 USDT');
  expect(buyWords('paper', null, 'USDT')).toBe('Buy by hand on paper');
});

describe('what became of an order', () => {
  const sentenceOf = (part: Partial<OrderLine>) =>
    outcomeOf({ kind: 'submitted', order: sampleOrder(part) }).sentence;

  it('is told in words', () => {
    expect(sentenceOf({})).toBe('Sent: buy BTC for 50.00 USDT at the market.');
    expect(sentenceOf({ state: 'accepted', type: 'limit', price: 49_000 })).toBe(
      'Open: buy BTC for 50.00 USDT at 49,000.00 or less.',
    );
    expect(sentenceOf({ state: 'filled', filledAmount: 0.001, filledCost: 49.98 })).toBe(
      'Bought 0.00100000 BTC for 49.98 USDT.',
    );
    expect(sentenceOf({ state: 'rejected', note: 'Too small.' })).toBe(
      'The exchange refused the order. Too small.',
    );
    expect(sentenceOf({ state: 'cancelled' })).toBe('Withdrawn.');
  });

  it('names the code of a denial', () => {
    const answer = {
      kind: 'denied',
      code: 'COOLDOWN',
      sentence: 'The last loss is too fresh.',
    } as const;
    expect(outcomeOf(answer).sentence).toBe('Denied: COOLDOWN. The last loss is too fresh.');
    expect(isSettled(answer)).toBe(true);
  });
});
