/** Stories: given these bars and this plan, exactly these fills and this equity. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../domain/candles.ts';
import type { Costs } from '../domain/costs.ts';
import { instrumentFromSymbol } from '../domain/instrument.ts';
import type { Sizing } from '../domain/sizing.ts';
import { Engine } from '../engine.ts';
import { SimulatedMarket } from '../matching/simulated-market.ts';
import type { RiskPolicy } from '../risk/gate.ts';
import { ENTER, EXIT, type Intent } from '../strategies/strategy.ts';
import { replay, type Replayed } from './replay.ts';
import type { Trade } from './report.ts';

const MINUTE = 60_000;
const FREE: Costs = { takerFee: 0, makerFee: 0, slippageBps: 0, halfSpreadBps: 0 };
const LIMITS: RiskPolicy = { kind: 'hard-limits', whitelist: new Set(['BTC/USDT']) };

type Bar = readonly [open: number, high: number, low: number, close: number];
interface Scenario {
  readonly bars: readonly Bar[];
  /** What the strategy wants at the close of bar i. */
  readonly plan: Readonly<Record<number, Intent>>;
  readonly costs?: Partial<Costs>;
  readonly sizing?: Sizing;
  readonly cash?: number;
  readonly policy?: RiskPolicy;
  readonly start?: number;
  readonly barMs?: number;
}
type Outcome = Replayed & { readonly trades: readonly Trade[]; readonly cash: number };

function run(scenario: Scenario): Outcome {
  const { bars, plan, cash = 1_000, start = 0, barMs = MINUTE } = scenario;
  const candles = candlesFromRows(
    bars.map((bar, index): CandleRow => [start + index * barMs, ...bar, 1]),
  );
  const instrument = instrumentFromSymbol('BTC/USDT');
  if (!instrument.ok) throw new Error(instrument.error.sentence);
  const costs = { ...FREE, ...scenario.costs };
  const cursor = { index: 0 };
  let orders = 0;
  const engine = new Engine({
    instrument: instrument.value,
    timeframe: '1m',
    candles,
    cursor,
    strategy: { next: () => plan[cursor.index] ?? null },
    sizing: scenario.sizing ?? { kind: 'all-in' },
    costs,
    policy: scenario.policy ?? { kind: 'none' },
    startingBalance: cash,
    newOrderId: () => `o${(orders += 1)}`,
  });
  const replayed = replay(candles, engine, new SimulatedMarket(candles, costs), () => true);
  if (replayed === null) throw new Error('ended early');
  const open = engine.ledger.openTrade(candles.close[candles.length - 1] ?? NaN);
  const trades = open === null ? engine.ledger.trades : [...engine.ledger.trades, open];
  return { ...replayed, trades, cash: engine.ledger.cash };
}

function flat(price: number): Bar {
  return [price, price, price, price];
}

function enter(over: Partial<Extract<Intent, { kind: 'enter' }>>): Intent {
  return { kind: 'enter', limit: null, stop: null, target: null, ...over };
}

describe('market orders', () => {
  it('fill at the open of the bar after the decision, and equity is marked at each close', () => {
    const { trades, equity } = run({
      bars: [flat(90), [100, 130, 95, 120], [110, 110, 110, 110], flat(50)],
      plan: { 0: ENTER, 1: EXIT },
    });
    expect(trades).toEqual([
      {
        side: 'buy',
        amount: 10,
        entryTime: MINUTE,
        entryPrice: 100,
        exitTime: 2 * MINUTE,
        exitPrice: 110,
        exitReason: 'signal',
        fees: 0,
        pnl: 100,
        returnPct: 0.1,
      },
    ]);
    expect([...equity]).toEqual([1_000, 1_200, 1_100, 1_100]);
  });

  it('decided on the last bar never fill', () => {
    const { trades, equity } = run({ bars: [flat(90), flat(100)], plan: { 1: ENTER } });
    expect(trades).toEqual([]);
    expect([...equity]).toEqual([1_000, 1_000]);
  });

  it('pay slippage and half the spread against themselves, and the taker fee on both sides', () => {
    const { trades } = run({
      bars: [flat(100), flat(100), flat(100)],
      plan: { 0: ENTER, 1: EXIT },
      costs: { slippageBps: 30, halfSpreadBps: 20, takerFee: 0.01 },
      sizing: { kind: 'fixed', cost: 100.5 },
    });
    expect(trades[0]?.entryPrice).toBeCloseTo(100.5, 12);
    expect(trades[0]?.exitPrice).toBeCloseTo(99.5, 12);
    expect(trades[0]?.amount).toBeCloseTo(1, 12);
    expect(trades[0]?.fees).toBeCloseTo(1.005 + 0.995, 12);
    expect(trades[0]?.pnl).toBeCloseTo(-1 - 2, 12);
  });

  it('all-in spends the cash to the last cent, fee included, and not more', () => {
    const { trades, cash } = run({
      bars: [flat(3), flat(3), flat(3)],
      plan: { 0: ENTER },
      costs: { takerFee: 0.001 },
      cash: 10_000,
    });
    expect(cash).toBeGreaterThanOrEqual(0);
    expect(cash).toBeLessThan(1e-9);
    expect(trades[0]?.amount).toBeCloseTo(10_000 / (3 * 1.001), 9);
    expect(trades[0]?.exitTime).toBeNull();
  });
});

