/** What a person reads before real money moves, and what they are told when it has changed. */

import { describe, expect, it } from 'vitest';
import type { EntryPreviewWire } from '../../../contract/trading.ts';
import { sampleBot, samplePosition } from '../../features/bots/testing/sample-bots.ts';
import { sampleStatus } from '../../testing/sample-status.ts';
import { changeBetween, entryPlan, exitPlan, startPlan, type OrderPlan } from './order-plan.ts';

const ENTRY = { symbol: 'BTC/USDT', cost: 100, limit: null, target: null } as const;

function approved(part: Partial<Extract<EntryPreviewWire, { kind: 'approved' }>> = {}) {
  const adjustments = ['Capped at 50 USD.'];
  const worst = { worstPrice: 60_300, feeRate: 0.001, maxLoss: 3.1 };
  const asked = { kind: 'approved', cost: 50, price: 60_000, stop: 57_000 } as const;
  return { ...asked, ...worst, adjustments, ...part };
}

function planOf(answer: ReturnType<typeof entryPlan>): OrderPlan {
  if (answer.kind === 'refused') throw new Error(answer.sentence);
  return answer.plan;
}

const RULES = {
  whitelist: [],
  limits: {
    maxTradeUsd: 50,
    minTradeUsd: 2,
    maxRiskPerTrade: 0.01,
    maxTradesPerDay: 20,
    maxDailyLoss: 0.05,
    defaultStopDistance: 0.05,
  },
  protections: {
    cooldownMs: null,
    stopLossGuard: null,
    drawdownGuard: null,
    maxOpenPositions: null,
  },
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 },
};

describe('an order of real money', () => {
  it('says its amount, its price, and what the gate does', () => {
    expect(planOf(entryPlan(ENTRY, approved()))).toEqual({
      confirm: 'Buy LIVE for 50.00 USDT',
      facts: [
        { name: 'Amount', text: '100.00 → capped to 50.00 USDT' },
        { name: 'Order', text: 'buys BTC at the market' },
      ],
      price: 60_000,
      quote: 'USDT',
      notes: [
        'Its stop is at about 57,000.00 USDT.',
        'It fills at 60,300.00 USDT or better; each fill costs a fee of 0.10\u00A0%.',
        'At its stop up to 3.10 USDT can be lost, fees included; more if the price jumps over it.',
        'Capped at 50 USD.',
      ],
    });
    expect(
      planOf(entryPlan({ ...ENTRY, limit: 59_000, target: 65_000 }, approved())).facts,
    ).toEqual([
      { name: 'Amount', text: '100.00 → capped to 50.00 USDT' },
      { name: 'Order', text: 'buys BTC at 59,000.00 USDT or less' },
      { name: 'Stop', text: '57,000.00 USDT' },
      { name: 'Target', text: '65,000.00 USDT' },
    ]);
  });

  it('without a stop says that all of it can be lost', () => {
    const { notes } = planOf(entryPlan(ENTRY, approved({ stop: null, maxLoss: null })));
    expect(notes).toContain('It has no stop: all of its 50.00 USDT can be lost.');
  });

  it('is the same one while only its worst price moves with the market', () => {
    const shown = planOf(entryPlan(ENTRY, approved({ worstPrice: 60_300 })));
    const now = planOf(entryPlan(ENTRY, approved({ worstPrice: 60_310 })));
    expect(changeBetween(shown, now)).toBeNull();
  });

  it('cannot be confirmed where the gate denies it', () => {
    const denied = { kind: 'denied', code: 'COOLDOWN', sentence: 'The loss is fresh.' } as const;
    expect(entryPlan(ENTRY, denied)).toEqual({
      kind: 'refused',
      sentence: 'COOLDOWN: The loss is fresh.',
    });
  });

  it('that sells says how much, and that it is gone where it is', () => {
    const { confirm, notes } = planOf(exitPlan(samplePosition()));
    expect(confirm).toBe('Sell LIVE 0.00050000 BTC');
    expect(notes[0]).toBe('That is about 25.50 USDT, before the fee.');
    expect(exitPlan(undefined).kind).toBe('refused');
  });

  it('that starts a bot says the most that it may spend', () => {
    const { confirm, facts } = planOf(startPlan(sampleBot(), sampleStatus(), RULES));
    expect(confirm).toBe('Start LIVE, at most 50.00 USD a trade');
    expect(facts[1]?.text).toBe('25.00 USDT, at most 50.00 USD');
  });
});

describe('what has changed since it was shown', () => {
  const shown = planOf(entryPlan(ENTRY, approved()));
  const changeTo = (part: Parameters<typeof approved>[0]) =>
    changeBetween(shown, planOf(entryPlan(ENTRY, approved(part))));

  it('is nothing where the price has moved a little', () => {
    expect(changeTo({})).toBeNull();
    expect(changeTo({ price: 60_060, stop: 57_057 })).toBeNull();
  });

  it('is a price that has moved by more, either way, or is none', () => {
    expect(changeTo({ price: 60_061 })).toBe('The price is 60,061.00 now; it was 60,000.00.');
    expect(changeTo({ price: 59_939 })).not.toBeNull();
    expect(changeTo({ price: Number.NaN })).not.toBeNull();
  });

  it('is another amount, and a stop or a target that is new or gone', () => {
    expect(changeTo({ cost: 40 })).toBe(
      'Amount is 100.00 → capped to 40.00 USDT now; it was 100.00 → capped to 50.00 USDT.',
    );
    const limit = planOf(entryPlan({ ...ENTRY, limit: 59_000 }, approved()));
    const noStop = planOf(entryPlan({ ...ENTRY, limit: 59_000 }, approved({ stop: null })));
    expect(changeBetween(limit, noStop)).toBe('Stop is none now; it was 57,000.00 USDT.');
    expect(changeBetween(noStop, limit)).toBe('Stop is 57,000.00 USDT now; it was none.');
  });

  it('is the amount of a position that was partly sold meanwhile', () => {
    const change = changeBetween(
      planOf(exitPlan(samplePosition())),
      planOf(exitPlan(samplePosition({ amount: 0.0002 }))),
    );
    expect(change).toContain('0.00020000 BTC now; it was 0.00050000 BTC');
  });
});
