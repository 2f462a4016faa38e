import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PROTECTION, type EntryOrder, type StopLevel } from '../domain/order.ts';
import { instrumentFromSymbol, type Instrument } from '../domain/instrument.ts';
import { lossPerCost } from './exposure.ts';
import type { GateAnswer } from './gate-answer.ts';
import { judgeEntry, passExit } from './gate.ts';
import { HARD_LIMITS } from './hard-limits.ts';
import type { AccountView, RiskPolicy } from './policy.ts';
import { NO_PROTECTIONS } from './protections.ts';
import { openDay, rollDay, watchLoss, type TradingDay } from './trading-day.ts';

const NOON = Date.UTC(2024, 2, 1, 12);
const POLICY: RiskPolicy = {
  kind: 'hard-limits',
  whitelist: new Set(['BTC/USDT', 'ETH/BTC']),
  limits: HARD_LIMITS,
  protections: NO_PROTECTIONS,
};

function instrument(symbol = 'BTC/USDT', minCost: number | null = null): Instrument {
  const parsed = instrumentFromSymbol(symbol);
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return { ...parsed.value, minCost };
}

function entry(cost: number, stop: StopLevel | null = null, symbol = 'BTC/USDT'): EntryOrder {
  return {
    purpose: 'entry',
    id: 'e1',
    symbol,
    side: 'buy',
    type: 'market',
    size: { unit: 'quote', cost },
    price: null,
    bound: null,
    protection: { ...NO_PROTECTION, stop },
  };
}

function account(over: Partial<AccountView> = {}): AccountView {
  const equity = over.equity ?? 10_000;
  return {
    time: NOON,
    price: 100,
    cash: equity,
    equity,
    feeRate: 0.001,
    day: openDay(NOON, equity),
    usdPerQuote: 1,
    tradingState: 'active',
    isPaused: false,
    botId: 'bot',
    now: NOON,
    pastTrades: [],
    openPositions: 0,
    ...over,
  };
}

function approvedCost(answer: GateAnswer): number {
  if (answer.kind !== 'approved' || answer.order.purpose !== 'entry')
    throw new Error('not approved');
  return answer.order.size.cost;
}

function counted(day: TradingDay): TradingDay {
  return { ...day, trades: day.trades + 1 };
}

function denialCode(answer: GateAnswer): string {
  return answer.kind === 'denied' ? answer.denial.code : 'approved';
}

