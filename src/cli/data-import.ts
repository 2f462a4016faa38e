/** Runs `piggy data import`: a file of candles becomes one of those that the app lists. */

import { basename } from 'node:path';
import { readCandleFile } from '../app/candles/candle-file.ts';
import { fileSource } from '../app/candles/file-source.ts';
import { SourceStore, type StoredSource } from '../app/candles/source-store.ts';
import { createDataDir } from '../app/data-dir.ts';
import { displayName } from '../contract/shared-schemas.ts';
import type { CandleColumns } from '../core/domain/candles.ts';
import type { Timeframe } from '../core/domain/timeframe.ts';
import { dataFolder, type DataFolder, type DataFolderOptions } from './data-folder.ts';
import { barCount, shownMoment } from './data-sentences.ts';
import { usable } from './usable-folder.ts';

export interface ImportOptions extends DataFolderOptions {
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
}

/** @returns the sentence to end with, or `null` when all went well. */
export async function importFile(path: string, options: ImportOptions): Promise<string | null> {
  const folder = await dataFolder(options);
  if (!folder.ok) return folder.error.sentence;
  const { value } = folder;
  const name = displayName.safeParse(basename(path));
  if (!name.success) return `The name of ${path} ${name.error.issues[0]?.message ?? 'is no name'}.`;
  const given = options.timeframe === undefined ? {} : { timeframe: options.timeframe };
  const read = await readCandleFile(path, given);
  if (!read.ok) return read.error.sentence;
  for (const { sentence } of read.value.warnings) process.stderr.write(`Warning: ${sentence}\n`);
  const stored = fileSource(name.data, read.value, options.symbol);
  const kept = await usable(value.path, () => keep(value, stored, read.value.candles));
  if (!kept.ok) return kept.error.sentence;
  process.stdout.write(summaryOf(stored));
  return null;
}

async function keep(
  { path, candles }: DataFolder,
  stored: StoredSource,
  columns: CandleColumns,
): Promise<void> {
  await createDataDir(path);
  await (await SourceStore.open(candles)).keep(stored, columns);
}

function summaryOf({ source }: StoredSource): string {
  const { id, name, symbol, timeframe, bars, firstTime, lastTime } = source;
  const span = `${shownMoment(firstTime)} to ${shownMoment(lastTime)} UTC`;
  const what = symbol === null ? timeframe : `${symbol} ${timeframe}`;
  return `${name}: ${what}, ${barCount(bars)}, ${span}. Its id is ${id}.\n`;
}
