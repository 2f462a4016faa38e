import { expect, it } from 'vitest';
import { sampleTrade } from '../../../testing/samples.ts';
import { filterTrades, OUTCOMES } from './trade-filter.ts';

it('sorts trades by how they ended', () => {
  const trades = [
    sampleTrade({ pnl: 5 }),
    sampleTrade({ pnl: -5, exitReason: 'stop-loss' }),
    sampleTrade({ pnl: 0 }),
    sampleTrade({ pnl: 7, exitTime: null, exitPrice: null, exitReason: null }),
  ].map((trade, index) => ({ number: index + 1, trade }));
  const found = OUTCOMES.map(({ value }) => [
    value,
    filterTrades(trades, value).map(({ number }) => number),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    all: [1, 2, 3, 4],
    won: [1],
    lost: [2],
    stopped: [2],
    open: [4],
  });
});
