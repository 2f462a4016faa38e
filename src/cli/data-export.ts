/** Runs `piggy data export`: kept candles as a file that can be imported again. */

import { candleText, type CandleTextFormat } from '../app/candles/candle-export.ts';
import { dataFolder, type DataFolderOptions } from './data-folder.ts';
import { writeDocument } from './document-output.ts';
import { findKept } from './kept-candles.ts';
import { usable } from './usable-folder.ts';

export interface ExportOptions extends DataFolderOptions {
  readonly out: string;
}

/** @returns the sentence to end with, or `null` when all went well. */
export async function exportCandles(
  name: string,
  { out, ...options }: ExportOptions,
): Promise<string | null> {
  const format = formatOf(out);
  if (format === null) return `Give --out a name that ends in .csv or .json; ${out} does not.`;
  const folder = await dataFolder(options);
  if (!folder.ok) return folder.error.sentence;
  const { value } = folder;
  const found = await usable(value.path, () => findKept(name, value));
  if (!found.ok) return found.error.sentence;
  if (!found.value.ok) return found.value.error.sentence;
  const loaded = await found.value.value.load();
  if (!loaded.ok) return loaded.error.sentence;
  return writeDocument(out, candleText(loaded.value, format));
}

function formatOf(out: string): CandleTextFormat | null {
  if (out === '-' || /\.csv$/i.test(out)) return 'csv';
  return /\.json$/i.test(out) ? 'json' : null;
}
