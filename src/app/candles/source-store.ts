/** Imported candles on disk: columns in one file, what they are in another, both named by the source's id. */

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { candleSource, type CandleSource } from '../../contract/candles.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import type { Result } from '../../core/domain/result.ts';
import { readColumns, writeColumns, type ColumnsFileFailure } from './columns-file.ts';

const storedSource = z.strictObject({ source: candleSource, sha256: z.string() });

export type StoredSource = z.infer<typeof storedSource>;

const DESCRIPTION = '.json';

export class SourceStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<SourceStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new SourceStore(folder);
  }

  /** @param report told of each description that cannot be read; its files are left as they are */
  async list(report: (error: unknown) => void): Promise<StoredSource[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(DESCRIPTION));
    const found: StoredSource[] = [];
    for (const name of names.toSorted()) {
      try {
        const text = await readFile(join(this.#folder, name), 'utf8');
        found.push(storedSource.parse(JSON.parse(text)));
      } catch (error) {
        report(new Error(`The candle source ${name} cannot be read.`, { cause: error }));
      }
    }
    return found;
  }

  /** The description comes last: a crash before it leaves no source, only columns that the next import overwrites. */
  async keep(stored: StoredSource, candles: CandleColumns): Promise<void> {
    const { id } = stored.source;
    await writeColumns(this.#columns(id), candles);
    const unfinished = `${this.#description(id)}.unfinished`;
    await writeFile(unfinished, JSON.stringify(stored), { mode: 0o600, flush: true });
    await rename(unfinished, this.#description(id));
  }

  load(source: CandleSource): Promise<Result<CandleColumns, ColumnsFileFailure>> {
    return readColumns(this.#columns(source.id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.#description(id), { force: true });
    await rm(this.#columns(id), { force: true });
  }

  #columns(id: string): string {
    return join(this.#folder, `${id}.bin`);
  }

  #description(id: string): string {
    return join(this.#folder, `${id}${DESCRIPTION}`);
  }
}
