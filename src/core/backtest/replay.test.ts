/** Stories: given these bars and this plan, exactly these fills and this equity. */

import { describe, expect, it } from 'vitest';
import { ENTER, EXIT, type Intent } from '../strategies/strategy.ts';
import { enter, flat, MINUTE, run, type Bar } from './testing/scenario.ts';

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

  it('the target fills at its price when the high goes above it, and pays the maker fee', () => {
    const { trades } = run({
      bars: [...entered.bars, [101, 120, 100, 110], [101, 121, 100, 110]],
      plan: { 0: guarded },
      costs: { makerFee: 0.01, slippageBps: 0 },
    });
    const exitTime = 3 * MINUTE;
    expect(trades[0]).toMatchObject({ exitPrice: 120, exitReason: 'take-profit', exitTime });
    expect(trades[0]?.fees).toBeCloseTo(12, 12);
  });

  it('the stop wins a bar that touches both', () => {
    const { trades } = run({ bars: [...entered.bars, [100, 125, 85, 110]], plan: { 0: guarded } });
    expect(trades[0]).toMatchObject({ exitPrice: 90, exitReason: 'stop-loss' });
  });

  it('a gap below the stop fills at the open, with slippage; a gap above the target at the target', () => {
    const down = run({
      bars: [...entered.bars, [80, 82, 70, 75]],
      plan: { 0: guarded },
      costs: { slippageBps: 100 },
    });
    expect(down.trades[0]?.exitPrice).toBeCloseTo(79.2, 12);
    const up = run({ bars: [...entered.bars, [130, 140, 125, 128]], plan: { 0: guarded } });
    expect(up.trades[0]).toMatchObject({ exitPrice: 120, exitReason: 'take-profit' });
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
  it('wait until the low goes below them, and pay the maker fee', () => {
    const { trades } = run({
      bars: [flat(100), [100, 101, 96, 100], [98, 99, 95, 97], [98, 99, 94, 97]],
      plan: { 0: enter({ limit: 95 }) },
      costs: { makerFee: 0.001, takerFee: 0.01 },
      sizing: { kind: 'fixed', cost: 95 },
    });
    expect(trades[0]).toMatchObject({ entryPrice: 95, amount: 1, entryTime: 3 * MINUTE });
    expect(trades[0]?.fees).toBeCloseTo(0.095, 12);
  });

  it('fill at their price when the open gaps below them', () => {
    const { trades } = run({
      bars: [flat(100), [90, 91, 89, 90]],
      plan: { 0: enter({ limit: 95 }) },
    });
    expect(trades[0]?.entryPrice).toBe(95);
  });

  it('at or above the market pay what a market order pays, and no more than they allow', () => {
    const costs = { makerFee: 0.001, takerFee: 0.01, slippageBps: 100, halfSpreadBps: 100 };
    const bars = [flat(100), flat(100)];
    const sizing = { kind: 'fixed', cost: 102 } as const;
    const { trades } = run({ bars, plan: { 0: enter({ limit: 150 }) }, costs, sizing });
    expect(trades[0]?.entryPrice).toBeCloseTo(102, 12);
    expect(trades[0]?.fees).toBeCloseTo(1.02, 12);
    const bounded = run({ bars, plan: { 0: enter({ limit: 101.5 }) }, costs, sizing });
    expect(bounded.trades[0]?.entryPrice).toBe(101.5);
    const below = run({ bars, plan: { 0: enter({ limit: 100.9 }) }, costs, sizing });
    expect(below.trades).toEqual([]);
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
    expect(replaced.trades[0]).toMatchObject({ entryPrice: 91, entryTime: 3 * MINUTE });
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
