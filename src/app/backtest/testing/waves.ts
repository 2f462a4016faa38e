/** Candles that go up and down, so that averages cross. */

import { emptyCandles, type CandleColumns } from '../../../core/domain/candles.ts';
import { MINUTE_MS } from '../../../core/domain/timeframe.ts';

/** One-minute bars over shared memory, as the library gives them. */
export function waves(bars: number): CandleColumns {
  const candles = shared(emptyCandles(bars));
  for (let index = 0; index < bars; index += 1) {
    const open = price(index - 1);
    const close = price(index);
    candles.time[index] = index * MINUTE_MS;
    candles.open[index] = open;
    candles.high[index] = Math.max(open, close) + 1;
    candles.low[index] = Math.min(open, close) - 1;
    candles.close[index] = close;
    candles.volume[index] = 1;
  }
  return candles;
}

function price(index: number): number {
  return 100 + Math.round(1_000 * Math.sin(index / 25)) / 50;
}

function shared(candles: CandleColumns): CandleColumns {
  const column = (): Float64Array => new Float64Array(new SharedArrayBuffer(8 * candles.length));
  return {
    length: candles.length,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}
