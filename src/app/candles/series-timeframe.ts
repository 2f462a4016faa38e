/** Tells the timeframe of a file from the steps between its bars, and checks that every bar is on its grid. */

import type { CandleWarning } from '../../contract/candles.ts';
import {
  DAY_MS,
  MINUTE_MS,
  TIMEFRAMES,
  timeframeMs,
  type Timeframe,
} from '../../core/domain/timeframe.ts';
import { counted, listed, shownTime } from './field-text.ts';
import type { Findings, PlaceWord } from './findings.ts';
import type { RowSink } from './row-sink.ts';
import { lineOf, timeOf } from './series-checks.ts';

/** The most common step's timeframe; `undefined`, with a finding, where there is none. Times rise strictly. */
export function inferTimeframe(rows: RowSink, findings: Findings): Timeframe | undefined {
  if (rows.length < 2) {
    findings.stop(
      'TIMEFRAME',
      null,
      'one bar alone does not tell its timeframe; give the timeframe',
    );
    return undefined;
  }
  const step = mostCommonStep(rows);
  const timeframe = TIMEFRAMES.find((candidate) => timeframeMs(candidate) === step);
  if (timeframe === undefined) {
    const supported = `supported are ${listed(TIMEFRAMES)}`;
    findings.stop('TIMEFRAME', null, `its bars are mostly ${shownSpan(step)} apart; ${supported}`);
  }
  return timeframe;
}

/** Refuses a given timeframe that no step of the file has, where its steps are those of another. */
export function checkGivenTimeframe(rows: RowSink, given: Timeframe, findings: Findings): void {
  if (rows.length < 2) return;
  const step = mostCommonStep(rows);
  const other = TIMEFRAMES.find((candidate) => timeframeMs(candidate) === step);
  if (other === undefined || other === given || step < timeframeMs(given)) return;
  if (!hasStep(rows, timeframeMs(given))) {
    findings.stop('TIMEFRAME', null, `its bars are ${other} bars, not ${given} ones`);
  }
}

function hasStep(rows: RowSink, length: number): boolean {
  for (let row = 1; row < rows.length; row += 1) {
    if (timeOf(rows, row) - timeOf(rows, row - 1) === length) return true;
  }
  return false;
}

/** Of so many different steps at most: a candle file has a few, and a crafted one must not fill the memory. */
const DISTINCT_STEPS = 10_000;

/** Of equally common steps the shortest: the longer ones are then gaps. */
function mostCommonStep(rows: RowSink): number {
  const counts = new Map<number, number>();
  for (let row = 1; row < rows.length; row += 1) {
    const step = timeOf(rows, row) - timeOf(rows, row - 1);
    const count = counts.get(step) ?? 0;
    if (count > 0 || counts.size < DISTINCT_STEPS) counts.set(step, count + 1);
  }
  let best = Infinity;
  let most = 0;
  for (const [step, count] of counts) {
    if (count > most || (count === most && step < best)) {
      best = step;
      most = count;
    }
  }
  return best;
}

/** Bars closer than the timeframe, or not a whole number of bars after the first one, are findings. */
export function checkGrid(rows: RowSink, timeframe: Timeframe, findings: Findings): void {
  const length = timeframeMs(timeframe);
  const first = timeOf(rows, 0);
  for (let row = 1; row < rows.length; row += 1) {
    const time = timeOf(rows, row);
    const step = time - timeOf(rows, row - 1);
    if (step < length) {
      const detail = (): string =>
        `the bars are ${shownSpan(step)} apart, closer than ${timeframe}`;
      findings.add('CLOSER_THAN_TIMEFRAME', lineOf(rows, row), detail);
    } else if ((time - first) % length !== 0) {
      const detail = (): string =>
        `the bar of ${shownTime(time)} is not a whole number of ${timeframe} bars after the first`;
      findings.add('OFF_GRID', lineOf(rows, row), detail);
    }
  }
}

/** Missing bars between the first and the last. All bars are on the grid. */
export function findGaps(rows: RowSink, timeframe: Timeframe, word: PlaceWord): CandleWarning[] {
  const length = timeframeMs(timeframe);
  let missing = 0;
  let gaps = 0;
  let firstLine = 0;
  for (let row = 1; row < rows.length; row += 1) {
    const step = timeOf(rows, row) - timeOf(rows, row - 1);
    if (step === length) continue;
    missing += step / length - 1;
    gaps += 1;
    if (gaps === 1) firstLine = lineOf(rows, row);
  }
  if (gaps === 0) return [];
  const are = missing === 1 ? 'is' : 'are';
  const where = gaps === 1 ? `which ends at ${word}` : `the first of which ends at ${word}`;
  const sentence = `${counted(missing, 'bar')} ${are} missing in ${counted(gaps, 'gap')}, ${where} ${firstLine}.`;
  return [{ code: 'GAPS', count: missing, firstLine, sentence }];
}

const SPANS = [
  [DAY_MS, 'day'],
  [60 * MINUTE_MS, 'hour'],
  [MINUTE_MS, 'minute'],
  [1000, 'second'],
  [1, 'millisecond'],
] as const;

/** `30 minutes`, `7 days`, `90 seconds`: in the largest unit that gives a whole number. */
function shownSpan(ms: number): string {
  const [size, word] = SPANS.find(([unit]) => ms % unit === 0) ?? [1, 'millisecond'];
  return counted(ms / size, word);
}
