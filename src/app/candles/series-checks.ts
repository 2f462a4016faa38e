/** Puts a file's bars in order where that can be done without guessing, and finds what contradicts itself. */

import type { CandleWarning } from '../../contract/candles.ts';
import { counted, shownTime } from './field-text.ts';
import type { Findings, PlaceWord } from './findings.ts';
import { moveRow, reverseRows, sameBar, type RowSink } from './row-sink.ts';

/** Turns a file round that has its newest bar first throughout. */
export function mendDirection(rows: RowSink): CandleWarning[] {
  let falling = 0;
  for (let row = 1; row < rows.length; row += 1) {
    const step = timeOf(rows, row) - timeOf(rows, row - 1);
    if (step > 0) return [];
    if (step < 0) falling += 1;
  }
  if (falling === 0) return [];
  reverseRows(rows);
  const sentence = 'The file has its newest bar first; it was turned round.';
  return [{ code: 'NEWEST_FIRST', count: 1, firstLine: null, sentence }];
}

/** Drops bars that are there twice with the same values; afterwards the times rise strictly. */
export function mendDuplicates(
  rows: RowSink,
  findings: Findings,
  word: PlaceWord,
): CandleWarning[] {
  let kept = 0;
  let dropped = 0;
  let firstLine = Infinity;
  for (let row = 0; row < rows.length; row += 1) {
    const time = timeOf(rows, row);
    if (kept === 0 || time > timeOf(rows, kept - 1)) {
      moveRow(rows, row, kept);
      kept += 1;
    } else if (isRepeated(rows, row, kept, findings)) {
      dropped += 1;
      firstLine = Math.min(firstLine, lineOf(rows, row));
    }
  }
  rows.length = kept;
  if (dropped === 0) return [];
  const were =
    dropped === 1
      ? 'was there twice with the same values and was'
      : 'were there twice with the same values and were';
  const sentence = `${counted(dropped, 'bar')} ${were} dropped, the first in ${word} ${firstLine}.`;
  return [{ code: 'IDENTICAL_DUPLICATES', count: dropped, firstLine, sentence }];
}

/** Whether `row`, which is not later than the bars kept, repeats one of them; if not, that is a finding. */
function isRepeated(rows: RowSink, row: number, kept: number, findings: Findings): boolean {
  const time = timeOf(rows, row);
  const line = lineOf(rows, row);
  const earlier = indexOfTime(rows, time, kept);
  if (earlier === -1) {
    const last = timeOf(rows, kept - 1);
    const detail = (): string =>
      `the bar of ${shownTime(time)} comes after that of ${shownTime(last)}`;
    findings.add('DISORDER', line, detail);
    return false;
  }
  if (sameBar(rows, row, earlier)) return true;
  const detail = (): string => `the bar of ${shownTime(time)} is there twice with different values`;
  findings.add('CONFLICTING_DUPLICATE', Math.max(line, lineOf(rows, earlier)), detail);
  return false;
}

/** The bar with this time among the first `length`, by halving, or -1. */
function indexOfTime(rows: RowSink, time: number, length: number): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (timeOf(rows, middle) < time) from = middle + 1;
    else to = middle;
  }
  return from < length && timeOf(rows, from) === time ? from : -1;
}

/** Bars without volume are warned of: fills in them are guesses. */
export function findNoVolume(rows: RowSink, word: PlaceWord): CandleWarning[] {
  let count = 0;
  let firstLine = Infinity;
  for (let row = 0; row < rows.length; row += 1) {
    if (rows.volume[row] === 0) {
      count += 1;
      firstLine = Math.min(firstLine, lineOf(rows, row));
    }
  }
  if (count === 0) return [];
  const sentence = `${counted(count, 'bar')} ${count === 1 ? 'has' : 'have'} no volume, the first in ${word} ${firstLine}.`;
  return [{ code: 'NO_VOLUME', count, firstLine, sentence }];
}

export function timeOf(rows: RowSink, row: number): number {
  return rows.time[row] ?? Number.NaN;
}

export function lineOf(rows: RowSink, row: number): number {
  return rows.line[row] ?? Number.NaN;
}
