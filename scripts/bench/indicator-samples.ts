/** Nanoseconds a bar that each indicator takes to fill its column, compiled. */

import type { CandleColumns } from '../../src/core/domain/candles.ts';
import { columnarIndicators } from '../../src/core/indicators/columnar-indicators.ts';
import type { Figures } from './child.ts';
import { medianInTurns } from './measure.ts';
import { syntheticCandles } from './synthetic-candles.ts';

const BARS = 100_000;

export function indicatorFigures(): Figures {
  const candles = syntheticCandles(BARS);
  const longPrices = withLongPrices(candles);
  // A new set each time, because a set computes the same request once.
  const indicators = () => columnarIndicators(candles, { index: 0 });
  const unrounded = () => columnarIndicators(longPrices, { index: 0 });
  const times = medianInTurns(
    {
      'SMA 30': () => indicators().sma('close', 30),
      'EMA 30': () => indicators().ema('close', 30),
      'RSI 14': () => indicators().rsi('close', 14),
      'MACD 12/26/9': () => indicators().macd('close', 12, 26, 9),
      'Bollinger 20': () => indicators().bollinger('close', 20, 2),
      'ATR 14': () => indicators().atr(14),
      'SMA cross 10/30': () => indicators().smaCross('close', 10, 30),
      'SMA cross 10/30, prices of 16 digits': () => unrounded().smaCross('close', 10, 30),
    },
    5,
    9,
  );
  return Object.fromEntries(
    Object.entries(times).map(([name, took]) => [name, (took / BARS) * 1e6]),
  );
}

/** Adjusted prices, for one, are quotients with every digit that float64 holds. */
function withLongPrices(candles: CandleColumns): CandleColumns {
  return { ...candles, close: candles.close.map((price) => price / 3) };
}
