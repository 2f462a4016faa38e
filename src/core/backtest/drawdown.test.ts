import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candlesFromRows } from '../domain/candles.ts';
import { deepestDrawdown, drawdownColumn } from './drawdown.ts';

it('shows for each bar how far below the highest equity so far it is', () => {
  const column = drawdownColumn(Float64Array.of(90, 100, 200, 150, 200, 50), 100);
  expect([...column]).toEqual([0.1, 0, 0, 0.25, 0, 0.75]);
});

it('the deepest point of the column is the maximum drawdown, to the last bit', () => {
  const curve = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), {
    minLength: 1,
    maxLength: 50,
  });
  fc.assert(
    fc.property(curve, fc.double({ min: 0.01, max: 1e9, noNaN: true }), (drawn, start) => {
      const equity = Float64Array.from(drawn);
      const candles = candlesFromRows(drawn.map((_, index) => [index, 1, 1, 1, 1, 1]));
      const { depth } = deepestDrawdown(candles, equity, start);
      expect(depth).toBe(Math.max(...drawdownColumn(equity, start)));
    }),
  );
});
