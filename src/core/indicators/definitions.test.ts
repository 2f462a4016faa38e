/** The indicators against plain readings of their definitions, and against technicalindicators with every disagreement named. */

import fc from 'fast-check';
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from 'technicalindicators';
import { describe, expect, it } from 'vitest';
import { IncrementalAtr } from './atr.ts';
import { bollingerColumns, IncrementalBollinger } from './bollinger.ts';
import { IncrementalEma } from './ema.ts';
import { IncrementalMacd } from './macd.ts';
import { IncrementalRsi } from './rsi.ts';
import { IncrementalSma, smaColumn } from './sma.ts';

/** A seeded walk on a 0.01 tick, so that figures are the same in every run. */
function walk(length: number, seed = 7): number[] {
  let state = seed;
  let cents = 2_000_000;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    cents += (state % 4_001) - 2_000;
    return cents / 100;
  });
}

const CLOSES = walk(400);
const HIGHS = CLOSES.map((close, index) => close + ((index * 7) % 13));
const LOWS = CLOSES.map((close, index) => close - ((index * 5) % 11));

function figures(indicator: { push(value: number): number }, values: readonly number[]): number[] {
  return values.map((value) => indicator.push(value));
}

function expectSame(mine: readonly number[], theirs: readonly number[], bound = 1e-9): void {
  const defined = mine.filter((figure) => !Number.isNaN(figure));
  expect(defined).toHaveLength(theirs.length);
  defined.forEach((figure, index) => {
    const other = theirs[index] ?? NaN;
    expect(Math.abs(figure - other)).toBeLessThanOrEqual(bound * Math.max(1, Math.abs(other)));
  });
}

describe('technicalindicators 3.1 agrees on', () => {
  it('SMA', () => {
    expectSame(
      figures(new IncrementalSma(20), CLOSES),
      SMA.calculate({ period: 20, values: CLOSES }),
    );
  });

  it('EMA', () => {
    expectSame(
      figures(new IncrementalEma(20), CLOSES),
      EMA.calculate({ period: 20, values: CLOSES }),
    );
  });

  it('ATR', () => {
    const atr = new IncrementalAtr(14);
    const mine = CLOSES.map((close, index) => atr.push(HIGHS[index] ?? 0, LOWS[index] ?? 0, close));
    expectSame(mine, ATR.calculate({ period: 14, high: HIGHS, low: LOWS, close: CLOSES }));
  });

  it('Bollinger bands', () => {
    const bands = new IncrementalBollinger(20, 2);
    const mine = CLOSES.map((close) => {
      bands.push(close);
      return [bands.lower, bands.middle, bands.upper] as const;
    });
    const theirs = BollingerBands.calculate({ period: 20, stdDev: 2, values: CLOSES });
    expectSame(
      mine.map(([lower]) => lower),
      theirs.map(({ lower }) => lower),
    );
    expectSame(
      mine.map(([, middle]) => middle),
      theirs.map(({ middle }) => middle),
    );
    expectSame(
      mine.map(([, , upper]) => upper),
      theirs.map(({ upper }) => upper),
    );
  });
});

describe('technicalindicators 3.1 disagrees on', () => {
  it('RSI by rounding to two decimals, and no more', () => {
    const theirs = RSI.calculate({ period: 14, values: CLOSES });
    const mine = figures(new IncrementalRsi(14), CLOSES);
    expectSame(
      mine.map((figure) => Number(figure.toFixed(2))),
      theirs,
      1e-4,
    );
  });

  it('RSI of a flat series: TA-Lib says 0, the library 100, and here it has no opinion', () => {
    const flat = Array.from({ length: 20 }, () => 5);
    expect(figures(new IncrementalRsi(14), flat).every(Number.isNaN)).toBe(true);
    expect(new Set(RSI.calculate({ period: 14, values: flat }))).toEqual(new Set([100]));
  });

  it('MACD by seeding the fast average early: far apart at first, the same in the end', () => {
    const macd = new IncrementalMacd(12, 26, 9);
    const mine = CLOSES.map((close) => {
      macd.push(close);
      return macd.line;
    });
    const theirs = MACD.calculate({
      values: CLOSES,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }).map(({ MACD: line }) => line ?? NaN);
    // Theirs begins with the slow average, at bar 25; TA-Lib begins with the signal, at bar 33.
    const atBar = (bar: number): number => Math.abs((mine[bar] ?? NaN) - (theirs[bar - 25] ?? NaN));
    expect(atBar(33)).toBeGreaterThan(1e-3);
    expect(atBar(399)).toBeLessThan(1e-9);
  });
});

