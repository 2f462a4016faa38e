/** One download: asks an exchange for what a series lacks of a range, page by page, and keeps every page as it comes. */

import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { MINUTE_MS, timeframeMs } from '../../core/domain/timeframe.ts';
import type { FeedFailure } from '../../core/ports/market-feed.ts';
import type { BarHistory, BarPage, Reach } from '../../exchanges/ccxt/bar-history.ts';
import { diskProblem } from './disk-problem.ts';
import { PageLog } from './page-log.ts';
import { shownTime } from '../candles/field-text.ts';
import { shownSeries, type SeriesName } from './series-name.ts';
import type { KeptSeries, SeriesFailure, SeriesStore } from './series-store.ts';
import { lengthOf, missingSpans, type Span } from './spans.ts';

export interface DownloadRequest {
  readonly series: SeriesName;
  /** ms UTC. */
  readonly from: number;
  /** The first moment that is not wanted, ms UTC; `null` is now. */
  readonly to: number | null;
}

export interface DownloadProgress {
  readonly pages: number;
  /** New ones. */
  readonly bars: number;
  /** Of what was missing, 0 to 1. */
  readonly fraction: number;
}

export interface DownloadParts {
  readonly store: SeriesStore;
  readonly history: BarHistory;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Ends it early; what was read is kept. */
  readonly signal: AbortSignal;
}

export interface FinishedDownload {
  readonly series: KeptSeries;
  readonly pages: number;
  /** New ones. */
  readonly bars: number;
  /** What the person did not ask for but got, in a sentence; `null` where it is as asked. */
  readonly remark: string | null;
}

export type DownloadFailure =
  | FeedFailure
  | SeriesFailure
  | Failure<'SERIES_BUSY' | 'RANGE_INVALID' | 'DISK_UNUSABLE' | 'CANCELLED'>;

type Outcome = Result<FinishedDownload, DownloadFailure>;

export async function downloadSeries(
  request: DownloadRequest,
  parts: DownloadParts,
): Promise<Outcome> {
  const { series } = request;
  let release: (() => void) | null = null;
  try {
    release = await parts.store.lock(series);
    if (release === null) return busy(series);
    return await lockedDownload(request, parts);
  } catch (error) {
    const problem = diskProblem(error);
    if (problem === null) throw error;
    return fail(
      'DISK_UNUSABLE',
      `The candles cannot be kept in ${parts.store.folder}: ${problem}.`,
    );
  } finally {
    release?.();
  }
}

async function lockedDownload(request: DownloadRequest, parts: DownloadParts): Promise<Outcome> {
  const { series } = request;
  const { store, history } = parts;
  const reach = await unlessCancelled(parts, () => history.reach(series.symbol, series.timeframe));
  if (!reach.ok) return reach;
  const wanted = wantedSpan(request, reach.value);
  if (!wanted.ok) return wanted;
  // A download that was killed has left pages that no series holds yet.
  const kept = await store.fold(series);
  if (!kept.ok) return kept;
  const missing = missingSpans(wanted.value, kept.value?.covered ?? []);
  const trusted = trustedUntil(reach.value, request);
  const read = await readInto(missing, trusted, request, parts);
  const folded = await store.fold(series);
  if (!read.ok) return read;
  if (!folded.ok) return folded;
  if (folded.value === null) return invalid(`${history.name} has no bar in that range yet.`);
  const remark = remarkOn(request, wanted.value, history.name);
  return ok({ series: folded.value, ...read.value, remark });
}

/** Whole bars of the range that are closed and that the exchange tells. */
function wantedSpan(
  { series, from, to }: DownloadRequest,
  reach: Reach,
): Result<Span, DownloadFailure> {
  const step = timeframeMs(series.timeframe);
  const first = Math.max(Math.ceil(from / step) * step, reach.earliest);
  const end = Math.min(to === null ? reach.end : Math.ceil(to / step) * step, reach.end);
  if (to !== null && to <= from) {
    return invalid(`The end ${shownTime(to)} is not after the start ${shownTime(from)}.`);
  }
  if (from >= reach.end) {
    return invalid(
      `No bar of ${series.timeframe} from ${shownTime(from)} on is closed yet. Choose an earlier start.`,
    );
  }
  if (first >= end) {
    return to !== null && to <= reach.earliest
      ? invalid(`The exchange tells bars from ${shownTime(reach.earliest)} on only.`)
      : invalid(`No bar of ${series.timeframe} begins in that range. Choose a longer one.`);
  }
  return ok({ from: first, to: end });
}

