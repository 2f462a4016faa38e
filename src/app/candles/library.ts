/** The candles a profile can backtest on: the synthetic sample, downloaded series, and the files a person has added. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExportedFile } from '../../contract/backtest.ts';
import type { CandleChart, CandleSource } from '../../contract/candles.ts';
import type { CandleCheck } from '../../contract/downloads.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { DocumentCandles } from '../../core/backtest/document.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import type { CandleSupply } from '../backtest/candle-supply.ts';
import { seriesFolder } from '../downloads/open-history.ts';
import { SeriesShelf } from '../downloads/series-shelf.ts';
import { describedSource } from '../downloads/series-source.ts';
import { SeriesStore } from '../downloads/series-store.ts';
import { gapsOf } from '../downloads/gaps.ts';
import { Listeners } from '../listeners.ts';
import { exportedCandles, type CandleTextFormat } from './candle-export.ts';
import { readCandleFile, type CandleFile } from './candle-file.ts';
import { fileSource, shapeOf } from './file-source.ts';
import { SAMPLE_ID, SAMPLE_NAME, SAMPLE_SYMBOL } from './sample.ts';
import { unsoundness } from './soundness.ts';
import { SourceStore, type StoredSource } from './source-store.ts';
import { Uploads, type ReceivedFile } from './uploads.ts';

export interface CandleLibraryOptions {
  readonly dataDir: string;
  readonly sampleUrl: URL;
  readonly newId: () => string;
  readonly reportFault: (error: unknown) => void;
  /** Downloaded ones; by default those of the exchanges. */
  readonly series?: SeriesShelf;
}

interface LibraryParts {
  readonly uploads: Uploads;
  readonly store: SourceStore;
  readonly sample: CandleFile;
  readonly series: SeriesShelf;
}

/** A file says nothing of what was asked for: whatever is missing in it, its exchange did not have. */
const ALL_TIME = [{ from: -Infinity, to: Infinity }] as const;

type LoadResult = Result<CandleColumns, Failure<'CANDLE_SOURCE_NOT_FOUND'>>;

export class CandleLibrary implements CandleSupply {
  readonly uploads: Uploads;
  readonly #store: SourceStore;
  readonly #sample: CandleFile;
  readonly #series: SeriesShelf;
  readonly #reportFault: (error: unknown) => void;
  readonly #sources = new Map<string, StoredSource>();
  readonly #listeners: Listeners;

  private constructor(
    { uploads, store, sample, series }: LibraryParts,
    reportFault: (error: unknown) => void,
  ) {
    this.uploads = uploads;
    this.#store = store;
    this.#sample = sample;
    this.#series = series;
    this.#reportFault = reportFault;
    this.#listeners = new Listeners(reportFault);
    this.#sources.set(SAMPLE_ID, sampleSource(sample));
  }

  /** @throws Error when the folder cannot be used or the app's own sample cannot be read */
  static async open(options: CandleLibraryOptions): Promise<CandleLibrary> {
    const uploads = await Uploads.open(join(options.dataDir, 'uploads'), options.newId);
    const store = await SourceStore.open(join(options.dataDir, 'candles'));
    const sample = await readCandleFile(fileURLToPath(options.sampleUrl));
    if (!sample.ok) throw new Error(`The app's sample is damaged: ${sample.error.sentence}`);
    const series = options.series ?? new SeriesShelf(exchangeSeries(options.dataDir), false);
    const parts = { uploads, store, sample: sample.value, series };
    const library = new CandleLibrary(parts, options.reportFault);
    for (const stored of await store.list(options.reportFault)) {
      library.#sources.set(stored.source.id, stored);
    }
    await series.refresh(({ sentence }) => options.reportFault(new Error(sentence)));
    return library;
  }

  /** The sample first, then the downloaded series and the files, each by name. */
  list(): CandleSource[] {
    const [sample, ...files] = [...this.#sources.values()].map(({ source }) => source);
    const series = this.#series.list().map(({ source }) => source);
    const byName = (a: CandleSource, b: CandleSource): number => a.name.localeCompare(b.name, 'en');
    const sorted = [...series.toSorted(byName), ...files.toSorted(byName)];
    return sample === undefined ? sorted : [sample, ...sorted];
  }

  /** Looks for what another process has downloaded or imported. */
  async refresh(): Promise<void> {
    const hasChanged = await this.#series.refresh(() => {});
    const files = await this.#store.list(() => {});
    const added = files.filter(({ source }) => !this.#sources.has(source.id));
    for (const stored of added) this.#sources.set(stored.source.id, stored);
    if (hasChanged || added.length > 0) this.#changed();
  }

  /** As `refresh`, for those who do not wait. */
  refreshLater(): void {
    void this.refresh().catch(this.#reportFault);
  }

  /** Told whenever the list changes. @returns the unsubscribe */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  find(sourceId: string): CandleSource | null {
    return this.#stored(sourceId)?.source ?? null;
  }

  described(sourceId: string): DocumentCandles | null {
    const stored = this.#stored(sourceId);
    return stored === null ? null : describedSource(stored);
  }

  async load(sourceId: string): Promise<LoadResult> {
    const source = this.find(sourceId);
    if (source === null) return missing();
    if (sourceId === SAMPLE_ID) return ok(this.#sample.candles);
    if (source.kind === 'series') return this.#series.load(sourceId);
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
    if (this.#series.find(sourceId) !== null) return this.#removeSeries(sourceId);
    if (!this.#sources.delete(sourceId)) return missing();
    await this.#store.remove(sourceId);
    this.#changed();
    return ok({});
  }

  /** Whether the candles are what they must be, and what is missing among them. */
  async check(sourceId: string): Promise<ContractResult<CandleCheck>> {
    const source = this.find(sourceId);
    if (source === null) return missing();
    const series = this.#series.series(sourceId);
    if (series !== null) {
      return ok({ problems: [...(await this.#series.problems(sourceId))], gaps: series.gaps });
    }
    const loaded = await this.load(sourceId);
    if (!loaded.ok) return ok({ problems: [loaded.error.sentence], gaps: [] });
    const { timeframe } = source;
    const problems = [...unsoundness(loaded.value, timeframe)];
    return ok({ problems, gaps: [...gapsOf(loaded.value, timeframe, ALL_TIME)] });
  }

  /** The candles as a file that can be added again. */
  async export(sourceId: string, format: CandleTextFormat): Promise<ContractResult<ExportedFile>> {
    const source = this.find(sourceId);
    if (source === null) return missing();
    const loaded = await this.load(sourceId);
    return loaded.ok ? ok(exportedCandles(source, loaded.value, format)) : loaded;
  }

  #stored(sourceId: string): StoredSource | null {
    return this.#sources.get(sourceId) ?? this.#series.find(sourceId);
  }

  async #removeSeries(sourceId: string): Promise<ContractResult<Record<string, never>>> {
    const sentence = await this.#series.remove(sourceId);
    if (sentence !== null) return contractFailure('DOWNLOAD_BUSY', sentence);
    await this.refresh();
    return ok({});
  }

  #changed(): void {
    this.#listeners.tell();
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

function exchangeSeries(dataDir: string): SeriesStore {
  return new SeriesStore(seriesFolder(dataDir, null));
}
