import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barAt, joinBars } from './candle-bars.ts';

function candlesOf(closes: readonly number[]) {
  const column = (of: (close: number, bar: number) => number) => Float64Array.from(closes, of);
  return {
    time: column((_, bar) => bar * 60_000),
    open: column((close) => close - 1),
    high: column((close) => close + 2),
    low: column((close) => close - 3),
    close: column((close) => close),
    volume: column(() => 10),
  };
}

it('leaves candles alone while they are few enough', () => {
  const candles = candlesOf([5, 6, 7]);
  expect(joinBars(candles, 3)).toEqual({ ...candles, joined: 1 });
});

it('joins neighbours into bars that say the same of a longer time', () => {
  expect(joinBars(candlesOf([10, 20, 5, 8, 9]), 3)).toEqual({
    joined: 2,
    time: Float64Array.of(0, 120_000, 240_000),
    open: Float64Array.of(9, 4, 8),
    high: Float64Array.of(22, 10, 11),
    low: Float64Array.of(7, 2, 6),
    close: Float64Array.of(20, 8, 9),
    volume: Float64Array.of(20, 20, 10),
  });
});

it('keeps every extreme and all volume', () => {
  const closes = fc.array(fc.integer({ min: 10, max: 1_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(closes, fc.integer({ min: 1, max: 50 }), (prices, most) => {
      const candles = candlesOf(prices);
      const drawn = joinBars(candles, most);
      expect(drawn.time.length).toBeLessThanOrEqual(most);
      expect(Math.max(...drawn.high)).toBe(Math.max(...candles.high));
      expect(Math.min(...drawn.low)).toBe(Math.min(...candles.low));
      expect(drawn.volume.reduce((sum, one) => sum + one, 0)).toBe(10 * prices.length);
      expect(drawn.close.at(-1)).toBe(candles.close.at(-1));
    }),
  );
});

it('finds the bar that a moment falls in', () => {
  const times = Float64Array.of(100, 200, 300);
  expect([50, 100, 199, 200, 250, 300, 999].map((time) => barAt(times, time))).toEqual([
    0, 0, 0, 1, 1, 2, 2,
  ]);
});