describe('stops and targets inside a bar', () => {
  const entered = { bars: [flat(100), [100, 101, 99, 100] as Bar] };
  const guarded = enter({ stop: { kind: 'price', price: 90 }, target: 120 });

  it('the stop fills at its price when the low touches it', () => {
    const { trades } = run({ bars: [...entered.bars, [98, 99, 90, 95]], plan: { 0: guarded } });
    expect(trades[0]).toMatchObject({
      exitPrice: 90,
      exitReason: 'stop-loss',
      exitTime: 2 * MINUTE,
    });
  });

  it('the target fills at its price when the high touches it, and pays the maker fee', () => {
    const { trades } = run({
      bars: [...entered.bars, [101, 120, 100, 110]],
      plan: { 0: guarded },
      costs: { makerFee: 0.01, slippageBps: 0 },
    });
    expect(trades[0]).toMatchObject({ exitPrice: 120, exitReason: 'take-profit' });
    expect(trades[0]?.fees).toBeCloseTo(12, 12);
  });

  it('the stop wins a bar that touches both', () => {
    const { trades } = run({ bars: [...entered.bars, [100, 125, 85, 110]], plan: { 0: guarded } });
    expect(trades[0]).toMatchObject({ exitPrice: 90, exitReason: 'stop-loss' });
  });

  it('a gap below the stop fills at the open, with slippage; a gap above the target at the open', () => {
    const down = run({
      bars: [...entered.bars, [80, 82, 70, 75]],
      plan: { 0: guarded },
      costs: { slippageBps: 100 },
    });
    expect(down.trades[0]?.exitPrice).toBeCloseTo(79.2, 12);
    const up = run({ bars: [...entered.bars, [130, 140, 125, 128]], plan: { 0: guarded } });
    expect(up.trades[0]).toMatchObject({ exitPrice: 130, exitReason: 'take-profit' });
  });

  it('guards from the very bar of the entry', () => {
    const { trades } = run({ bars: [flat(100), [100, 101, 85, 100]], plan: { 0: guarded } });
    expect(trades[0]).toMatchObject({ entryTime: MINUTE, exitTime: MINUTE, exitPrice: 90 });
  });

  it('a stop by distance hangs on the price of the fill, not of the decision', () => {
    const plan = { 0: enter({ stop: { kind: 'distance', fraction: 0.1 } }) };
    const { trades } = run({ bars: [flat(100), [200, 200, 181, 190], [190, 190, 180, 185]], plan });
    expect(trades[0]).toMatchObject({ entryPrice: 200, exitPrice: 180 });
  });

  it('leaves no order behind: after a signal exit the stop is gone', () => {
    const { trades } = run({
      bars: [...entered.bars, flat(100), flat(80), flat(130)],
      plan: { 0: guarded, 1: EXIT },
    });
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({ exitReason: 'signal', exitPrice: 100 });
  });
});

