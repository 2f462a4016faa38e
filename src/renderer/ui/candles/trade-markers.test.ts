import { expect, it } from 'vitest';
import { paletteOf } from '../../app/palette.ts';
import { sampleTrade } from '../../testing/samples.ts';
import { MOST_MARKED, tradeMarkers, tradesInSpan } from './trade-markers.ts';

const palette = paletteOf('light');
const times = Float64Array.of(1_000, 2_000, 3_000, 4_000);

it('marks entries below and exits above their bars, in the order of time', () => {
  const trades = [
    sampleTrade({ entryTime: 1_000, exitTime: 3_000, exitReason: 'stop-loss' }),
    sampleTrade({ entryTime: 2_500, exitTime: null, exitPrice: null, exitReason: null }),
  ];
  expect(
    tradeMarkers(trades, times, palette).map(({ time, position, text }) => [time, position, text]),
  ).toEqual([
    [1, 'belowBar', 'Buy'],
    [2, 'belowBar', 'Buy'],
    [3, 'aboveBar', 'Stop'],
  ]);
});

it('drops the words when there are many, and the marks when there are too many', () => {
  const trades = (count: number) =>
    Array.from({ length: count }, () => sampleTrade({ entryTime: 1_000, exitTime: 2_000 }));
  expect(tradeMarkers(trades(50), times, palette)[0]?.text).toBe('');
  expect(tradeMarkers(trades(MOST_MARKED), times, palette)).toHaveLength(2 * MOST_MARKED);
  expect(tradeMarkers(trades(MOST_MARKED + 1), times, palette)).toEqual([]);
});

it('takes the trades that touch what is in sight', () => {
  const before = sampleTrade({ entryTime: 0, exitTime: 900 });
  const across = sampleTrade({ entryTime: 500, exitTime: 9_000 });
  const open = sampleTrade({ entryTime: 1_500, exitTime: null });
  const after = sampleTrade({ entryTime: 5_000, exitTime: 6_000 });
  expect(tradesInSpan([before, across, open, after], 1_000, 4_000)).toEqual([across, open]);
});
