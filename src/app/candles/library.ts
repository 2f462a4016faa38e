/** The candles a profile can backtest on: the synthetic sample, and the files a person has added. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CandleChart, CandleSource } from '../../contract/candles.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { DocumentCandles } from '../../core/backtest/document.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import type { CandleSupply } from '../backtest/candle-supply.ts';
import { readCandleFile, type CandleFile } from './candle-file.ts';
import { SAMPLE_ID, SAMPLE_NAME, SAMPLE_SYMBOL } from './sample.ts';
import { SourceStore, type StoredSource } from './source-store.ts';
import { guessSymbol } from './symbol-guess.ts';
import { Uploads, type ReceivedFile } from './uploads.ts';

export interface CandleLibraryOptions {
  readonly dataDir: string;
  readonly sampleUrl: URL;
  readonly newId: () => string;
  readonly reportFault: (error: unknown) => void;
}

/** Enough of the hash to tell any two files apart. */
const ID_LENGTH = 32;

type LoadResult = Result<CandleColumns, Failure<'CANDLE_SOURCE_NOT_FOUND'>>;

export class CandleLibrary implements CandleSupply {
  readonly uploads: Uploads;
  readonly #store: SourceStore;
  readonly #sample: CandleFile;
  readonly #sources = new Map<string, StoredSource>();
  readonly #listeners = new Set<() => void>();

  private constructor(uploads: Uploads, store: SourceStore, sample: CandleFile) {
    this.uploads = uploads;
    this.#store = store;
    this.#sample = sample;
    this.#sources.set(SAMPLE_ID, sampleSource(sample));
  }

  /** @throws Error when the folder cannot be used or the app's own sample cannot be read */
  static async open(options: CandleLibraryOptions): Promise<CandleLibrary> {
    const uploads = await Uploads.open(join(options.dataDir, 'uploads'), options.newId);
    const store = await SourceStore.open(join(options.dataDir, 'candles'));
    const sample = await readCandleFile(fileURLToPath(options.sampleUrl));
    if (!sample.ok) throw new Error(`The app's sample is damaged: ${sample.error.sentence}`);
    const library = new CandleLibrary(uploads, store, sample.value);
    for (const stored of await store.list(options.reportFault)) {
      library.#sources.set(stored.source.id, stored);
    }
    return library;
  }

  /** The sample first, then the files by name. */
  list(): CandleSource[] {
    const [sample, ...files] = [...this.#sources.values()].map(({ source }) => source);
    const sorted = files.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    return sample === undefined ? sorted : [sample, ...sorted];
  }

  /** Told whenever the list changes. @returns the unsubscribe */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  find(sourceId: string): CandleSource | null {
    return this.#sources.get(sourceId)?.source ?? null;
  }

  described(sourceId: string): DocumentCandles | null {
    const stored = this.#sources.get(sourceId);
    if (stored === undefined) return null;
    const { source, sha256 } = stored;
    return { name: source.name, sha256, synthetic: source.synthetic, warnings: source.warnings };
  }

  async load(sourceId: string): Promise<LoadResult> {
    const source = this.find(sourceId);
    if (source === null) return missing();
    if (sourceId === SAMPLE_ID) return ok(this.#sample.candles);
    const loaded = await this.#store.load(source);
    return loaded.ok ? loaded : missing(`${loaded.error.sentence} Add the file again.`);
  }

  async chart(sourceId: string): Promise<ContractResult<CandleChart>> {
    const loaded = await this.load(sourceId);
    if (!loaded.ok) return loaded;
    const { time, open, high, low, close, volume } = loaded.value;
    return ok({ time, open, high, low, close, volume });
  }

  /** Parses a received file and keeps it. The same bytes twice are the same source. */
  async add(received: ReceivedFile): Promise<ContractResult<CandleSource>> {
    try {
      const file = await readCandleFile(received.path, { name: received.fileName });
      if (!file.ok) return file;
      const stored = fileSource(received.fileName, file.value);
      await this.#store.keep(stored, file.value.candles);
      this.#sources.set(stored.source.id, stored);
      this.#changed();
      return ok(stored.source);
    } finally {
      await received.discard();
    }
  }

  async remove(sourceId: string): Promise<ContractResult<Record<string, never>>> {
    if (sourceId === SAMPLE_ID) {
      return contractFailure('CANDLE_SOURCE_NOT_FOUND', 'The sample belongs to the app and stays.');
    }
    if (!this.#sources.delete(sourceId)) return missing();
    await this.#store.remove(sourceId);
    this.#changed();
    return ok({});
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function missing(
  sentence = 'These candles are not there any more. Choose others.',
): Result<never, Failure<'CANDLE_SOURCE_NOT_FOUND'>> {
  return fail('CANDLE_SOURCE_NOT_FOUND', sentence);
}

function sampleSource(file: CandleFile): StoredSource {
  return {
    sha256: file.sha256,
    source: {
      id: SAMPLE_ID,
      name: SAMPLE_NAME,
      kind: 'sample',
      synthetic: true,
      symbol: SAMPLE_SYMBOL,
      ...shapeOf(file),
    },
  };
}

function fileSource(fileName: string, file: CandleFile): StoredSource {
  return {
    sha256: file.sha256,
    source: {
      id: file.sha256.slice(0, ID_LENGTH),
      name: fileName,
      kind: 'file',
      synthetic: false,
      symbol: guessSymbol(fileName),
      ...shapeOf(file),
    },
  };
}

type Shape = Pick<CandleSource, 'timeframe' | 'bars' | 'firstTime' | 'lastTime' | 'warnings'>;

function shapeOf({ candles, timeframe, warnings }: CandleFile): Shape {
  const { length, time } = candles;
  return {
    timeframe,
    bars: length,
    firstTime: time[0] ?? 0,
    lastTime: time[length - 1] ?? 0,
    warnings: [...warnings],
  };
}
