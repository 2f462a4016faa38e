/** Exported candles read back as they were, whatever numbers they hold. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candlesFromRows, type CandleRow } from '../../core/domain/candles.ts';
import { readCandleBytes } from './candle-file.ts';
import { candleText } from './candle-export.ts';
import { unsoundness } from './soundness.ts';

const MINUTE = 60_000;

const price = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const row = fc.tuple(
  fc.array(price, { minLength: 4, maxLength: 4 }),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
);

/** Bars that can be, a minute apart. */
const bars = fc.array(row, { minLength: 2, maxLength: 30 }).map((rows) =>
  rows.map(([prices, volume], index): CandleRow => {
    const [low = 1, open = 1, close = 1, high = 1] = prices.toSorted((a, b) => a - b);
    return [Date.UTC(2024, 0, 1) + index * MINUTE, open, high, low, close, volume];
  }),
);

async function* encoded(chunks: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk);
}

it.each(['csv', 'json'] as const)('as %s', async (format) => {
  await fc.assert(
    fc.asyncProperty(bars, async (rows) => {
      const candles = candlesFromRows(rows);
      const source = encoded(candleText(candles, format));
      const read = await readCandleBytes(source, { name: 'export', timeframe: '1m' });
      if (!read.ok) throw new Error(read.error.sentence);
      const { time, open, high, low, close, volume } = read.value.candles;
      const columns = [time, open, high, low, close, volume];
      expect(rows.map((_, bar) => columns.map((column) => column[bar]))).toEqual(rows);
      expect(unsoundness(candles, '1m')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const START = Date.UTC(2024, 0, 1);
const GOOD: CandleRow = [START, 10, 12, 9, 11, 1];

it.each<[string, CandleRow]>([
  ['not after the bar before', [START, 10, 12, 9, 11, 1]],
  ['not a whole number of bars', [START + 90_000, 10, 12, 9, 11, 1]],
  ['no positive number', [START + MINUTE, 10, 12, 0, 11, 1]],
  ['a high below', [START + MINUTE, 10, 10.5, 9, 11, 1]],
  ['a low above', [START + MINUTE, 10, 12, 10.5, 11, 1]],
  ['a volume that', [START + MINUTE, 10, 12, 9, 11, -1]],
])('a bar is found that is, or has, %s', (words, bad) => {
  const found = unsoundness(candlesFromRows([GOOD, bad]), '1m');
  expect(found).toEqual([expect.stringContaining(words)]);
  expect(found[0]).toMatch(/^1 bar .*, first that of 2024-01-01 00:0\d.* UTC\.$/);
});
