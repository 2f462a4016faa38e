/** The indicators against figures that others have published. */

import { describe, expect, it } from 'vitest';
import { IncrementalAtr } from './atr.ts';
import { IncrementalBollinger } from './bollinger.ts';
import { IncrementalEma } from './ema.ts';
import { IncrementalMacd } from './macd.ts';
import { IncrementalRsi } from './rsi.ts';
import { IncrementalSma } from './sma.ts';

/** The first closes of the daily series that TA-Lib's own regression test runs on (ta_regtest, test_data.c). */
const TA_LIB_CLOSES = [
  91.5, 94.815, 94.375, 95.095, 93.78, 94.625, 92.53, 92.75, 90.315, 92.47, 96.125, 97.25, 98.5,
  89.875, 91, 92.815, 89.155, 89.345, 91.625, 89.875, 88.375, 87.625, 84.78, 83, 83.5, 81.375,
  84.44, 89.25, 86.375, 86.25, 85.25, 87.125, 85.815, 88.97,
];

/** Its first highs and lows. */
const TA_LIB_HIGHS = [
  93.25, 94.94, 96.375, 96.19, 96, 94.72, 95, 93.72, 92.47, 92.75, 96.25, 99.625, 99.125, 92.75,
  91.315, 93.25,
];
const TA_LIB_LOWS = [
  90.75, 91.405, 94.25, 93.5, 92.815, 93.5, 92, 89.75, 89.44, 90.625, 92.75, 96.315, 96.03, 88.815,
  86.75, 90.94,
];

/** StockCharts ChartSchool, "Relative Strength Index": QQQQ closes and the table's 14-day RSI. */
const STOCKCHARTS_RSI_CLOSES = [
  44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
  46.0328, 45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521,
  45.7137, 46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
];
const STOCKCHARTS_RSI = [
  70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46,
  41.87, 45.46, 37.3, 33.08, 37.77,
];

/** StockCharts ChartSchool, "Moving Averages": Intel closes and the table's 10-day EMA, both rounded to cents. */
const STOCKCHARTS_EMA_CLOSES = [
  22.27, 22.19, 22.08, 22.17, 22.18, 22.13, 22.23, 22.43, 22.24, 22.29, 22.15, 22.39, 22.38, 22.61,
  23.36, 24.05, 23.75, 23.83, 23.95, 23.63, 23.82, 23.87, 23.65, 23.19, 23.1, 23.33, 22.68, 23.1,
  22.4, 22.17,
];
const STOCKCHARTS_EMA = [
  22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.8, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.54,
  23.47, 23.4, 23.39, 23.26, 23.23, 23.08, 22.92,
];

describe('published figures', () => {
  it("RSI 14 of TA-Lib's regression series", () => {
    const rsi = new IncrementalRsi(14);
    const figures = TA_LIB_CLOSES.map((close) => rsi.push(close));
    expect(figures.slice(0, 14).every(Number.isNaN)).toBe(true);
    expect(figures[14]).toBeCloseTo(49.14734, 4);
    expect(figures[15]).toBeCloseTo(52.32555, 4);
    expect(figures[16]).toBeCloseTo(46.0724, 4);
  });

  it("SMA 2 and 30, EMA 2 and 10 of TA-Lib's regression series (test_ma.c, two decimals, cut off)", () => {
    const [sma2, sma30] = [new IncrementalSma(2), new IncrementalSma(30)];
    const [ema2, ema10] = [new IncrementalEma(2), new IncrementalEma(10)];
    const rows = TA_LIB_CLOSES.map((close) => ({
      sma2: sma2.push(close),
      sma30: sma30.push(close),
      ema2: ema2.push(close),
      ema10: ema10.push(close),
    }));
    const published = [
      ['sma2', 1, 93.15],
      ['sma2', 2, 94.59],
      ['sma2', 3, 94.73],
      ['sma30', 29, 90.42],
      ['ema2', 1, 93.15],
      ['ema2', 2, 93.96],
      ['ema10', 9, 93.22],
      ['ema10', 10, 93.75],
      ['ema10', 29, 86.46],
    ] as const;
    for (const [name, bar, figure] of published) {
      expect(Math.abs((rows[bar]?.[name] ?? NaN) - figure), `${name} ${bar}`).toBeLessThan(0.01);
    }
    expect(rows[28]?.sma30).toBeNaN();
    expect(rows[8]?.ema10).toBeNaN();
  });

  it("Bollinger 20 with 2 deviations of TA-Lib's regression series (test_bbands.c)", () => {
    const bands = new IncrementalBollinger(20, 2);
    TA_LIB_CLOSES.slice(0, 19).forEach((close) => bands.push(close));
    expect([bands.upper, bands.middle, bands.lower]).toEqual([NaN, NaN, NaN]);
    bands.push(TA_LIB_CLOSES[19] ?? NaN);
    expect(bands.upper).toBeCloseTo(98.0734, 4);
    expect(bands.middle).toBeCloseTo(92.891, 4);
    expect(bands.lower).toBeCloseTo(87.7086, 4);
  });

  it("ATR 14 of TA-Lib's regression series, published as percent of the close (test_per_hlc.c, NATR)", () => {
    const atr = new IncrementalAtr(14);
    const normalised = TA_LIB_HIGHS.map((high, bar) => {
      const close = TA_LIB_CLOSES[bar] ?? NaN;
      return (100 * atr.push(high, TA_LIB_LOWS[bar] ?? NaN, close)) / close;
    });
    expect(normalised.slice(0, 14).every(Number.isNaN)).toBe(true);
    expect(normalised[14]).toBeCloseTo(3.9321, 4);
    expect(normalised[15]).toBeCloseTo(3.7576, 4);
  });

  it("MACD 12/26/9 of TA-Lib's regression series begins at bar 33 with −1.9738, −2.7071, 0.7333", () => {
    const macd = new IncrementalMacd(12, 26, 9);
    TA_LIB_CLOSES.slice(0, 33).forEach((close) => macd.push(close));
    expect([macd.line, macd.signal, macd.histogram]).toEqual([NaN, NaN, NaN]);
    macd.push(TA_LIB_CLOSES[33] ?? NaN);
    expect(macd.line).toBeCloseTo(-1.9738, 4);
    expect(macd.signal).toBeCloseTo(-2.7071, 4);
    expect(macd.histogram).toBeCloseTo(0.7333, 4);
  });

  it('RSI 14 of the StockCharts table, every row', () => {
    const rsi = new IncrementalRsi(14);
    const figures = STOCKCHARTS_RSI_CLOSES.map((close) => rsi.push(close)).slice(14);
    expect(figures.map((figure) => Number(figure.toFixed(2)))).toEqual(STOCKCHARTS_RSI);
  });

  it('EMA 10 of the StockCharts table, every row to the cent that its own rounding leaves open', () => {
    const ema = new IncrementalEma(10);
    const figures = STOCKCHARTS_EMA_CLOSES.map((close) => ema.push(close)).slice(9);
    expect(figures).toHaveLength(STOCKCHARTS_EMA.length);
    figures.forEach((figure, row) => {
      expect(Math.abs(figure - (STOCKCHARTS_EMA[row] ?? NaN))).toBeLessThanOrEqual(0.0101);
    });
  });
});
