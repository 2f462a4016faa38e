/** Every rule that no smaller size could satisfy, alone, and which of several is told. */

import { describe, expect, it } from 'vitest';
import { NO_PROTECTION, type EntryOrder, type StopLevel } from '../domain/order.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { GateAnswer } from './gate-answer.ts';
import { judgeEntry } from './gate.ts';
import { HARD_LIMITS } from './hard-limits.ts';
import type { AccountView, HardLimitsPolicy } from './policy.ts';
import { NO_PROTECTIONS } from './protections.ts';
import { WELL } from '../testing/account-view.ts';
import { openDay } from './trading-day.ts';

const POLICY: HardLimitsPolicy = {
  kind: 'hard-limits',
  whitelist: new Set(['A/USDT', 'A/BTC']),
  limits: HARD_LIMITS,
  protections: NO_PROTECTIONS,
};

const PAIR: Instrument = {
  symbol: 'A/USDT',
  base: 'A',
  quote: 'USDT',
  amountStep: null,
  minAmount: null,
  priceStep: null,
  minCost: null,
};

function entry(cost: number, over: Partial<EntryOrder> = {}): EntryOrder {
  return {
    purpose: 'entry',
    id: 'e',
    symbol: 'A/USDT',
    side: 'buy',
    type: 'market',
    size: { unit: 'quote', cost },
    price: null,
    bound: null,
    protection: NO_PROTECTION,
    ...over,
  };
}

function judged(over: Partial<AccountView>, policy = POLICY): string {
  const answer = judgeEntry(entry(20), PAIR, policy, { ...WELL, ...over });
  return answer.kind === 'denied' ? answer.denial.sentence : 'approved';
}

const cost = (answer: GateAnswer): number =>
  answer.kind === 'approved' && answer.order.purpose === 'entry' ? answer.order.size.cost : NaN;

describe('an entry is refused', () => {
  it.each<readonly [string, Partial<AccountView>]>([
    ['Trading is halted by the emergency stop. Arm it again to trade.', { tradingState: 'halted' }],
    [
      'Only exits are allowed at the moment: positions can be closed, but none opened.',
      { tradingState: 'reducing' },
    ],
    [
      'The exchange and the books do not agree on a position: nothing is bought until that is settled. Portfolio says what to do.',
      { isInDoubt: true },
    ],
    [
      'The bot is paused or stopped: it opens no position until it is started again.',
      { isPaused: true },
    ],
    [
      'There is no price of A/USDT at the moment: nothing is bought by a price older than 10 s. Wait for the next one.',
      { market: { kind: 'none' } },
    ],
    [
      'This day has lost more than 5 % of its opening equity; no new entries until the next UTC day.',
      { day: { ...openDay(0, 10_000), lossLimitBreached: true } },
    ],
    [
      "Today's opening prices (00:00 UTC) are not known yet, so its loss cannot be told: nothing is bought before. They are being asked for.",
      { isDayKnown: false },
    ],
    [
      '20 trades have been made this UTC day, which is the limit.',
      { day: { ...openDay(0, 10_000), trades: 20 } },
    ],
  ])('%s', (sentence, over) => {
    expect(judged(over)).toBe(sentence);
  });

  it('by a protection that is switched on', () => {
    const protections = { ...NO_PROTECTIONS, maxOpenPositions: 1 };
    expect(judged({ openPositions: 1 }, { ...POLICY, protections })).toBe(
      '1 position is open, and your settings allow 1 at a time.',
    );
    expect(judged({ openPositions: 0 }, { ...POLICY, protections })).toBe('approved');
  });

  it('on its 21st trade and not on its 20th', () => {
    expect(judged({ day: { ...openDay(0, 10_000), trades: 19 } })).toBe('approved');
  });

  it('with its time, side, asked cost and code', () => {
    expect(judgeEntry(entry(20), PAIR, POLICY, { ...WELL, isPaused: true })).toMatchObject({
      denial: { time: 7, side: 'buy', code: 'BOT_PAUSED', askedCost: 20 },
    });
  });
});

describe('with the limits off', () => {
  const free = (asked: number, over: Partial<AccountView> = {}): GateAnswer =>
    judgeEntry(entry(asked), PAIR, { kind: 'none' }, { ...WELL, ...over });

  it('an entry passes as it was asked', () => {
    expect(free(5_000, { tradingState: 'halted' })).toEqual({
      kind: 'approved',
      order: entry(5_000),
      askedCost: 5_000,
      adjustments: [],
    });
  });

  it('but not for nothing, nor for what is not money', () => {
    for (const asked of [0, -1, 0.9e-9, NaN]) {
      expect(free(asked)).toMatchObject({ denial: { code: 'INSUFFICIENT_FUNDS' } });
    }
    expect(free(1e-9).kind).toBe('approved');
  });

  it('nor for more than there is, its fee included', () => {
    expect(free(100, { cash: 101, feeRate: 0.01 }).kind).toBe('approved');
    expect(free(100, { cash: 100.99, feeRate: 0.01 })).toMatchObject({
      denial: {
        sentence: 'The order needs 100.00 and its fee, but only 100.99 is free.',
      },
    });
  });
});

