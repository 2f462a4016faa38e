/** Two implementations without a line in common must give the same trades, to the last tie. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleColumns } from '../../src/core/domain/candles.ts';
import { differences } from './differences.ts';
import { benchConfig, runOrThrow, SETUP } from './engine-run.ts';
import { plainLoop, type PlainSetup } from './plain-loop.ts';
import { syntheticCandles } from './synthetic-candles.ts';

describe('the engine and the plain loop', () => {
  it('agree on the bars that are measured', () => {
    expectSameRun(syntheticCandles(60_000), SETUP);
  });

  it('agree on prices of a few cents, where the averages tie all the time', () => {
    const closes = fc.array(fc.integer({ min: 100, max: 104 }), { minLength: 2, maxLength: 200 });
    const setup = fc.record({
      fast: fc.integer({ min: 1, max: 5 }),
      wider: fc.integer({ min: 1, max: 10 }),
      takerFee: fc.constantFrom(0, 0.001),
    });
    fc.assert(
      fc.property(closes, setup, (cents, { fast, wider, takerFee }) => {
        expectSameRun(minutes(cents), { fast, slow: fast + wider, cash: 1_000, takerFee });
      }),
      { numRuns: 500 },
    );
  });
});

function expectSameRun(candles: CandleColumns, setup: PlainSetup): void {
  const report = runOrThrow(benchConfig(setup), candles);
  expect(differences(report, plainLoop(candles, setup))).toEqual([]);
}

/** Bars that open where the one before closed. */
function minutes(cents: readonly number[]): CandleColumns {
  return candlesFromRows(
    cents.map((cent, index) => {
      const close = cent / 100;
      const open = (cents[index - 1] ?? cent) / 100;
      return [index * 7_200_000, open, Math.max(open, close), Math.min(open, close), close, 1];
    }),
  );
}
