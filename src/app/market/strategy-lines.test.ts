import { expect, it } from 'vitest';
import { candlesFromRows } from '../../core/domain/candles.ts';
import { strategyLines } from './strategy-lines.ts';

const CLOSES = [1, 2, 3, 4, 5, 6];
const candles = candlesFromRows(
  CLOSES.map((close, bar) => [bar * 60_000, close, close, close, close, 1]),
);

it('shows the averages that a cross is decided by', () => {
  expect(strategyLines({ name: 'sma-cross', params: { fast: 2, slow: 3 } }, candles)).toEqual([
    { name: 'SMA 2', pane: 'price', values: Float64Array.of(NaN, 1.5, 2.5, 3.5, 4.5, 5.5) },
    { name: 'SMA 3', pane: 'price', values: Float64Array.of(NaN, NaN, 2, 3, 4, 5) },
  ]);
});

it('shows what is not a price below the candles', () => {
  const lines = strategyLines({ name: 'rsi-reversion', params: { period: 2 } }, candles);
  expect(lines.map(({ name, pane }) => [name, pane])).toEqual([['RSI 2', 'below']]);
  expect(lines[0]?.values.at(-1)).toBe(100);
});

it('shows no lines of a strategy that is not there, or whose parameters are wrong', () => {
  expect(strategyLines({ name: 'gone', params: {} }, candles)).toEqual([]);
  expect(strategyLines({ name: 'sma-cross', params: { fast: 9, slow: 3 } }, candles)).toEqual([]);
});
