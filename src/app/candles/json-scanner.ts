/** Reads the rows of a JSON array of arrays, `[[ms, open, high, low, close, volume], …]`, and hands each on. */

import { USUAL_ORDER, type BarReader } from './bar-reader.ts';
import { quotedText } from './field-text.ts';
import { createFields, splitFields } from './fields.ts';
import type { Findings } from './findings.ts';
import { EMPTY, joined, LONGEST_ROW_BYTES, type TextScanner } from './pieces.ts';

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const QUOTE = 0x22;
const BRACE = 0x7b;

const LAYOUT = { ...USUAL_ORDER, width: 6, most: Infinity } as const;

/** What may come next, outside of a row. */
type Expected = 'array' | 'row or end' | 'row' | 'comma or end' | 'nothing';

interface JsonState {
  expected: Expected;
  /** The number of the row being read or expected, from 1. */
  entry: number;
  readonly readRow: (bytes: Uint8Array, start: number, end: number, entry: number) => void;
  readonly findings: Findings;
}

export function createJsonScanner(readBar: BarReader, findings: Findings): TextScanner {
  const fields = createFields();
  const readRow: JsonState['readRow'] = (bytes, start, end, entry) => {
    splitFields(bytes, start, end, COMMA, fields);
    readBar(bytes, fields, LAYOUT, entry);
  };
  const state: JsonState = { expected: 'array', entry: 1, readRow, findings };
  let carry: Uint8Array = EMPTY;
  return {
    push(chunk) {
      const bytes = joined(carry, chunk);
      // A copy, because the chunk's memory is not ours to keep.
      carry = bytes.slice(readRows(state, bytes));
      if (carry.length > LONGEST_ROW_BYTES) stopAtLongRow(state);
    },
    end() {
      if (carry.length > 0) findings.stop('CUT', state.entry, 'the file ends within this entry');
      else if (state.expected !== 'nothing') {
        findings.stop('CUT', null, 'the file is cut: its closing bracket is missing');
      } else if (state.entry === 1) findings.stop('FILE', null, 'the file has no bars');
    },
  };
}

/** Reads all rows that end in these bytes; returns where an unfinished one begins. */
function readRows(state: JsonState, bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && !state.findings.isStopped()) {
    const byte = bytes[at] ?? 0;
    if (byte === OPEN && (state.expected === 'row' || state.expected === 'row or end')) {
      const end = rowEnd(bytes, at + 1);
      if (end === -1) return at;
      if (end - at >= LONGEST_ROW_BYTES) stopAtLongRow(state);
      else takeRow(state, bytes, at + 1, end);
      at = end + 1;
    } else {
      if (!isBlank(byte)) readMark(state, byte);
      at += 1;
    }
  }
  return bytes.length;
}

function takeRow(state: JsonState, bytes: Uint8Array, start: number, end: number): void {
  state.readRow(bytes, start, end, state.entry);
  state.entry += 1;
  state.expected = 'comma or end';
}

/** The closing bracket of the row, or -1 if it is not in these bytes. */
function rowEnd(bytes: Uint8Array, start: number): number {
  let quoted = false;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === CLOSE && !quoted) return at;
  }
  return -1;
}

function readMark(state: JsonState, byte: number): void {
  const { expected } = state;
  if (byte === OPEN && expected === 'array') state.expected = 'row or end';
  else if (byte === COMMA && expected === 'comma or end') state.expected = 'row';
  else if (byte === CLOSE && (expected === 'row or end' || expected === 'comma or end')) {
    state.expected = 'nothing';
  } else stopAtMark(state, byte);
}

function stopAtMark({ expected, entry, findings }: JsonState, byte: number): void {
  const shown = quotedText(Uint8Array.of(byte), 0, 1);
  if (expected === 'nothing') {
    findings.stop(
      'STRUCTURE',
      null,
      `after the closing bracket there is more, beginning with ${shown}`,
    );
  } else if (byte === BRACE) {
    const wanted = 'a row [timestamp, open, high, low, close, volume] was expected';
    findings.stop('STRUCTURE', entry, `an object stands where ${wanted}`);
  } else {
    const wanted =
      expected === 'comma or end' ? 'a comma or the closing bracket' : 'a row in brackets';
    findings.stop('STRUCTURE', entry, `${shown} stands where ${wanted} was expected`);
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function stopAtLongRow({ findings, entry }: JsonState): void {
  const limit = LONGEST_ROW_BYTES.toLocaleString('en-US');
  findings.stop(
    'STRUCTURE',
    entry,
    `the entry is longer than ${limit} bytes, so this is no candle file`,
  );
}
