/**
 * Downloaded series on disk. A description in JSON names the file of columns that it describes: replacing the description
 * is the one step that makes new bars count, so that a crash leaves the old series or the new one.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { candleGap } from '../../contract/downloads.ts';
import { VENUE_IDS } from '../../contract/live.ts';
import { timeframe, timestamp } from '../../contract/shared-schemas.ts';
import { emptyCandles, type CandleColumns } from '../../core/domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { readColumns, writeColumns } from '../candles/columns-file.ts';
import { takeProfileLock } from '../storage/profile-lock.ts';
import { gapsOf } from './gaps.ts';
import { joinBars } from './join-bars.ts';
import { readPages } from './page-log.ts';
import { fileStem, isSymbol, type SeriesName } from './series-name.ts';
import { withSpan, type Span } from './spans.ts';

const description = z.strictObject({
  version: z.literal(1),
  exchange: z.enum(VENUE_IDS),
  symbol: z.string().refine(isSymbol),
  timeframe,
  /** Name of the file of columns beside it. */
  columns: z.string().regex(/^[\w%.-]+\.bin$/),
  /** Of that file's bytes, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  bars: z.number().int().nonnegative(),
  firstTime: timestamp.nullable(),
  lastTime: timestamp.nullable(),
  /** What the exchange has been asked for, in order and apart. */
  covered: z.array(z.strictObject({ from: timestamp, to: timestamp })),
  gaps: z.array(candleGap),
});

export type KeptSeries = Readonly<z.infer<typeof description>>;
export type SeriesFailure = Failure<'SERIES_UNREADABLE'>;

const DESCRIPTION = '.json';
const LOG = '.pages';

export class SeriesStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  /** @param report told of each description that cannot be read; its files are left as they are */
  async list(report: (error: SeriesFailure) => void): Promise<readonly KeptSeries[]> {
    const names = await readdir(this.#folder).catch(orNothing<string[]>([]));
    const kept: KeptSeries[] = [];
    for (const name of names.filter((each) => each.endsWith(DESCRIPTION)).toSorted()) {
      const read = await readDescription(join(this.#folder, name));
      if (!read.ok) report(read.error);
      else if (read.value !== null) kept.push(read.value);
    }
    return kept;
  }

  /** @returns `null` where nothing of it is kept */
  find(name: SeriesName): Promise<Result<KeptSeries | null, SeriesFailure>> {
    return readDescription(this.#path(name, DESCRIPTION));
  }

  async load({ columns }: KeptSeries): Promise<Result<CandleColumns, SeriesFailure>> {
    const read = await readColumns(join(this.#folder, columns));
    return read.ok ? read : fail('SERIES_UNREADABLE', read.error.sentence);
  }

  /** Of the file of columns as it is now, in hexadecimal. */
  hash({ columns }: KeptSeries): Promise<string> {
    return sha256Of(join(this.#folder, columns));
  }

  /** Lets one process write a series at a time. @returns the release, or `null` where another one holds it */
  async lock(name: SeriesName): Promise<(() => void) | null> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return takeProfileLock(this.#path(name, '.lock'));
  }

  /** Where the pages of a download go until `fold` makes them part of the series. */
  logPath(name: SeriesName): string {
    return this.#path(name, LOG);
  }

  /** Makes logged pages part of the series. The caller holds the lock. @returns `null` where there is nothing of either */
  async fold(name: SeriesName): Promise<Result<KeptSeries | null, SeriesFailure>> {
    const found = await this.find(name);
    if (!found.ok) return found;
    const kept = found.value;
    const pages = await readPages(this.logPath(name));
    if (pages.length === 0) return found;
    const candles = kept === null ? ok(emptyCandles(0)) : await this.load(kept);
    if (!candles.ok) return candles;
    const joined = await joinBars(candles.value, pages);
    const spans = pages.map(({ span }) => span);
    const covered = spans.reduce(withSpan, kept?.covered ?? []);
    const replaced = await this.#replace(name, joined, covered);
    await this.#dropOthers(replaced);
    await rm(this.logPath(name), { force: true });
    return ok(replaced);
  }

  /** The caller holds the lock. */
  async remove(name: SeriesName): Promise<void> {
    const found = await this.find(name);
    await rm(this.#path(name, DESCRIPTION), { force: true });
    await rm(this.logPath(name), { force: true });
    if (found.ok && found.value !== null) await this.#drop(found.value.columns);
  }

  async #replace(
    { exchange, symbol, timeframe: length }: SeriesName,
    candles: CandleColumns,
    covered: readonly Span[],
  ): Promise<KeptSeries> {
    const name = { exchange, symbol, timeframe: length };
    const unnamed = this.#path(name, '.new.bin');
    await writeColumns(unnamed, candles);
    const sha256 = await sha256Of(unnamed);
    const columns = `${fileStem(name)}.${sha256.slice(0, 16)}.bin`;
    await rename(unnamed, join(this.#folder, columns));
    const { size: bytes } = await stat(join(this.#folder, columns));
    const facts: KeptSeries = {
      version: 1,
      ...name,
      columns,
      sha256,
      bytes,
      bars: candles.length,
      firstTime: candles.length === 0 ? null : (candles.time[0] ?? null),
      lastTime: candles.length === 0 ? null : (candles.time[candles.length - 1] ?? null),
      covered: [...covered],
      gaps: [...gapsOf(candles, length, covered)],
    };
    await syncFolder(this.#folder);
    await replaceFile(this.#path(name, DESCRIPTION), `${JSON.stringify(facts, null, 1)}\n`);
    await syncFolder(this.#folder);
    return facts;
  }

  /** What a crash has left too. Windows keeps a file that is being read: the next fold drops it. */
  async #dropOthers(series: KeptSeries): Promise<void> {
    const own = `${fileStem(series)}.`;
    const others = (await readdir(this.#folder)).filter(
      (name) => name.startsWith(own) && name.endsWith('.bin') && name !== series.columns,
    );
    for (const name of others) await this.#drop(name);
  }

  async #drop(columns: string): Promise<void> {
    await rm(join(this.#folder, columns), { force: true }).catch(() => {});
  }

  #path(name: SeriesName, suffix: string): string {
    return join(this.#folder, `${fileStem(name)}${suffix}`);
  }
}

async function readDescription(path: string): Promise<Result<KeptSeries | null, SeriesFailure>> {
  const text = await readFile(path, 'utf8').catch(orNothing<null>(null));
  if (text === null) return ok(null);
  const parsed = description.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data);
  return fail(
    'SERIES_UNREADABLE',
    `The description ${path} of downloaded candles cannot be read: it is damaged, or from a newer version. Remove it and download them again.`,
  );
}

/** `undefined` for what is not JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

/** Renames are then on disk too. Windows cannot open a folder, and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing;
    throw error;
  };
}
