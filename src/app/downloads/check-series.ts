/** Looks whether a kept series is what its description says, and sound. */

import { fail, ok, type Result } from '../../core/domain/result.ts';
import { unsoundness } from '../candles/soundness.ts';
import { gapsOf } from './gaps.ts';
import { seriesId } from './series-name.ts';
import type { KeptSeries, SeriesFailure, SeriesStore } from './series-store.ts';

/** @returns a sentence for each defect, none where all is well; gaps that are told are none */
export async function seriesProblems(
  store: SeriesStore,
  series: KeptSeries,
): Promise<readonly string[]> {
  const hash = await hashOf(store, series);
  if (!hash.ok) return [hash.error.sentence];
  const loaded = await store.load(series);
  if (!loaded.ok) return [loaded.error.sentence];
  const candles = loaded.value;
  const { timeframe, covered, bars, firstTime, lastTime, gaps, sha256 } = series;
  const facts = {
    bars: candles.length,
    firstTime: candles.time[0] ?? null,
    lastTime: candles.time[candles.length - 1] ?? null,
    gaps: gapsOf(candles, timeframe, covered),
  };
  const asDescribed = JSON.stringify(facts) === JSON.stringify({ bars, firstTime, lastTime, gaps });
  return [
    ...(hash.value === sha256 ? [] : ['Its bytes are not those that were kept: the hash differs.']),
    ...unsoundness(candles, timeframe),
    ...(asDescribed ? [] : ['Its bars are not those that its description tells of.']),
  ];
}

async function hashOf(
  store: SeriesStore,
  series: KeptSeries,
): Promise<Result<string, SeriesFailure>> {
  try {
    return ok(await store.hash(series));
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return fail(
      'SERIES_UNREADABLE',
      `The candles of ${seriesId(series)} are not there or cannot be read. Download them again.`,
    );
  }
}
