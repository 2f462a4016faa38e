/** Random runs against a second implementation, and what must hold for all of them. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../domain/timeframe.ts';
import type { BacktestSummary } from './report.ts';
import { figures, trade, type Curve } from './testing/curve.ts';
import { naiveFigures } from './testing/naive-figures.ts';

describe('random runs', () => {
  const step = fc.constantFrom(1, 60_000, 5 * 3_600_000, DAY_MS, 3 * DAY_MS);
  // Whole cents: what differs, differs by more than rounding, so that both ways agree on what is equal.
  const value = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100);
  const pnl = fc.integer({ min: -1_000, max: 1_000 }).map((cents) => cents / 100);
  const drawn = fc.record({
    points: fc.array(fc.record({ step, value }), { minLength: 1, maxLength: 60 }),
    offset: fc.integer({ min: 0, max: 2e12 }),
    start: value,
    trades: fc.array(fc.record({ pnl, open: fc.boolean() }), { maxLength: 20 }),
  });
  const curves = drawn.map(({ points, offset, start, trades }): Required<Curve> => {
    let now = offset;
    return {
      equity: points.map((point) => point.value),
      time: points.map((point) => (now += point.step)),
      close: points.map((point) => point.value),
      start,
      trades: trades.map((made) => trade(made.pnl, made.open ? { exitTime: null } : {})),
      barsInMarket: points.length >> 1,
    };
  });

  it('agree with a naive reading of the definitions', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const summary = figures(curve);
        for (const [name, expected] of Object.entries(naiveFigures(curve))) {
          const actual = summary[name as keyof BacktestSummary];
          if (expected === null || actual === null)
            expect([name, actual]).toEqual([name, expected]);
          else
            expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
              1e-9 * Math.max(1, Math.abs(expected)),
            );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never hold NaN or Infinity, and a drawdown between 0 and 1', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const summary = figures(curve);
        for (const figure of Object.values(summary))
          expect(figure === null || Number.isFinite(figure)).toBe(true);
        expect(summary.maxDrawdown).toBeGreaterThanOrEqual(0);
        expect(summary.maxDrawdown).toBeLessThanOrEqual(1);
        expect(summary.maxDrawdownDurationMs).toBeLessThanOrEqual(
          summary.lastTime - summary.firstTime,
        );
        if (summary.maxDrawdown === 0) expect(summary.maxDrawdownDurationMs).toBe(0);
      }),
    );
  });

  it('do not care in which currency the money is counted', () => {
    // Powers of two scale a float64 without rounding, so the figures must be the same to the last bit.
    fc.assert(
      fc.property(curves, fc.constantFrom(0.25, 8, 1_024), (curve, rate) => {
        const scaled = figures({
          ...curve,
          equity: curve.equity.map((equity) => equity * rate),
          start: curve.start * rate,
          trades: curve.trades.map((made) => ({
            ...made,
            pnl: made.pnl * rate,
            amount: made.amount * rate,
          })),
        });
        const { expectancy, averageWin, averageLoss, ...ratios } = figures(curve);
        const money = { startingBalance: curve.start * rate, finalBalance: scaled.finalBalance };
        const times = (figure: number | null): number | null =>
          figure === null ? null : figure * rate;
        expect(scaled).toEqual({
          ...ratios,
          ...money,
          expectancy: times(expectancy),
          averageWin: times(averageWin),
          averageLoss: times(averageLoss),
        });
      }),
    );
  });
});
