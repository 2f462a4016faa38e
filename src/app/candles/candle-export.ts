/** Candles as text that an import reads back into the same columns: CSV with a header, or JSON rows. */

import type { ExportedFile } from '../../contract/backtest.ts';
import type { CandleSource } from '../../contract/candles.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';

export type CandleTextFormat = 'csv' | 'json';

/** Rows per piece: some hundred kB. */
const ROWS_PER_CHUNK = 4_096;

const HEADER = 'timestamp,open,high,low,close,volume';

/** Times in ms UTC; numbers in the fewest digits that read back as the same. In pieces of many rows. */
export function candleText(
  candles: CandleColumns,
  format: CandleTextFormat,
): Generator<string, void, undefined> {
  return format === 'csv'
    ? pieces(candles, { head: `${HEADER}\n`, row: (cells) => `${cells}\n`, between: '', tail: '' })
    : pieces(candles, { head: '[', row: (cells) => `[${cells}]`, between: ',\n', tail: ']\n' });
}

/** The text as a file, whose name tells an import what it is of. */
export function exportedCandles(
  { symbol, name, timeframe }: CandleSource,
  candles: CandleColumns,
  format: CandleTextFormat,
): ExportedFile {
  const what = (symbol ?? name).replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const bytes = new TextEncoder().encode([...candleText(candles, format)].join(''));
  const mimeType = format === 'csv' ? 'text/csv' : 'application/json';
  return { fileName: `${what}_${timeframe}.${format}`, mimeType, bytes };
}

interface Layout {
  readonly head: string;
  readonly row: (cells: string) => string;
  readonly between: string;
  readonly tail: string;
}

function* pieces(
  candles: CandleColumns,
  { head, row, between, tail }: Layout,
): Generator<string, void, undefined> {
  yield head;
  for (let start = 0; start < candles.length; start += ROWS_PER_CHUNK) {
    let piece = '';
    for (let bar = start; bar < Math.min(start + ROWS_PER_CHUNK, candles.length); bar += 1) {
      piece += `${bar === 0 ? '' : between}${row(cellsOf(candles, bar))}`;
    }
    yield piece;
  }
  yield tail;
}

function cellsOf({ time, open, high, low, close, volume }: CandleColumns, bar: number): string {
  return `${time[bar]},${open[bar]},${high[bar]},${low[bar]},${close[bar]},${volume[bar]}`;
}