describe('limit entries', () => {
  it('wait until the low touches them, and pay the maker fee', () => {
    const { trades } = run({
      bars: [flat(100), [100, 101, 96, 100], [98, 99, 95, 97]],
      plan: { 0: enter({ limit: 95 }) },
      costs: { makerFee: 0.001, takerFee: 0.01 },
      sizing: { kind: 'fixed', cost: 95 },
    });
    expect(trades[0]).toMatchObject({ entryPrice: 95, amount: 1, entryTime: 2 * MINUTE });
    expect(trades[0]?.fees).toBeCloseTo(0.095, 12);
  });

  it('fill at the open when it gaps below them', () => {
    const { trades } = run({
      bars: [flat(100), [90, 91, 89, 90]],
      plan: { 0: enter({ limit: 95 }) },
    });
    expect(trades[0]?.entryPrice).toBe(90);
  });

  it('filled inside a bar can be stopped in it, but never reach the target in it', () => {
    const intent = enter({ limit: 95, stop: { kind: 'price', price: 90 }, target: 105 });
    const stopped = run({ bars: [flat(100), [100, 110, 89, 100]], plan: { 0: intent } });
    expect(stopped.trades[0]).toMatchObject({ exitPrice: 90, exitReason: 'stop-loss' });
    const held = run({ bars: [flat(100), [100, 110, 94, 100]], plan: { 0: intent } });
    expect(held.trades[0]?.exitTime).toBeNull();
    const later = run({
      bars: [flat(100), [100, 110, 94, 100], [100, 106, 99, 100]],
      plan: { 0: intent },
    });
    expect(later.trades[0]).toMatchObject({ exitPrice: 105, exitTime: 2 * MINUTE });
  });

  it('are withdrawn by a cancel and replaced by the next entry', () => {
    const low = flat(90);
    const cancelled = run({
      bars: [flat(100), flat(100), low],
      plan: { 0: enter({ limit: 95 }), 1: { kind: 'cancel' } },
    });
    expect(cancelled.trades).toEqual([]);
    const replaced = run({
      bars: [flat(100), flat(100), [100, 100, 92, 93], low],
      plan: { 0: enter({ limit: 95 }), 1: enter({ limit: 91 }) },
    });
    expect(replaced.trades[0]).toMatchObject({ entryPrice: 90, entryTime: 3 * MINUTE });
  });
});

describe('sizing', () => {
  it('by risk: the stop loses the chosen fraction of equity, fees included', () => {
    const { equity } = run({
      bars: [flat(100), flat(100), [100, 100, 80, 85]],
      plan: { 0: enter({ stop: { kind: 'distance', fraction: 0.1 } }) },
      sizing: { kind: 'risk', fraction: 0.01 },
      costs: { takerFee: 0.002 },
      cash: 10_000,
    });
    expect(equity[2]).toBeCloseTo(9_900, 8);
  });

  it('by risk without a stop of the strategy places the default stop that it was sized by', () => {
    const { trades } = run({
      bars: [flat(100), flat(100), [100, 100, 90, 92]],
      plan: { 0: ENTER },
      sizing: { kind: 'risk', fraction: 0.01 },
    });
    expect(trades[0]).toMatchObject({ exitReason: 'stop-loss', exitPrice: 95 });
  });

  it('fixed beyond the cash is denied, and says so', () => {
    const { denials, trades } = run({
      bars: [flat(1), flat(1)],
      plan: { 0: ENTER },
      sizing: { kind: 'fixed', cost: 2_000 },
    });
    expect(trades).toEqual([]);
    expect(denials).toMatchObject([{ code: 'INSUFFICIENT_FUNDS', time: 0, askedCost: 2_000 }]);
  });
});

describe('an account that fees eat up', () => {
  it('ends with nothing worth trading, denied, and every figure finite', () => {
    const plan: Record<number, Intent> = {};
    for (let bar = 0; bar < 600; bar += 2) Object.assign(plan, { [bar]: ENTER, [bar + 1]: EXIT });
    const { denials, trades, equity } = run({
      bars: Array.from({ length: 602 }, () => flat(7)),
      plan,
      costs: { takerFee: 0.99 },
    });
    expect(trades.length).toBeGreaterThan(2);
    expect(new Set(denials.map(({ code }) => code))).toEqual(new Set(['INSUFFICIENT_FUNDS']));
    expect([...equity].every((value) => value >= 0 && value <= 1_000)).toBe(true);
    expect(trades.every(({ pnl, returnPct }) => pnl < 0 && returnPct < 0)).toBe(true);
  });
});

