/** Runs `piggy data list`: what is kept, as a table or as JSON. */

import { venueName } from '../app/downloads/series-name.ts';
import { dataFolder, type DataFolderOptions } from './data-folder.ts';
import { shownMoment } from './data-sentences.ts';
import { allKept, type Kept } from './kept-candles.ts';
import { usable } from './usable-folder.ts';

export interface ListOptions extends DataFolderOptions {
  readonly json?: boolean;
}

const HEADERS = [
  'candles',
  'exchange',
  'symbol',
  'bar',
  'from (UTC)',
  'to',
  'bars',
  'missing',
  'size',
];
/** Columns of numbers, which are read from their right end. */
const NUMBERS: ReadonlySet<number> = new Set([6, 7, 8]);

/** @returns the sentence to end with, or `null` when all went well. */
export async function list(options: ListOptions): Promise<string | null> {
  const folder = await dataFolder(options);
  if (!folder.ok) return folder.error.sentence;
  const { value } = folder;
  const note = (sentence: string): void => void process.stderr.write(`Warning: ${sentence}\n`);
  const kept = await usable(value.path, () => allKept(value, note));
  if (!kept.ok) return kept.error.sentence;
  if (options.json === true)
    process.stdout.write(
      `${JSON.stringify(
        kept.value.map(({ facts }) => facts),
        null,
        1,
      )}\n`,
    );
  else process.stdout.write(kept.value.length === 0 ? nothing(value.path) : table(kept.value));
  return null;
}

function nothing(path: string): string {
  return `There are no candles in ${path} yet. "piggy data download --help" says how to get some.\n`;
}

function table(kept: readonly Kept[]): string {
  const rows = [HEADERS, ...kept.map(cellsOf)];
  const widths = HEADERS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        NUMBERS.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function cellsOf({ facts }: Kept): readonly string[] {
  const { id, name, exchange, symbol, timeframe, from, to, bars, missing, bytes } = facts;
  const moment = (time: number | null): string => (time === null ? '–' : shownMoment(time));
  return [
    exchange === null ? `${id.slice(0, 8)} (${name})` : id,
    exchange === null ? '–' : venueName(exchange),
    symbol ?? '–',
    timeframe,
    moment(from),
    moment(to),
    bars.toLocaleString('en-US'),
    missing.toLocaleString('en-US'),
    `${(bytes / 2 ** 20).toFixed(1)} MB`,
  ];
}