/** Exchanges tell bars late when they are in trouble: a bar that is missing is believed to be so an hour later. */
const BELIEVED_AFTER_MS = 60 * MINUTE_MS;

/** The time up to which a bar that the exchange does not tell does not exist, ms UTC. */
function trustedUntil({ end }: Reach, { series }: DownloadRequest): number {
  const step = timeframeMs(series.timeframe);
  return Math.floor((end - BELIEVED_AFTER_MS) / step) * step;
}

type ReadPages = Result<{ readonly pages: number; readonly bars: number }, DownloadFailure>;

async function readInto(
  missing: readonly Span[],
  trusted: number,
  { series }: DownloadRequest,
  parts: DownloadParts,
): Promise<ReadPages> {
  if (missing.length === 0) return ok({ pages: 0, bars: 0 });
  const log = await PageLog.create(parts.store.logPath(series));
  try {
    const keep = ({ from, bars, next }: BarPage & { readonly from: number }): Promise<void> =>
      log.append({ span: { from, to: knownUntil({ bars, next }, trusted, series) }, bars });
    return await readMissing(keep, missing, series, parts);
  } finally {
    await log.close();
  }
}

function knownUntil({ bars, next }: BarPage, trusted: number, { timeframe }: SeriesName): number {
  const last = bars.at(-1);
  const told = last === undefined ? -Infinity : last[0] + timeframeMs(timeframe);
  return Math.max(told, Math.min(next, trusted));
}

async function readMissing(
  keep: (page: BarPage & { readonly from: number }) => Promise<void>,
  missing: readonly Span[],
  { symbol, timeframe }: SeriesName,
  parts: DownloadParts,
): Promise<ReadPages> {
  const all = lengthOf(missing);
  let [pages, bars, done] = [0, 0, 0];
  for (const span of missing) {
    for (let from = span.from; from < span.to;) {
      const wanted = { symbol, timeframe, from, to: span.to };
      const page = await unlessCancelled(parts, () => parts.history.page(wanted));
      if (!page.ok) return page;
      const { next } = page.value;
      if (next <= from) throw new Error('A page of bars ends where it begins.');
      await keep({ ...page.value, from });
      done += next - from;
      pages += 1;
      bars += page.value.bars.length;
      from = next;
      parts.onProgress({ pages, bars, fraction: done / all });
    }
  }
  return ok({ pages, bars });
}

/** Whatever is answered after the person has ended it is about the ending. */
async function unlessCancelled<T>(
  { signal, history }: DownloadParts,
  ask: () => Promise<Result<T, FeedFailure>>,
): Promise<Result<T, DownloadFailure>> {
  if (signal.aborted) return CANCELLED;
  const end = (): void => history.close();
  signal.addEventListener('abort', end);
  const answer = await ask();
  signal.removeEventListener('abort', end);
  // Abort comes from outside while the question is open; the compiler believes that it cannot change.
  return isAborted(signal) ? CANCELLED : answer;
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

const CANCELLED = fail(
  'CANCELLED',
  'The download was stopped. What was read is kept: asked for again, it goes on from there.',
);

function remarkOn({ series, from }: DownloadRequest, wanted: Span, venue: string): string | null {
  if (wanted.from - from < timeframeMs(series.timeframe)) return null;
  return `${venue} tells its latest bars of ${series.timeframe} only: these begin at ${shownTime(wanted.from)}. Downloaded again before they are out of its reach, the series grows.`;
}

function invalid(sentence: string): Result<never, Failure<'RANGE_INVALID'>> {
  return fail('RANGE_INVALID', sentence);
}

function busy(series: SeriesName): Result<never, Failure<'SERIES_BUSY'>> {
  return fail(
    'SERIES_BUSY',
    `${shownSeries(series)} is being downloaded already, here or by another CryptoPiggy. Wait until that is over.`,
  );
}
