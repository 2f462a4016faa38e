/** Candles made ready to be drawn: joined where there are too many, and found by time. */

import type { CandleChart } from '../../../contract/candles.ts';

export interface DrawnCandles extends CandleChart {
  /** How many bars of the source make one drawn bar; the last may have fewer. */
  readonly joined: number;
}

/**
 * Joins neighbouring bars until no more than `most` are left: first open, highest high, lowest low, last close,
 * volumes added. With few enough bars the columns are returned as they are.
 */
export function joinBars(candles: CandleChart, most: number): DrawnCandles {
  const bars = candles.time.length;
  if (bars <= most) return { ...candles, joined: 1 };
  const joined = Math.ceil(bars / most);
  const length = Math.ceil(bars / joined);
  const column = () => new Float64Array(length);
  const drawn: DrawnCandles = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    joined,
  };
  for (let index = 0; index < length; index += 1) joinInto(drawn, index, candles);
  return drawn;
}

function joinInto(drawn: DrawnCandles, index: number, candles: CandleChart): void {
  const start = index * drawn.joined;
  const end = Math.min(start + drawn.joined, candles.time.length);
  let [high, low, volume] = [-Infinity, Infinity, 0];
  for (let bar = start; bar < end; bar += 1) {
    high = Math.max(high, at(candles.high, bar));
    low = Math.min(low, at(candles.low, bar));
    volume += at(candles.volume, bar);
  }
  drawn.time[index] = at(candles.time, start);
  drawn.open[index] = at(candles.open, start);
  drawn.high[index] = high;
  drawn.low[index] = low;
  drawn.close[index] = at(candles.close, end - 1);
  drawn.volume[index] = volume;
}

/** Index of the bar that this moment falls in: the last that starts at or before it; 0 before the first. */
export function barAt(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (at(times, middle) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @throws Error outside of the column: a programming error. */
export function at(column: Float64Array, index: number): number {
  const value = column[index];
  if (value === undefined) throw new Error(`Bar ${index} is outside of the chart.`);
  return value;
}
