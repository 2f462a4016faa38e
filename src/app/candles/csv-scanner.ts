/** Reads the lines of a CSV file and hands each row on. */

import { tooFew, type BarReader, type RowLayout } from './bar-reader.ts';
import { csvLayout } from './csv-layout.ts';
import { createFields, endOf, splitFields, startOf, type Fields } from './fields.ts';
import type { Findings } from './findings.ts';
import { EMPTY, joined, LONGEST_ROW_BYTES, type TextScanner } from './pieces.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

type Format = { readonly delimiter: number; readonly layout: RowLayout };

interface CsvState {
  /** Unknown before the first line that is not blank. */
  format: Format | undefined;
  /** The number of the line being read, from 1. */
  line: number;
  /** Rows of values so far, good or bad. */
  rows: number;
  readonly fields: Fields;
  readonly readBar: BarReader;
  readonly findings: Findings;
}

export function createCsvScanner(readBar: BarReader, findings: Findings): TextScanner {
  const fields = createFields();
  const state: CsvState = { format: undefined, line: 1, rows: 0, fields, readBar, findings };
  let carry: Uint8Array = EMPTY;
  return {
    push(chunk) {
      let from = 0;
      if (carry.length > 0) {
        const first = chunk.indexOf(LINE_FEED);
        carry = joined(carry, first === -1 ? chunk : chunk.subarray(0, first));
        if (first !== -1) {
          readLine(state, carry, 0, carry.length);
          carry = EMPTY;
        }
        from = first === -1 ? chunk.length : first + 1;
      }
      from = readLines(state, chunk, from);
      // A copy, because the chunk's memory is not ours to keep.
      if (from < chunk.length) carry = chunk.slice(from);
      if (carry.length > LONGEST_ROW_BYTES) stopAtLongLine(state);
    },
    end() {
      if (carry.length > 0) readLastLine(state, carry);
      if (findings.isStopped()) return;
      if (state.format === undefined) findings.stop('FILE', null, 'the file is empty');
      else if (state.rows === 0) {
        findings.stop('FILE', null, 'the file has a header but no bars below it');
      }
    },
  };
}

/** Reads all lines that end in the chunk; returns where the next one begins. */
function readLines(state: CsvState, chunk: Uint8Array, start: number): number {
  let from = start;
  while (!state.findings.isStopped()) {
    const end = chunk.indexOf(LINE_FEED, from);
    if (end === -1) return from;
    readLine(state, chunk, from, end);
    from = end + 1;
  }
  return chunk.length;
}

/** Reads one line, without its line feed, and counts it. Blank lines count but hold nothing. */
function readLine(state: CsvState, bytes: Uint8Array, start: number, lineEnd: number): void {
  const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
  if (end - start >= LONGEST_ROW_BYTES) stopAtLongLine(state);
  else if (!isBlankLine(bytes, start, end)) readRow(state, bytes, start, end);
  state.line += 1;
}

function readRow(state: CsvState, bytes: Uint8Array, start: number, end: number): void {
  if (state.format === undefined && !startFormat(state, bytes, start, end)) return;
  if (state.format === undefined) return;
  const { delimiter, layout } = state.format;
  splitFields(bytes, start, end, delimiter, state.fields);
  state.readBar(bytes, state.fields, layout, state.line);
  state.rows += 1;
}

/** Learns the layout from the first line; false when that line holds no values, or no layout. */
function startFormat(state: CsvState, bytes: Uint8Array, start: number, end: number): boolean {
  const found = csvLayout(bytes, start, end);
  if (!found.ok) {
    const wanted = 'expected timestamp, open, high, low, close and volume';
    state.findings.stop('STRUCTURE', state.line, `${found.reason}; ${wanted}`);
    return false;
  }
  state.format = { delimiter: found.delimiter, layout: found.layout };
  return !found.hasHeader;
}

/** A last line without a line feed is whole if all its columns are there: then its end was merely not marked. */
function readLastLine(state: CsvState, bytes: Uint8Array): void {
  const { format, fields, findings } = state;
  if (format !== undefined && !isBlankLine(bytes, 0, bytes.length)) {
    splitFields(bytes, 0, bytes.length, format.delimiter, fields);
    const { width, time, open, high, low, close, volume } = format.layout;
    const last = fields.count - 1;
    const endsBlank = startOf(fields, last) === endOf(fields, last);
    if (
      fields.count < width ||
      (endsBlank && last === Math.max(time, open, high, low, close, volume))
    ) {
      const there = tooFew(fields.count - (endsBlank ? 1 : 0), width);
      findings.add('CUT', state.line, () => `the file ends within this line, ${there}`);
      state.rows += 1;
      return;
    }
  }
  readLine(state, bytes, 0, bytes.length);
}

function isBlankLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
  }
  return true;
}

function stopAtLongLine({ findings, line }: CsvState): void {
  const limit = LONGEST_ROW_BYTES.toLocaleString('en-US');
  findings.stop(
    'STRUCTURE',
    line,
    `the line is longer than ${limit} bytes, so this is no candle file`,
  );
}
