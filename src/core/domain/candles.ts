/** Candles in columns: a bar is an index into six arrays, so that a replay of millions of bars allocates nothing per bar. */

/**
 * Closed bars, oldest first, strictly rising in time.
 * All six arrays have at least `length` entries; entries from `length` on are undefined content.
 */
export interface CandleColumns {
  /** Number of bars. */
  readonly length: number;
  /** Start of each bar, ms UTC. */
  readonly time: Float64Array;
  /** Prices in the quote currency. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Traded amount in the base currency. */
  readonly volume: Float64Array;
}

export type PriceColumn = 'open' | 'high' | 'low' | 'close' | 'volume';

/** Columns of `length` bars, all zero, to be filled in by a parser or a generator. */
export function emptyCandles(length: number): CandleColumns {
  return {
    length,
    time: new Float64Array(length),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  };
}

/** One bar as `[time ms, open, high, low, close, volume]`: ccxt's and freqtrade's row. */
export type CandleRow = readonly [
  time: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

/** Columns from rows. For tests, small imports and live feeds; large files are parsed straight into columns. */
export function candlesFromRows(rows: readonly CandleRow[]): CandleColumns {
  const candles = emptyCandles(rows.length);
  rows.forEach(([time, open, high, low, close, volume], index) => {
    candles.time[index] = time;
    candles.open[index] = open;
    candles.high[index] = high;
    candles.low[index] = low;
    candles.close[index] = close;
    candles.volume[index] = volume;
  });
  return candles;
}
