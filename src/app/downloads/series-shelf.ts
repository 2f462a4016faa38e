/** The downloaded series of a profile in memory, as candle sources; another process may make them grow at any time. */

import type { CandleColumns } from '../../core/domain/candles.ts';
import { fail, type Failure, type Result } from '../../core/domain/result.ts';
import type { StoredSource } from '../candles/source-store.ts';
import { seriesProblems } from './check-series.ts';
import { seriesSource } from './series-source.ts';
import type { KeptSeries, SeriesFailure, SeriesStore } from './series-store.ts';

interface Shelved {
  readonly series: KeptSeries;
  readonly stored: StoredSource;
}

export type ShelfFailure = Failure<'CANDLE_SOURCE_NOT_FOUND'>;

export class SeriesShelf {
  readonly #store: SeriesStore;
  readonly #synthetic: boolean;
  #shelved: ReadonlyMap<string, Shelved> = new Map();

  /** @param synthetic whether they are a simulator's */
  constructor(store: SeriesStore, synthetic: boolean) {
    this.#store = store;
    this.#synthetic = synthetic;
  }

  /** Looks at the disk again. @returns whether anything has changed */
  async refresh(report: (error: SeriesFailure) => void): Promise<boolean> {
    const before = this.#signature();
    const shelved = new Map<string, Shelved>();
    for (const series of await this.#store.list(report)) {
      const stored = seriesSource(series, this.#synthetic);
      if (stored !== null) shelved.set(stored.source.id, { series, stored });
    }
    this.#shelved = shelved;
    return this.#signature() !== before;
  }

  list(): readonly StoredSource[] {
    return [...this.#shelved.values()].map(({ stored }) => stored);
  }

  find(id: string): StoredSource | null {
    return this.#shelved.get(id)?.stored ?? null;
  }

  series(id: string): KeptSeries | null {
    return this.#shelved.get(id)?.series ?? null;
  }

  /** The bars that `find` describes, never newer ones. */
  async load(id: string): Promise<Result<CandleColumns, ShelfFailure>> {
    const series = this.series(id);
    if (series === null) throw new Error(`There is no series ${id} on the shelf.`);
    const loaded = await this.#store.load(series);
    if (loaded.ok) return loaded;
    const now = await this.#store.find(series);
    const hasGrown = now.ok && now.value !== null && now.value.sha256 !== series.sha256;
    return fail(
      'CANDLE_SOURCE_NOT_FOUND',
      hasGrown
        ? 'More of these candles have been downloaded since. Choose them again.'
        : `${loaded.error.sentence} Delete them and download them again.`,
    );
  }

  /** A sentence for each defect. */
  async problems(id: string): Promise<readonly string[]> {
    const series = this.series(id);
    return series === null ? [] : seriesProblems(this.#store, series);
  }

  /** @returns a sentence where it cannot be removed now */
  async remove(id: string): Promise<string | null> {
    const series = this.series(id);
    if (series === null) return null;
    const release = await this.#store.lock(series);
    if (release === null) return 'These candles are being downloaded. Stop that first.';
    await this.#store.remove(series);
    release();
    return null;
  }

  #signature(): string {
    return [...this.#shelved].map(([id, { series }]) => `${id} ${series.sha256}`).join('\n');
  }
}