describe('a stop', () => {
  const stopped = (stop: StopLevel, over: Partial<EntryOrder>, market: AccountView['market']) =>
    judgeEntry(entry(20, { ...over, protection: { ...NO_PROTECTION, stop } }), PAIR, POLICY, {
      ...WELL,
      market,
    });

  it('of a limit entry lies below the limit, wherever the market is', () => {
    const limit = { type: 'limit', price: 80 } as const;
    const market = { kind: 'quote', ask: 100, ageMs: 0 } as const;
    expect(stopped({ kind: 'price', price: 79 }, limit, market).kind).toBe('approved');
    expect(stopped({ kind: 'price', price: 81 }, limit, market)).toMatchObject({
      denial: { code: 'STOP_NOT_BELOW_PRICE' },
    });
    // A limit carries no bound of a market order.
    expect(stopped({ kind: 'price', price: 79 }, limit, market)).toMatchObject({
      order: { bound: null },
    });
  });

  it('that trails is the stop of the entry, and no other is placed', () => {
    const protection = { ...NO_PROTECTION, trailing: 0.2 };
    const answer = judgeEntry(entry(20, { protection }), PAIR, POLICY, WELL);
    expect(answer).toMatchObject({
      order: { protection: { stop: { kind: 'distance', fraction: 0.2 } } },
      adjustments: [],
    });
    const both = { ...protection, stop: { kind: 'price', price: 90 } } as const;
    expect(judgeEntry(entry(20, { protection: both }), PAIR, POLICY, WELL)).toMatchObject({
      order: { protection: { stop: { kind: 'price', price: 90 } } },
    });
  });

  it('is 5 % below where none was asked, which is said', () => {
    expect(judgeEntry(entry(20), PAIR, POLICY, WELL)).toMatchObject({
      adjustments: [{ sentence: 'No stop was asked for: one is placed 5 % below the entry.' }],
    });
  });
});

describe('a size', () => {
  it('is cut by what the quote is worth in dollars', () => {
    const btc = { ...PAIR, symbol: 'A/BTC', quote: 'BTC' };
    const answer = judgeEntry(entry(1, { symbol: 'A/BTC' }), btc, POLICY, {
      ...WELL,
      usdPerQuote: 50_000,
    });
    expect(cost(answer)).toBeCloseTo(0.001, 15);
    const small = judgeEntry(entry(0.000_039, { symbol: 'A/BTC' }), btc, POLICY, {
      ...WELL,
      usdPerQuote: 50_000,
    });
    expect(small).toMatchObject({ denial: { code: 'NOTIONAL_BELOW_MINIMUM' } });
  });

  it('of exactly the most, or exactly what the risk allows, is not cut', () => {
    expect(judgeEntry(entry(50), PAIR, POLICY, WELL)).toMatchObject({
      adjustments: [{ rule: 'DEFAULT_STOP' }],
    });
    const poor = { ...WELL, equity: 100 };
    const cut = judgeEntry(entry(50), PAIR, POLICY, poor);
    expect(cut).toMatchObject({
      adjustments: [
        { rule: 'DEFAULT_STOP' },
        {
          rule: 'RISK_PER_TRADE',
          sentence:
            'Cut to 16.28, so that the stop loses at most 1 % of equity, fees of 0.1 % included.',
        },
      ],
    });
    expect(judgeEntry(entry(cost(cut)), PAIR, POLICY, poor)).toMatchObject({
      adjustments: [{ rule: 'DEFAULT_STOP' }],
    });
  });

  it('takes all the cash with its fee, and not a cent more', () => {
    const exact = { ...WELL, cash: 20.2, feeRate: 0.01 };
    expect(judgeEntry(entry(20), PAIR, POLICY, exact).kind).toBe('approved');
    expect(judgeEntry(entry(20), PAIR, POLICY, { ...exact, cash: 20.19 })).toMatchObject({
      denial: { code: 'INSUFFICIENT_FUNDS' },
    });
  });

  it('whose stop would bring exactly the least that the exchange takes is bought', () => {
    // 20 buys 0.2 at 100; a stop at 50 brings 10.
    const stop = { kind: 'price', price: 50 } as const;
    const order = entry(20, { protection: { ...NO_PROTECTION, stop } });
    const account = { ...WELL, feeRate: 0 };
    const withLeast = (minCost: number | null, minAmount: number | null): GateAnswer =>
      judgeEntry(order, { ...PAIR, minCost, minAmount }, POLICY, account);
    expect(withLeast(10, null).kind).toBe('approved');
    expect(withLeast(10.01, null)).toMatchObject({
      denial: {
        sentence:
          'The stop would sell for 10.00, and the exchange takes no order under 10.01 USDT: the position could not be closed.',
      },
    });
    expect(withLeast(null, 0.2).kind).toBe('approved');
    // The same amount, divided and multiplied.
    expect(withLeast(null, 0.2 * (1 + 0.5e-9)).kind).toBe('approved');
    expect(withLeast(null, 0.2 * (1 + 2e-9))).toMatchObject({
      denial: { code: 'EXIT_BELOW_MINIMUM' },
    });
  });
});
