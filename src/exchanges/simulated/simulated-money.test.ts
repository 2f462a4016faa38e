import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../../core/domain/fill.ts';
import { approvedBuy, approvedSell } from '../conformance/approved-orders.ts';
import { found, held, newsOf, openIds } from '../conformance/stage.ts';
import { BarStage, BTC, QuoteStage } from './testing/simulated-stage.ts';

/** Relative: what adding up in another order may change. */
const ROUNDING = 1e-9;

const COARSE = { ...BTC, amountStep: 0.1 };

const part = fc.double({ min: 0.01, max: 1, noNaN: true });
const level = fc.double({ min: 20, max: 500, noNaN: true });
const action = fc.oneof(
  fc.record({ kind: fc.constant('trade' as const), price: level }),
  fc.record({ kind: fc.constant('buy' as const), part, limit: fc.option(level) }),
  fc.record({ kind: fc.constant('sell' as const), part }),
  fc.record({ kind: fc.constant('stop' as const), part, price: level }),
  fc.record({ kind: fc.constant('pair' as const), part, price: level }),
  fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat(20) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function play(stage: QuoteStage | BarStage, todo: Action, id: string): Promise<void> {
  const { exchange, instrument } = stage;
  switch (todo.kind) {
    case 'trade':
      return stage.trade(todo.price);
    case 'buy': {
      const cost = 2 + 48 * todo.part;
      await exchange.submit(approvedBuy(instrument, id, cost, todo.limit));
      return;
    }
    case 'sell': {
      const amount = (await held(stage, 'BTC')) * todo.part;
      await exchange.submit(approvedSell(instrument, id, amount));
      return;
    }
    case 'stop': {
      const amount = (await held(stage, 'BTC')) * todo.part;
      await exchange.submit(approvedSell(instrument, id, amount, 'stop-loss', todo.price));
      return;
    }
    case 'pair': {
      const amount = (await held(stage, 'BTC')) * todo.part;
      const { price } = todo;
      const stop = approvedSell(instrument, `${id}s`, amount, 'stop-loss', price * 0.9);
      await exchange.submitPair(
        stop,
        approvedSell(instrument, `${id}t`, amount, 'take-profit', price * 1.1),
      );
      return;
    }
    case 'cancel':
      await exchange.cancel(`o${todo.pick}`, instrument.symbol);
  }
}

/** Plays everything and compares the balances with the fills after each step. */
async function expectConserved(
  stage: QuoteStage | BarStage,
  actions: readonly Action[],
): Promise<void> {
  const news = newsOf(stage.exchange);
  await stage.fund('USDT', 300);
  await stage.fund('BTC', 1);
  await stage.trade(100);
  for (const [count, todo] of actions.entries()) {
    await play(stage, todo, `o${count}`);
    const fills = news.flatMap((event) => (event.kind === 'order-filled' ? [event.fill] : []));
    const expected = balancesAfter(fills);
    for (const currency of ['USDT', 'BTC'] as const) {
      const amount = await held(stage, currency);
      const tolerance = ROUNDING * (1 + Math.abs(expected[currency]));
      expect(Math.abs(amount - expected[currency])).toBeLessThanOrEqual(tolerance);
      expect(amount).toBeGreaterThanOrEqual(-tolerance);
    }
  }
}

function balancesAfter(fills: readonly Fill[]): { readonly USDT: number; readonly BTC: number } {
  const balances = { USDT: 300, BTC: 1 };
  for (const { side, amount, cost, fee } of fills) {
    const sign = side === 'buy' ? 1 : -1;
    balances.BTC += sign * amount;
    balances.USDT -= sign * cost + fee.amount;
    expect(fee.currency).toBe('USDT');
  }
  return balances;
}

describe('money at the simulated exchange', () => {
  const actions = fc.array(action, { maxLength: 40 });

  it('is neither made nor lost, and never owed, on quotes', async () => {
    await fc.assert(
      fc.asyncProperty(actions, fc.boolean(), (list, isCoarse) =>
        expectConserved(new QuoteStage(isCoarse ? { instrument: COARSE } : {}), list),
      ),
    );
  });

  it('is neither made nor lost, and never owed, on bars', async () => {
    await fc.assert(fc.asyncProperty(actions, (list) => expectConserved(new BarStage(), list)));
  });
});

describe('a market that trades in steps of 0.1', () => {
  async function boughtFor(cost: number, price: number) {
    const stage = new QuoteStage({
      instrument: COARSE,
      costs: { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 },
    });
    await stage.fund('USDT', 100);
    await stage.trade(price);
    const news = newsOf(stage.exchange);
    await stage.exchange.submit(approvedBuy(COARSE, 'o1', cost));
    return { stage, news };
  }

  it('rounds a buy down, and what is not spent stays', async () => {
    const { stage } = await boughtFor(50, 130);
    expect(await held(stage, 'BTC')).toBeCloseTo(0.3, 12);
    expect(await held(stage, 'USDT')).toBeCloseTo(100 - 39, 12);
  });

  it('loses no step to a fraction that no binary number holds', async () => {
    // 30 / 100 / 0.1 is 2.9999999999999996.
    const { stage } = await boughtFor(30, 100);
    expect(await held(stage, 'BTC')).toBeCloseTo(0.3, 12);
    expect(await held(stage, 'USDT')).toBeGreaterThanOrEqual(70);
  });

  it('lets an order expire that buys less than a step, and says so', async () => {
    const { stage, news } = await boughtFor(5, 100);
    expect(news).toEqual([
      {
        kind: 'order-expired',
        orderId: 'o1',
        time: stage.now,
        filledAmount: 0,
        sentence: 'At 100 USDT the order buys less than 0.1 BTC, the least that is traded.',
      },
    ]);
    expect(await found(stage, 'o1')).toMatchObject({ state: 'expired', fills: [] });
    expect(await openIds(stage)).toEqual([]);
    expect(await held(stage, 'USDT')).toBe(100);
  });
});

describe('a quote that cannot be right', () => {
  it('fills nothing, whatever waits for it', async () => {
    const stage = new QuoteStage();
    await stage.fund('USDT', 100);
    await stage.fund('BTC', 1);
    await stage.exchange.submit(approvedBuy(BTC, 'market', 20));
    await stage.exchange.submit(approvedBuy(BTC, 'limit', 20, 1_000));
    await stage.exchange.submit(approvedSell(BTC, 'stop', 1, 'stop-loss', 1_000));
    const ids = await openIds(stage);
    for (const price of [NaN, 0, -1, Infinity]) await stage.trade(price);
    // Nor does an order that comes while it is the last that is known.
    await stage.exchange.submit(approvedBuy(BTC, 'late', 20, 1_000));
    expect(await openIds(stage)).toEqual([...ids, 'late']);
    expect([await held(stage, 'USDT'), await held(stage, 'BTC')]).toEqual([100, 1]);
  });
});

describe('what a real exchange would not do', () => {
  it('a quote from before the feed was lost fills no order; the next one does', async () => {
    const stage = new QuoteStage();
    await stage.fund('USDT', 100);
    await stage.trade(100);
    stage.now += 60_001;
    await stage.exchange.submit(approvedBuy(BTC, 'o1', 20));
    expect(await openIds(stage)).toEqual(['o1']);
    await stage.trade(90);
    expect(await found(stage, 'o1')).toMatchObject({ state: 'filled' });
    expect(await held(stage, 'BTC')).toBeCloseTo(20 / (90 * 1.0005), 12);
  });

  it('takes no order that is worth less than the least', async () => {
    const stage = new QuoteStage({ instrument: { ...BTC, minCost: 10 } });
    await stage.fund('BTC', 1);
    await stage.trade(100);
    expect(await stage.exchange.submit(approvedSell(BTC, 'o1', 0.05))).toEqual({
      kind: 'rejected',
      refusal: 'our-fault',
      sentence: 'The order is worth 5.00 USDT, and the least is 10.00.',
    });
    expect(await stage.exchange.submit(approvedSell(BTC, 'o2', 0.1))).toMatchObject({
      kind: 'accepted',
    });
  });
});

describe('a bounded order at the market', () => {
  it('buys within its bound, and nothing beyond it, and says so', async () => {
    const stage = new QuoteStage();
    const news = newsOf(stage.exchange);
    await stage.fund('USDT', 200);
    await stage.trade(60_000);
    await stage.exchange.submit(approvedBuy(stage.instrument, 'o1', 50, null, 60_000));
    await stage.trade(63_000);
    await stage.exchange.submit(approvedBuy(stage.instrument, 'o2', 50, null, 60_000));
    expect(news.map(({ kind, orderId }) => [orderId, kind])).toEqual([
      ['o1', 'order-filled'],
      ['o2', 'order-expired'],
    ]);
    const last = news.at(-1);
    expect(last?.kind === 'order-expired' ? last.sentence : null).toMatch(
      /^The market is at 63031.5 USDT, and 60300/,
    );
    expect(await openIds(stage)).toEqual([]);
  });
});