describe('the risk gate', () => {
  it('caps an order for 100 USD to 50 and says so', () => {
    const answer = judgeEntry(entry(100), instrument(), POLICY, account());
    expect(approvedCost(answer)).toBe(50);
    expect(answer).toMatchObject({ askedCost: 100 });
    expect(answer.kind === 'approved' && answer.adjustments.map(({ rule }) => rule)).toEqual([
      'DEFAULT_STOP',
      'MAX_PER_TRADE',
    ]);
  });

  it('denies 1.99 USD and passes 2.00 USD', () => {
    expect(denialCode(judgeEntry(entry(1.99), instrument(), POLICY, account()))).toBe(
      'NOTIONAL_BELOW_MINIMUM',
    );
    expect(approvedCost(judgeEntry(entry(2), instrument(), POLICY, account()))).toBe(2);
  });

  it("uses the exchange's own minimum where that is higher", () => {
    const answer = judgeEntry(entry(4.99), instrument('BTC/USDT', 5), POLICY, account());
    expect(denialCode(answer)).toBe('NOTIONAL_BELOW_MINIMUM');
    expect(answer.kind === 'denied' && answer.denial.sentence).toBe('4.99 of at least 5.00 USDT.');
  });

  it('denies a symbol that is not on the whitelist, and a quote it cannot convert into USD', () => {
    const unknown = judgeEntry(
      entry(10, null, 'XYZ/USDT'),
      instrument('XYZ/USDT'),
      POLICY,
      account(),
    );
    expect(denialCode(unknown)).toBe('SYMBOL_NOT_WHITELISTED');
    const inBtc = judgeEntry(
      entry(10, null, 'ETH/BTC'),
      instrument('ETH/BTC'),
      POLICY,
      account({ usdPerQuote: null }),
    );
    expect(denialCode(inBtc)).toBe('NO_USD_PRICE');
  });

  it('cuts a small account to 1 % of equity at risk, with the default stop attached', () => {
    const small = account({ equity: 100 });
    const answer = judgeEntry(entry(50), instrument(), POLICY, small);
    const stop: StopLevel = { kind: 'distance', fraction: HARD_LIMITS.defaultStopDistance };
    expect(approvedCost(answer) * lossPerCost(100, stop, 0.001)).toBeCloseTo(1, 12);
    expect(
      answer.kind === 'approved' &&
        answer.order.purpose === 'entry' &&
        answer.order.protection.stop,
    ).toEqual(stop);
  });

  it('counts both fees into the risk: a stop 10 below 100 with 0.1 % loses 10.19 % of the notional', () => {
    // (100 − 90)/100 + 0.001 on the entry + 0.001 × 0.9 on the stop; 1 % of 300 is 3 = 29.44 × 0.1019
    expect(lossPerCost(100, { kind: 'price', price: 90 }, 0.001)).toBeCloseTo(0.1019, 12);
    const answer = judgeEntry(
      entry(49, { kind: 'price', price: 90 }),
      instrument(),
      POLICY,
      account({ equity: 300 }),
    );
    expect(approvedCost(answer)).toBeCloseTo(29.4406, 4);
  });

  it('denies an account so small that 1 % of it cannot carry 2 USD', () => {
    expect(denialCode(judgeEntry(entry(50), instrument(), POLICY, account({ equity: 10 })))).toBe(
      'NOTIONAL_BELOW_MINIMUM',
    );
  });

  it('denies a stop that is not below the price', () => {
    const answer = judgeEntry(
      entry(10, { kind: 'price', price: 100 }),
      instrument(),
      POLICY,
      account(),
    );
    expect(denialCode(answer)).toBe('STOP_NOT_BELOW_PRICE');
  });

  it('denies the 21st trade of a day and passes the first of the next', () => {
    let day = openDay(NOON, 10_000);
    for (let trade = 0; trade < 20; trade += 1) {
      expect(denialCode(judgeEntry(entry(10), instrument(), POLICY, account({ day })))).toBe(
        'approved',
      );
      day = counted(day);
    }
    expect(denialCode(judgeEntry(entry(10), instrument(), POLICY, account({ day })))).toBe(
      'DAILY_TRADE_LIMIT',
    );
    const tomorrow = rollDay(day, NOON + 86_400_000, 10_000);
    expect(
      denialCode(judgeEntry(entry(10), instrument(), POLICY, account({ day: tomorrow }))),
    ).toBe('approved');
  });

  it('denies entries after a loss of 5.01 % and not after exactly 5 %, until the next UTC day', () => {
    const day = openDay(NOON, 10_000);
    expect(watchLoss(day, 9_500, 0.05).lossLimitBreached).toBe(false);
    const lost = watchLoss(day, 9_499, 0.05);
    expect(denialCode(judgeEntry(entry(10), instrument(), POLICY, account({ day: lost })))).toBe(
      'DAILY_LOSS_LIMIT',
    );
    expect(watchLoss(lost, 20_000, 0.05).lossLimitBreached).toBe(true);
    expect(rollDay(lost, NOON + 11 * 3_600_000, 9_499)).toBe(lost);
    expect(rollDay(lost, NOON + 12 * 3_600_000, 9_499).lossLimitBreached).toBe(false);
  });

  it('never opens a second day when the clock is set back', () => {
    const day = counted(openDay(NOON, 10_000));
    expect(rollDay(day, NOON - 86_400_000, 10_000)).toBe(day);
  });

  it('passes an exit on a day whose limits are all spent', () => {
    const order = passExit(
      {
        purpose: 'exit',
        id: 'x1',
        symbol: 'XYZ/USDT',
        side: 'sell',
        type: 'stop-loss',
        size: { unit: 'base', amount: 1_000 },
        price: 1,
        bound: null,
        reason: 'stop-loss',
      },
      POLICY,
    );
    expect(order.size).toEqual({ unit: 'base', amount: 1_000 });
  });

  it('denies what cash and fee cannot pay, with limits on and off', () => {
    const poor = account({ cash: 20, equity: 10_000 });
    expect(denialCode(judgeEntry(entry(20), instrument(), POLICY, poor))).toBe(
      'INSUFFICIENT_FUNDS',
    );
    expect(denialCode(judgeEntry(entry(20), instrument(), { kind: 'none' }, poor))).toBe(
      'INSUFFICIENT_FUNDS',
    );
  });

  it('approves nothing over 50 USD, under 2 USD, over 1 % at risk or over the cash, whatever is asked', () => {
    const positive = (max: number) => fc.double({ min: 1e-3, max, noNaN: true });
    fc.assert(
      fc.property(
        positive(1e6),
        positive(1e5),
        positive(1e5),
        fc.option(fc.double({ min: 1e-4, max: 0.99, noNaN: true })),
        fc.double({ min: 0, max: 0.02, noNaN: true }),
        (asked, equity, cash, distance, feeRate) => {
          const stop: StopLevel | null =
            distance === null ? null : { kind: 'distance', fraction: distance };
          const answer = judgeEntry(
            entry(asked, stop),
            instrument(),
            POLICY,
            account({ equity, cash, feeRate }),
          );
          if (answer.kind === 'denied') return;
          if (answer.order.purpose !== 'entry') throw new Error('an entry became an exit');
          const { cost } = answer.order.size;
          const guard = answer.order.protection.stop;
          if (guard === null) throw new Error('an entry without a stop was approved');
          expect(cost).toBeLessThanOrEqual(Math.min(asked, 50));
          expect(cost).toBeGreaterThanOrEqual(2);
          expect(cost * lossPerCost(100, guard, feeRate)).toBeLessThanOrEqual(
            equity * 0.01 * (1 + 1e-12),
          );
          expect(cost + cost * feeRate).toBeLessThanOrEqual(cash);
        },
      ),
    );
  });
});

