import { describe, expect, it } from 'vitest';
import { sampleCurve, sampleSummary } from '../../../testing/samples.ts';
import { BUY_AND_HOLD, MAX_DRAWDOWN, SHARPE } from '../result/metrics.ts';
import { bestOf, compareRows } from './compare-model.ts';

describe('the best of a line', () => {
  it('is the highest or the lowest, as the metric has it', () => {
    const summaries = [
      sampleSummary({ sharpe: 1, maxDrawdown: 0.3 }),
      sampleSummary({ sharpe: 2, maxDrawdown: 0.4 }),
    ];
    expect(bestOf(SHARPE, summaries)).toEqual([false, true]);
    expect(bestOf(MAX_DRAWDOWN, summaries)).toEqual([true, false]);
  });

  it('is nobody where all are equal, where nothing is better, and where there is no figure', () => {
    const equal = [sampleSummary(), sampleSummary()];
    expect(bestOf(SHARPE, equal)).toEqual([false, false]);
    const holds = [sampleSummary(), sampleSummary({ buyAndHoldReturn: 9 })];
    expect(bestOf(BUY_AND_HOLD, holds)).toEqual([false, false]);
    const missing = [sampleSummary({ sharpe: null }), sampleSummary({ sharpe: null })];
    expect(bestOf(SHARPE, missing)).toEqual([false, false]);
  });
});

describe('curves on one axis', () => {
  it('start at 100 %, and are nowhere before their start and after their end', () => {
    const rows = compareRows(
      [
        { equity: sampleCurve([1_000, 1_100, 1_050]), startingBalance: 1_000 },
        { equity: sampleCurve([50, 60], 2), startingBalance: 50 },
      ],
      100,
    );
    expect(rows.map(({ percents }) => percents.map((one) => one && Math.round(one)))).toEqual([
      [100, null],
      [110, null],
      [105, 100],
      [null, 120],
    ]);
  });

  it('keep the extremes of every run, however few points are drawn', () => {
    const equity = Array.from({ length: 5_000 }, (_, day) => 100 + Math.sin(day / 50));
    equity[1_234] = 500;
    equity[4_321] = 1;
    const rows = compareRows([{ equity: sampleCurve(equity), startingBalance: 100 }], 50);
    const percents = rows.map((row) => row.percents[0] ?? Number.NaN);
    expect(rows.length).toBeLessThanOrEqual(2 * 51 + 2);
    expect(Math.max(...percents)).toBe(500);
    expect(Math.min(...percents)).toBe(1);
  });
});
