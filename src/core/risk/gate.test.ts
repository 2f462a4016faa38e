import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PROTECTION, type EntryOrder, type StopLevel } from '../domain/order.ts';
import { instrumentFromSymbol, type Instrument } from '../domain/instrument.ts';
import { lossPerCost, type ExposureView } from './exposure.ts';
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
    market: { kind: 'bars' },
    cash: equity,
    equity,
    feeRate: 0.001,
    day: openDay(NOON, equity),
    isDayKnown: true,
    usdPerQuote: 1,
    tradingState: 'active',
    isPaused: false,
    isInDoubt: false,
    botId: 'bot',
    now: NOON,
    pastTrades: [],
    openPositions: 0,
    ...over,
  };
}

function exposure(stop: StopLevel): ExposureView {
  return { price: 100, stop, feeRate: 0.001, priceStep: null };
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
    expect(approvedCost(answer) * lossPerCost(exposure(stop))).toBeCloseTo(1, 12);
    expect(
      answer.kind === 'approved' &&
        answer.order.purpose === 'entry' &&
        answer.order.protection.stop,
    ).toEqual(stop);
  });

  it('counts the stop at its worst and both fees: a stop 10 below 100 with 0.1 % loses 11.0891 %', () => {
    // It sells at 89.1: (100 − 89.1)/100 + 0.001 on the entry + 0.001 × 0.891 on the stop; 1 % of 300 is 3.
    expect(lossPerCost(exposure({ kind: 'price', price: 90 }))).toBeCloseTo(0.110_891, 12);
    const answer = judgeEntry(
      entry(49, { kind: 'price', price: 90 }),
      instrument(),
      POLICY,
      account({ equity: 300 }),
    );
    expect(approvedCost(answer)).toBeCloseTo(3 / 0.110_891, 4);
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
          expect(cost * lossPerCost({ ...exposure(guard), feeRate })).toBeLessThanOrEqual(
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

describe('an entry by a price that moves', () => {
  const quoted = (ask: number, ageMs = 0): Partial<AccountView> => ({
    price: ask,
    market: { kind: 'quote', ask, ageMs },
  });
  const ticks: Instrument = { ...instrument('BTC/USDT', 5), amountStep: 0.000_01, priceStep: 0.01 };

  it('carries the most that it pays, on a tick and half a percent above the ask', () => {
    const answer = judgeEntry(entry(40), ticks, POLICY, account(quoted(60_001)));
    expect(answer).toMatchObject({ kind: 'approved', order: { bound: 60_301 } });
    const coarse = { ...ticks, priceStep: 1 };
    const cheap = judgeEntry(entry(40), coarse, POLICY, account(quoted(3)));
    expect(cheap).toMatchObject({ order: { bound: 3 } });
    expect(judgeEntry(entry(40), ticks, POLICY, account())).toMatchObject({
      order: { bound: null },
    });
  });

  it('loses no more than 1 % of equity, whatever it pays in fees and wherever within its bounds it fills', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const stops = fc.oneof(
      between(0.001, 0.5).map((fraction): StopLevel => ({ kind: 'distance', fraction })),
      between(0.5, 0.999).map((part): StopLevel => ({ kind: 'price', price: part })),
      fc.constant(null),
    );
    let approved = 0;
    fc.assert(
      fc.property(
        fc.record({ ask: between(1e-6, 1e5), equity: between(200, 20_000) }),
        fc.record({ drawn: stops, priceStep: fc.constantFrom(null, 1e-8, 1e-6, 0.01) }),
        fc.record({ feeRate: between(0.001, 0.012), isLimit: fc.boolean() }),
        fc.tuple(between(0, 1), between(0, 1)),
        ({ ask, equity }, { drawn, priceStep }, { feeRate, isLimit }, [entryAt, stopAt]) => {
          const stop: StopLevel | null =
            drawn?.kind === 'price' ? { kind: 'price', price: drawn.price * ask } : drawn;
          const pair = { ...instrument(), priceStep };
          const asked = entry(50, stop);
          const order: EntryOrder = isLimit ? { ...asked, type: 'limit', price: ask } : asked;
          const answer = judgeEntry(
            order,
            pair,
            POLICY,
            account({ equity, feeRate, ...quoted(ask) }),
          );
          if (answer.kind === 'denied' || answer.order.purpose !== 'entry') return;
          approved += 1;
          const { bound, price: limit, protection, size } = answer.order;
          // Referred to in full: paid within the bound, sold within the stop's slack, a tick lost in rounding it.
          const most = limit ?? bound ?? NaN;
          const paid = ask * 0.99 + entryAt * (most - ask * 0.99);
          const amount = size.cost / most;
          const guard = protection.stop;
          const trigger =
            guard?.kind === 'price' ? guard.price : paid * (1 - (guard?.fraction ?? NaN));
          const sold = Math.max(0, (trigger - (priceStep ?? 0)) * (1 - 0.01 * stopAt));
          const loss = amount * (paid - sold) + feeRate * amount * (paid + sold);
          expect(loss).toBeLessThanOrEqual(equity * 0.01 * (1 + 1e-9));
        },
      ),
      { numRuns: 500 },
    );
    expect(approved).toBeGreaterThan(50);
  });

  it('is not bought by a price of more than ten seconds ago, or by none', () => {
    const answer = (over: Partial<AccountView>) =>
      denialCode(judgeEntry(entry(10), ticks, POLICY, account(over)));
    expect(answer(quoted(60_000, 10_000))).toBe('approved');
    expect(answer(quoted(60_000, 10_001))).toBe('NO_FRESH_PRICE');
    expect(answer({ market: { kind: 'none' } })).toBe('NO_FRESH_PRICE');
    const limit: EntryOrder = { ...entry(10), type: 'limit', price: 59_000 };
    const late = judgeEntry(limit, ticks, POLICY, account(quoted(60_000, 10_001)));
    expect(denialCode(late)).toBe('NO_FRESH_PRICE');
  });

  it('is not bought before the opening of the day is known', () => {
    const unknown = account({ ...quoted(60_000), isDayKnown: false });
    expect(denialCode(judgeEntry(entry(10), ticks, POLICY, unknown))).toBe('DAY_NOT_OPENED');
  });

  it('needs a stop that is below the market too, and not only below the bar that decided', () => {
    const fallen = account({ ...quoted(90), price: 100 });
    const answer = judgeEntry(entry(10, { kind: 'price', price: 95 }), ticks, POLICY, fallen);
    expect(denialCode(answer)).toBe('STOP_NOT_BELOW_PRICE');
  });
});

describe("the exchange's least amount", () => {
  const kraken = { ...instrument('BTC/USD', 0.5), amountStep: 0.000_01, minAmount: 0.000_05 };
  const policy = { ...POLICY, whitelist: new Set(['BTC/USD']) };
  const view = account({ price: 64_000, market: { kind: 'quote', ask: 64_000, ageMs: 0 } });
  const bought = (cost: number) =>
    judgeEntry(entry(cost, null, 'BTC/USD'), kraken, policy, { ...view, feeRate: 0.008 });

  it('is what must be left to sell after fees in coins', () => {
    // 3.80 USD buy 5 steps at the worst; the fee leaves 4 and a part.
    expect(bought(3.8)).toMatchObject({
      denial: {
        code: 'EXIT_BELOW_MINIMUM',
        sentence:
          '0.00004 BTC would be there to sell, and the exchange takes no order under 0.00005: the position could not be closed.',
      },
    });
    expect(bought(4.6)).toMatchObject({ kind: 'approved' });
  });
});
