/** The columnar and the incremental set show a strategy the same lines, bar by bar. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../domain/candles.ts';
import { columnarIndicators } from './columnar-indicators.ts';
import { incrementalIndicators } from './incremental-indicators.ts';
import type { IndicatorSet, Line } from './indicator-set.ts';

const price = fc.integer({ min: 100, max: 140 }).map((tick) => tick / 100);
const bars = fc
  .array(fc.tuple(price, price, price, price, fc.integer({ min: 0, max: 9 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((list) =>
    list.map(([open, a, b, close, volume], index): CandleRow => [
      index * 60_000,
      open,
      Math.max(open, a, b, close),
      Math.min(open, a, b, close),
      close,
      volume,
    ]),
  );

function everyLine(set: IndicatorSet): Line[] {
  const macd = set.macd('close', 3, 7, 4);
  const bands = set.bollinger('close', 5, 2);
  const cross = set.smaCross('close', 2, 5);
  return [
    set.price('open'),
    set.price('volume'),
    set.sma('high', 4),
    set.ema('close', 6),
    set.rsi('close', 5),
    set.atr(4),
    macd.line,
    macd.signal,
    macd.histogram,
    bands.middle,
    bands.upper,
    bands.lower,
    cross.fast,
    cross.slow,
    { warmUp: 5, at: () => Number(cross.crossedAbove()) },
    { warmUp: 5, at: () => Number(cross.crossedBelow()) },
  ];
}

describe('the two indicator sets', () => {
  it('agree on every line at every bar, to the last bit', () => {
    fc.assert(
      fc.property(bars, (rows) => {
        const cursor = { index: 0 };
        const columnar = everyLine(columnarIndicators(candlesFromRows(rows), cursor));
        const live = incrementalIndicators(4);
        const incremental = everyLine(live);
        rows.forEach((row, index) => {
          cursor.index = index;
          live.push(row);
          for (const ago of [0, 1, 3]) {
            expect(incremental.map((line) => line.at(ago))).toEqual(
              columnar.map((line) => line.at(ago)),
            );
          }
        });
      }),
    );
  });

  it('say of each line how many bars it needs', () => {
    const rows = Array.from({ length: 60 }, (_, index): CandleRow => {
      const close = 100 + ((index * 37) % 17);
      return [index * 60_000, close, close + 2, close - 1, close, 1];
    });
    const live = incrementalIndicators(rows.length);
    const incremental = everyLine(live).slice(0, -2);
    rows.forEach((row) => live.push(row));
    const columnar = everyLine(
      columnarIndicators(candlesFromRows(rows), { index: rows.length - 1 }),
    ).slice(0, -2);
    for (const line of [...incremental, ...columnar]) {
      const figures = rows.map((_, index) => line.at(rows.length - 1 - index));
      expect(figures.findIndex((figure) => !Number.isNaN(figure))).toBe(line.warmUp);
    }
  });

  it('give the same line for the same request', () => {
    const candles = candlesFromRows([[0, 1, 1, 1, 1, 1]]);
    for (const set of [columnarIndicators(candles, { index: 0 }), incrementalIndicators(2)]) {
      expect(set.sma('close', 3)).toBe(set.sma('close', 3));
      expect(set.macd('close', 3, 7, 4)).toBe(set.macd('close', 3, 7, 4));
      expect(set.smaCross('close', 2, 3).fast).toBe(set.smaCross('close', 2, 3).fast);
      expect(set.sma('close', 3)).not.toBe(set.sma('open', 3));
      expect(set.sma('close', 3)).not.toBe(set.ema('close', 3));
    }
  });

  it('keep at least the two bars that a crossing looks at', () => {
    expect(() => incrementalIndicators(1)).toThrow(/history of a line is 1/);
  });

  it('never show a bar that has not closed', () => {
    const rows: CandleRow[] = [
      [0, 1, 1, 1, 1, 1],
      [60_000, 2, 2, 2, 2, 1],
    ];
    const columnar = columnarIndicators(candlesFromRows(rows), { index: 0 }).price('close');
    expect(columnar.at(0)).toBe(1);
    expect(columnar.at(1)).toBeNaN();
    expect(() => columnar.at(-1)).toThrow(/a bar 1 ahead/);
    const live = incrementalIndicators(2);
    const line = live.price('close');
    rows.forEach((row) => live.push(row));
    expect([line.at(0), line.at(1), line.at(2)]).toEqual([2, 1, NaN]);
    expect(() => line.at(-1)).toThrow(/a bar 1 ahead/);
    expect(() => live.sma('close', 3)).toThrow(/before the first bar/);
  });
});