describe('definitions', () => {
  const series = fc.array(
    fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 100),
    {
      minLength: 1,
      maxLength: 80,
    },
  );
  const period = fc.integer({ min: 1, max: 20 });

  it('Bollinger: the column and the incremental form agree to the last bit', () => {
    fc.assert(
      fc.property(series, period, (values, length) => {
        const column = Float64Array.from(values);
        const columns = bollingerColumns(
          column,
          smaColumn(column, column.length, length),
          length,
          2,
        );
        const bands = new IncrementalBollinger(length, 2);
        values.forEach((value, index) => {
          bands.push(value);
          expect([bands.upper, bands.lower]).toEqual([columns.upper[index], columns.lower[index]]);
        });
      }),
    );
  });

  it('Bollinger on a flat stretch has no width at all, even after half a million bars', () => {
    const values = Float64Array.from([
      ...walk(500_000),
      ...Array.from({ length: 20 }, () => 123.45),
    ]);
    const middle = smaColumn(values, values.length, 20);
    const { upper, lower } = bollingerColumns(values, middle, 20, 2);
    expect([upper.at(-1), lower.at(-1)]).toEqual([123.45, 123.45]);
  });

  it('RSI stays within 0 and 100 and is 100 when nothing falls', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 20 }), (values, length) => {
        for (const figure of figures(new IncrementalRsi(length), values)) {
          if (!Number.isNaN(figure)) expect(figure >= 0 && figure <= 100).toBe(true);
        }
      }),
    );
    expect(figures(new IncrementalRsi(2), [1, 2, 3, 4]).slice(2)).toEqual([100, 100]);
  });

  it('RSI of a market that stands still is undefined, before it has moved and once that is forgotten', () => {
    const still = Array.from({ length: 2_000 }, () => 0.1 + 0.2);
    const of = (values: readonly number[]): readonly number[] =>
      figures(new IncrementalRsi(14), values);
    expect(of(still).every(Number.isNaN)).toBe(true);
    expect(of([...still, 0.4]).at(-1)).toBe(100);
    expect(of([...still, 0.2]).at(-1)).toBe(0);
    // Right after a move it is the move's; two thousand bars later nothing of it is left but rounding.
    const moved = of([0.4, ...still]);
    expect(moved[20]).toBe(0);
    expect(moved.at(-1)).toBeNaN();
  });

  it('ATR leaves the first bar out: TA-Lib has no previous close for it', () => {
    const atr = new IncrementalAtr(2);
    expect(atr.push(1_000, 1, 10)).toBeNaN();
    expect(atr.push(12, 9, 11)).toBeNaN();
    // true ranges: max(3, |12−10|, |9−10|) = 3 and max(2, |16−11|, |14−11|) = 5
    expect(atr.push(16, 14, 15)).toBe(4);
    // (4 × 1 + max(1, |15.5−15|, |14.5−15|)) / 2
    expect(atr.push(15.5, 14.5, 15)).toBe(2.5);
  });

  it.each([
    ['SMA', (length: number) => new IncrementalSma(length)],
    ['EMA', (length: number) => new IncrementalEma(length)],
    ['RSI', (length: number) => new IncrementalRsi(length)],
    ['ATR', (length: number) => new IncrementalAtr(length)],
    ['Bollinger', (length: number) => new IncrementalBollinger(length, 2)],
  ])('%s refuses a length that cannot be', (_, make) => {
    for (const length of [0, -1, 1.5, NaN]) expect(() => make(length)).toThrow(/whole number from/);
  });

  it('MACD refuses a fast average that is not faster, Bollinger bands without width', () => {
    expect(() => new IncrementalMacd(26, 26, 9)).toThrow(RangeError);
    expect(() => new IncrementalBollinger(20, 0)).toThrow(/more than 0/);
  });
});
