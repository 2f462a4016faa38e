/** Runs side by side: which value of a metric is best, and their curves on one axis. */

import type { RunResult } from '../../../../contract/backtest.ts';
import type { BacktestSummary } from '../../../../core/backtest/report.ts';
import type { Metric } from '../result/metrics.ts';

/** Which runs have the best value: none where it is not a matter of better, or all are equal. */
export function bestOf(metric: Metric, summaries: readonly BacktestSummary[]): readonly boolean[] {
  const values = summaries.map((summary) => metric.value(summary));
  const known = values.filter((value) => value !== null);
  const best = metric.better === 'lower' ? Math.min(...known) : Math.max(...known);
  const distinct = new Set(known).size > 1;
  return values.map((value) => metric.better !== 'neither' && distinct && value === best);
}

/** A moment, and each run's equity in percent of its start; `null` outside of a run's own time. */
export interface CompareRow {
  /** ms UTC. */
  readonly time: number;
  readonly percents: readonly (number | null)[];
}

type Curve = RunResult['equity'];

interface IndexedCurve {
  readonly time: Float64Array;
  readonly equity: Float64Array;
  readonly start: number;
}

/**
 * All curves on one time axis, indexed to 100 % at their starts.
 * The axis is cut into `buckets`; each gives its lowest and its highest moment of any run, so that extremes survive.
 */
export function compareRows(
  curves: readonly { readonly equity: Curve; readonly startingBalance: number }[],
  buckets: number,
): readonly CompareRow[] {
  const indexed = curves.map(({ equity, startingBalance }) => ({
    time: equity.time,
    equity: equity.equity,
    start: startingBalance,
  }));
  const times = thinnedTimes(indexed, buckets);
  const cursors = indexed.map(() => 0);
  return times.map((time) => ({
    time,
    percents: indexed.map((curve, run) => {
      cursors[run] = advance(curve, cursors[run] ?? 0, time);
      return percentAt(curve, cursors[run] ?? 0, time);
    }),
  }));
}

/** Moves a curve's cursor to its last point at or before `time`. */
function advance({ time: times }: IndexedCurve, from: number, time: number): number {
  let index = from;
  while ((times[index + 1] ?? Infinity) <= time) index += 1;
  return index;
}

function percentAt(curve: IndexedCurve, index: number, time: number): number | null {
  const [first, last] = [curve.time[0], curve.time.at(-1)];
  const equity = curve.equity[index];
  if (first === undefined || last === undefined || equity === undefined) return null;
  return time < first || time > last ? null : (equity / curve.start) * 100;
}

interface Extremes {
  low: number;
  lowTime: number;
  high: number;
  highTime: number;
}

/** The moments to draw: both ends of every run, and each bucket's extremes of every run. */
function thinnedTimes(curves: readonly IndexedCurve[], buckets: number): readonly number[] {
  const first = Math.min(...curves.map(({ time }) => time[0] ?? Infinity));
  const last = Math.max(...curves.map(({ time }) => time.at(-1) ?? -Infinity));
  const width = Math.max(1, (last - first) / buckets);
  const times = new Set<number>();
  for (const curve of curves) {
    for (const extremes of extremesOf(curve, first, width)) {
      times.add(extremes.lowTime).add(extremes.highTime);
    }
    for (const end of [curve.time[0], curve.time.at(-1)]) if (end !== undefined) times.add(end);
  }
  return [...times].toSorted((left, right) => left - right);
}

function extremesOf(curve: IndexedCurve, first: number, width: number): Iterable<Extremes> {
  const buckets = new Map<number, Extremes>();
  curve.time.forEach((time, index) => {
    const value = curve.equity[index] ?? 0;
    const bucket = Math.floor((time - first) / width);
    const found = buckets.get(bucket);
    if (found === undefined) {
      buckets.set(bucket, { low: value, lowTime: time, high: value, highTime: time });
      return;
    }
    if (value < found.low) Object.assign(found, { low: value, lowTime: time });
    if (value > found.high) Object.assign(found, { high: value, highTime: time });
  });
  return buckets.values();
}
