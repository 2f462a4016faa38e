/** Bars that a series lacks between its first and its last: a fact that is told, never filled in. */

import type { CandleColumns } from '../../core/domain/candles.ts';
import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import { missingSpans, type Span } from './spans.ts';

export interface Gap extends Span {
  readonly bars: number;
  /** The exchange was asked and has none, or it has not been asked yet. */
  readonly cause: 'exchange' | 'not-downloaded';
}

/** @param covered what has been asked, in order and apart */
export function gapsOf(
  { time, length }: CandleColumns,
  timeframe: Timeframe,
  covered: readonly Span[],
): readonly Gap[] {
  const step = timeframeMs(timeframe);
  const gaps: Gap[] = [];
  for (let index = 1; index < length; index += 1) {
    const hole = { from: (time[index - 1] ?? NaN) + step, to: time[index] ?? NaN };
    if (hole.from < hole.to) gaps.push(...explained(hole, covered, step));
  }
  return gaps;
}

export function barsIn(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, { bars }) => sum + bars, 0);
}

function explained(hole: Span, covered: readonly Span[], step: number): readonly Gap[] {
  const unasked = missingSpans(hole, covered);
  const asked = missingSpans(hole, unasked);
  const gap = (span: Span, cause: Gap['cause']): Gap => ({
    ...span,
    bars: (span.to - span.from) / step,
    cause,
  });
  return [
    ...asked.map((span) => gap(span, 'exchange')),
    ...unasked.map((span) => gap(span, 'not-downloaded')),
  ].toSorted((a, b) => a.from - b.from);
}