describe('hard limits in a replay', () => {
  it('cap an all-in entry to 50 USD and attach the default stop', () => {
    const { trades } = run({
      bars: [flat(100), flat(100), [100, 100, 94, 99]],
      plan: { 0: ENTER },
      policy: LIMITS,
      cash: 10_000,
    });
    expect(trades[0]).toMatchObject({ amount: 0.5, exitPrice: 95, exitReason: 'stop-loss' });
  });

  it('the cap holds in money even when the price gaps up before the fill', () => {
    const { trades } = run({
      bars: [flat(100), flat(200)],
      plan: { 0: ENTER },
      policy: LIMITS,
      cash: 10_000,
    });
    expect((trades[0]?.amount ?? 0) * (trades[0]?.entryPrice ?? 0)).toBe(50);
  });

  it('deny the 21st entry of a UTC day and pass again after midnight', () => {
    const start = 86_400_000 - 50 * MINUTE;
    const plan: Record<number, Intent> = {};
    for (let bar = 0; bar < 60; bar += 2) Object.assign(plan, { [bar]: ENTER, [bar + 1]: EXIT });
    const { trades, denials } = run({
      bars: Array.from({ length: 64 }, () => flat(100)),
      plan,
      policy: LIMITS,
      cash: 10_000,
      start,
    });
    // 25 wishes fall before midnight; the one decided at the close of 23:59 already belongs to the new day.
    expect(denials).toHaveLength(5);
    expect(new Set(denials.map(({ code }) => code))).toEqual(new Set(['DAILY_TRADE_LIMIT']));
    expect(trades).toHaveLength(25);
  });

  it('a day that falls by more than 5 % denies entries until the next, and never an exit', () => {
    const start = 86_400_000 - 10 * MINUTE;
    const plan = { 0: ENTER, 4: ENTER, 10: ENTER, 11: EXIT };
    const { trades, denials } = run({
      // A gap jumps over the stop at 95: 50 USD become 25, which is 8.3 % of 300.
      bars: Array.from({ length: 14 }, (_, index) => flat(index < 2 ? 100 : 50)),
      plan,
      policy: LIMITS,
      cash: 300,
      start,
    });
    expect(
      trades.map(({ entryTime, exitReason }) => [(entryTime - start) / MINUTE, exitReason]),
    ).toEqual([
      [1, 'stop-loss'],
      [11, 'signal'],
    ]);
    expect(denials.map(({ code, time }) => [code, (time - start) / MINUTE])).toEqual([
      ['DAILY_LOSS_LIMIT', 4],
    ]);
  });

  it('the low of a bar counts only for an account that is still in the market there', () => {
    // The entry at 100 is stopped at 95; the low of the same bar is never reached by the account, so nothing is breached.
    const { denials } = run({
      bars: [flat(100), [100, 100, 40, 95], flat(95), flat(95)],
      plan: { 0: ENTER, 2: ENTER },
      policy: LIMITS,
      cash: 300,
    });
    expect(denials).toEqual([]);
  });
});

it('the books balance to 1e-9 over random bars, plans and costs', () => {
  const price = fc.integer({ min: 50, max: 150 });
  const bar = fc
    .tuple(price, price, price, price)
    .map(([open, a, b, close]): Bar => [
      open,
      Math.max(open, a, b, close),
      Math.min(open, a, b, close),
      close,
    ]);
  const intent = fc.oneof(
    fc.constant(EXIT),
    fc.record({
      kind: fc.constant('enter' as const),
      limit: fc.option(price),
      stop: fc.option(fc.record({ kind: fc.constant('price' as const), price })),
      target: fc.option(price),
    }),
    fc.constant<Intent>({ kind: 'cancel' }),
  );
  const costs = fc.record({
    takerFee: fc.double({ min: 0, max: 0.01, noNaN: true }),
    makerFee: fc.double({ min: 0, max: 0.01, noNaN: true }),
    slippageBps: fc.integer({ min: 0, max: 50 }),
    halfSpreadBps: fc.integer({ min: 0, max: 50 }),
  });
  const sizing = fc.constantFrom<Sizing>(
    { kind: 'all-in' },
    { kind: 'fixed', cost: 60 },
    { kind: 'risk', fraction: 0.02 },
  );
  fc.assert(
    fc.property(
      fc.array(bar, { minLength: 2, maxLength: 40 }),
      fc.dictionary(fc.integer({ min: 0, max: 39 }).map(String), intent),
      costs,
      sizing,
      fc.boolean(),
      (bars, plan, chosen, size, limited) => {
        const outcome = run({
          bars,
          plan,
          costs: chosen,
          sizing: size,
          policy: limited ? LIMITS : { kind: 'none' },
        });
        const pnl = outcome.trades.reduce((sum, trade) => sum + trade.pnl, 0);
        expect(outcome.equity.at(-1)).toBeCloseTo(1_000 + pnl, 9);
        expect(outcome.cash).toBeGreaterThanOrEqual(0);
        for (const trade of outcome.trades) {
          if (limited)
            expect(trade.amount * trade.entryPrice).toBeLessThanOrEqual(50 * (1 + 1e-12));
          expect(trade.entryTime).toBeLessThanOrEqual(trade.exitTime ?? Infinity);
        }
      },
    ),
    { numRuns: 400 },
  );
});