describe('an exit that amounts in steps make smaller', () => {
  const stepped: Instrument = { ...instrument('BTC/USDT', 5), amountStep: 0.000_01 };
  const view = account({ price: 60_000 });

  it('is refused before it is bought where the fee leaves too few steps to sell', () => {
    // 9 steps are bought, the fee leaves 8 and a part: 4.80 USD, which the exchange does not take.
    expect(judgeEntry(entry(5.5), stepped, POLICY, view)).toMatchObject({
      kind: 'denied',
      denial: { code: 'EXIT_BELOW_MINIMUM' },
    });
    expect(judgeEntry(entry(6.7), stepped, POLICY, view)).toMatchObject({ kind: 'approved' });
  });

  it('can always be sold at the stop, at whatever price below the decision it was bought', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 100_000, noNaN: true }),
        fc.constantFrom(1, 0.1, 0.01, 0.000_01),
        (cost, price, amountStep) => {
          const pair = { ...stepped, amountStep };
          const answer = judgeEntry(entry(cost), pair, POLICY, account({ price }));
          if (answer.kind !== 'approved') return;
          const bought = Math.floor(approvedCost(answer) / price / amountStep) * amountStep;
          const sellable = Math.floor((bought * (1 - 0.001)) / amountStep) * amountStep;
          expect(sellable * price * 0.95).toBeGreaterThanOrEqual(5 * (1 - 1e-9));
        },
      ),
    );
  });
});
