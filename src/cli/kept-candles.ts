/** Candles that a data folder keeps, downloaded and imported, found by what a person types. */

import { SourceStore, type StoredSource } from '../app/candles/source-store.ts';
import { seriesProblems } from '../app/downloads/check-series.ts';
import { barsIn, gapsOf, type Gap } from '../app/downloads/gaps.ts';
import { parseSeriesId, seriesId, shownSeries } from '../app/downloads/series-name.ts';
import { seriesSource } from '../app/downloads/series-source.ts';
import type { KeptSeries } from '../app/downloads/series-store.ts';
import { unsoundness } from '../app/candles/soundness.ts';
import type { CandleColumns } from '../core/domain/candles.ts';
import { fail, ok, type Result } from '../core/domain/result.ts';
import type { Timeframe } from '../core/domain/timeframe.ts';
import type { VenueId } from '../contract/live.ts';
import type { DataFolder } from './data-folder.ts';

export interface KeptFacts {
  /** As it is typed. */
  readonly id: string;
  /** As it is shown. */
  readonly name: string;
  /** `null` for an imported file. */
  readonly exchange: VenueId | null;
  readonly symbol: string | null;
  readonly timeframe: Timeframe;
  /** Starts of the first and the last bar, ms UTC; `null` where there is none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly bars: number;
  /** Bars that are missing between the first and the last. */
  readonly missing: number;
  /** On disk. */
  readonly bytes: number;
  readonly sha256: string;
}

export interface Kept {
  readonly facts: KeptFacts;
  /** `null` for a series without a bar. */
  readonly stored: StoredSource | null;
  load(): Promise<Result<CandleColumns>>;
  /** Of a file as well as of a series. */
  gaps(candles: CandleColumns): readonly Gap[];
  /** A sentence for each defect. */
  problems(): Promise<readonly string[]>;
}

/** Series first, then files, each by name. @param report told of each one that cannot be read */
export async function allKept(
  folder: DataFolder,
  report: (sentence: string) => void,
): Promise<readonly Kept[]> {
  const series = await folder.series.list(({ sentence }) => report(sentence));
  const files = await (
    await SourceStore.open(folder.candles)
  ).list((error) => report(error instanceof Error ? error.message : String(error)));
  const byName = (a: Kept, b: Kept): number => a.facts.name.localeCompare(b.facts.name, 'en');
  return [
    ...series.map((one) => keptSeries(one, folder)).toSorted(byName),
    ...files.map((one) => keptFile(one, folder)).toSorted(byName),
  ];
}

/** @param text a series, or the id or the name of an imported file */
export async function findKept(text: string, folder: DataFolder): Promise<Result<Kept>> {
  const name = parseSeriesId(text);
  if (name !== null) {
    const found = await folder.series.find(name);
    if (!found.ok) return found;
    if (found.value !== null) return ok(keptSeries(found.value, folder));
    const { exchange, symbol, timeframe } = name;
    const command = `piggy data download --exchange ${exchange} --symbol ${symbol} --timeframe ${timeframe} --from 2024-01-01`;
    return fail(
      'NOT_KEPT',
      `${shownSeries(name)} has not been downloaded into ${folder.path}. Download it, as in: ${command}`,
    );
  }
  const kept = await allKept(folder, () => {});
  const fitting = kept.filter(({ facts }) => facts.id.startsWith(text) || facts.name === text);
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return ok(first);
  const many = fitting.length > 1 ? 'Several kept candles are' : 'No kept candles are';
  return fail(
    'NOT_KEPT',
    `${many} called ${text} in ${folder.path}. "piggy data list" names them.`,
  );
}

function keptSeries(series: KeptSeries, { series: store, simulatorUrl }: DataFolder): Kept {
  const { exchange, symbol, timeframe, firstTime, lastTime, bars, gaps, bytes, sha256 } = series;
  return {
    facts: {
      id: seriesId(series),
      name: shownSeries(series),
      exchange,
      symbol,
      timeframe,
      from: firstTime,
      to: lastTime,
      bars,
      missing: barsIn(gaps),
      bytes,
      sha256,
    },
    stored: seriesSource(series, simulatorUrl !== null),
    load: () => store.load(series),
    gaps: () => series.gaps,
    problems: () => seriesProblems(store, series),
  };
}

/** Header and six columns of eight bytes: what a file of columns comes to. */
const HEADER_BYTES = 24;
const BAR_BYTES = 48;

function keptFile(stored: StoredSource, { candles }: DataFolder): Kept {
  const { source, sha256 } = stored;
  const { id, name, symbol, timeframe, bars, firstTime, lastTime, warnings } = source;
  const gapsAt = warnings.filter(({ code }) => code === 'GAPS');
  const load = async (): Promise<Result<CandleColumns>> =>
    (await SourceStore.open(candles)).load(source);
  return {
    facts: {
      id,
      name,
      exchange: null,
      symbol,
      timeframe,
      from: firstTime,
      to: lastTime,
      bars,
      missing: gapsAt.reduce((sum, { count }) => sum + count, 0),
      bytes: HEADER_BYTES + bars * BAR_BYTES,
      sha256,
    },
    stored,
    load,
    gaps: (columns) => gapsOf(columns, timeframe, [{ from: -Infinity, to: Infinity }]),
    problems: async () => {
      const loaded = await load();
      return loaded.ok ? unsoundness(loaded.value, timeframe) : [loaded.error.sentence];
    },
  };
}
