/** `node write-csv.ts FILE BARS`: the synthetic bars as a candle file, for measuring the command line. */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CandleColumns } from '../../src/core/domain/candles.ts';
import { syntheticCandles } from './synthetic-candles.ts';

const ROWS_PER_PIECE = 1_000;

function* csv({ length, time, open, high, low, close, volume }: CandleColumns): Generator<string> {
  yield 'timestamp,open,high,low,close,volume\n';
  let piece = '';
  for (let bar = 0; bar < length; bar += 1) {
    piece += `${time[bar]},${open[bar]},${high[bar]},${low[bar]},${close[bar]},${volume[bar]}\n`;
    if (bar % ROWS_PER_PIECE > 0) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

const [file = '', bars = ''] = process.argv.slice(2);
await pipeline(Readable.from(csv(syntheticCandles(Number(bars)))), createWriteStream(file));
