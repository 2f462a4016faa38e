/** The hard limits in a replay, and books that balance whatever happens. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sizing } from '../domain/sizing.ts';
import { ENTER, EXIT, type Intent } from '../strategies/strategy.ts';
import { flat, LIMITS, MINUTE, run, type Bar } from './testing/scenario.ts';

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
      trailing: fc.option(fc.double({ min: 0.01, max: 0.5, noNaN: true })),
      maxHoldMs: fc.option(fc.integer({ min: 0, max: 10 * MINUTE })),
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
