/** What is said of gaps: whose they are, where they are, and that there are more. */

import { expect, it } from 'vitest';
import type { Gap } from '../app/downloads/gaps.ts';
import { gapLines } from './data-sentences.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

function aGap(hour: number, bars: number, cause: Gap['cause'] = 'exchange'): Gap {
  return { from: START + hour * HOUR, to: START + (hour + bars) * HOUR, bars, cause };
}

it('says nothing where nothing is missing', () => {
  expect(gapLines([], 'binanceus:BTC/USDT:1h')).toEqual([]);
});

it("tells the exchange's gaps from those that were not downloaded, and does not list hundreds", () => {
  const gaps = [aGap(1, 1), aGap(5, 2), aGap(9, 3), aGap(20, 24, 'not-downloaded')];
  expect(gapLines(gaps, 'binanceus:BTC/USDT:1h', 2)).toEqual([
    'The exchange has no bars in 3 gaps, 6 bars in all:',
    '  2024-01-01 01:00 to 2024-01-01 02:00 UTC, 1 bar',
    '  2024-01-01 05:00 to 2024-01-01 07:00 UTC, 2 bars',
    '  and 1 more: piggy data check binanceus:BTC/USDT:1h lists them all',
    'Not downloaded are the bars of 1 gap, 24 bars in all:',
    '  2024-01-01 20:00 to 2024-01-02 20:00 UTC, 24 bars',
  ]);
});
