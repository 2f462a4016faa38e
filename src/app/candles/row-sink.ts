/** Takes in the bars of a file one by one, in columns that grow, and remembers the line of each. */

import type { CandleColumns } from '../../core/domain/candles.ts';

type Growing = Float64Array<ArrayBuffer>;

const FIRST_CAPACITY = 4096;
/** 31 years of minutes: no market is as old, and a crafted file must not fill the memory. */
const MAX_BARS = 2 ** 24;

/** Bars in the order of the file. `length` bars are filled in; the arrays are longer. */
export interface RowSink {
  /** So many bars fit in at most. */
  readonly maxBars: number;
  length: number;
  time: Growing;
  open: Growing;
  high: Growing;
  low: Growing;
  close: Growing;
  volume: Growing;
  /** Line or entry of each bar, from 1. */
  line: Growing;
}

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'line'] as const;

export function createRowSink(maxBars: number = MAX_BARS): RowSink {
  const column = (): Growing => new Float64Array(Math.min(FIRST_CAPACITY, maxBars));
  return {
    maxBars,
    length: 0,
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    line: column(),
  };
}

/** Makes room for one more bar; false where the sink may take no more. */
export function makeRoom(rows: RowSink): boolean {
  if (rows.length < rows.time.length) return true;
  if (rows.length >= rows.maxBars) return false;
  const capacity = Math.min(rows.length * 2, rows.maxBars);
  for (const name of COLUMNS) rows[name] = resized(rows[name], capacity);
  return true;
}

/** Room beyond an estimate, so that a file whose later lines are a little shorter need not grow again. */
const ESTIMATE_MARGIN = 1.03;

/** Makes room for about `bars` bars at once: growing by doubling would hold up to three times as much for a moment. */
export function makeRoomFor(rows: RowSink, bars: number): void {
  const capacity = Math.min(Math.ceil(bars * ESTIMATE_MARGIN), rows.maxBars);
  if (capacity <= rows.time.length) return;
  for (const name of COLUMNS) rows[name] = resized(rows[name], capacity);
}

/** The bars as columns of exactly their number. The sink is empty afterwards: its memory is handed over. */
export function takeCandles(rows: RowSink): CandleColumns {
  const { length } = rows;
  const column = (name: (typeof COLUMNS)[number]): Growing => resized(rows[name], length);
  const candles = {
    length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
  rows.length = 0;
  return candles;
}

/** Moves the memory instead of copying it where the system can. */
function resized(column: Growing, length: number): Growing {
  return new Float64Array(column.buffer.transfer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Copies bar `from` over bar `to`, with its line. */
export function moveRow(rows: RowSink, from: number, to: number): void {
  if (from === to) return;
  for (const name of COLUMNS) rows[name][to] = rows[name][from] ?? Number.NaN;
}

/** Turns the bars round: the last becomes the first. */
export function reverseRows(rows: RowSink): void {
  for (const name of COLUMNS) rows[name].subarray(0, rows.length).reverse();
}

/** Whether two bars have the same prices and volume. */
export function sameBar(rows: RowSink, a: number, b: number): boolean {
  return (
    rows.open[a] === rows.open[b] &&
    rows.high[a] === rows.high[b] &&
    rows.low[a] === rows.low[b] &&
    rows.close[a] === rows.close[b] &&
    rows.volume[a] === rows.volume[b]
  );
}
