/** Where the fields of one row stand in its bytes: filled anew for every row, so that a row allocates nothing. */

/** Fields beyond this many are counted but not kept. */
const KEPT_FIELDS = 128;

export interface Fields {
  /** How many fields the row has. */
  count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export function createFields(): Fields {
  return { count: 0, starts: new Int32Array(KEPT_FIELDS), ends: new Int32Array(KEPT_FIELDS) };
}

export function startOf(fields: Fields, index: number): number {
  return fields.starts[index] ?? 0;
}

export function endOf(fields: Fields, index: number): number {
  return fields.ends[index] ?? 0;
}

const QUOTE = 0x22;

/** Space, tab and carriage return; JSON's line feed too. */
function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0x0a;
}

/**
 * Splits `bytes[start..end)` at `delimiter`. Blanks around a field and the quotation marks around it are left out;
 * a delimiter inside quotation marks is part of the field.
 */
export function splitFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  fields: Fields,
): void {
  let count = 0;
  let from = start;
  while (from <= end) {
    let to = from;
    if (bytes[from] === QUOTE || isBlank(bytes[from])) {
      to = afterQuoted(bytes, from, end);
    }
    while (to < end && bytes[to] !== delimiter) to += 1;
    keep(fields, count, bytes, from, to);
    count += 1;
    from = to + 1;
  }
  fields.count = count;
}

/** Where the search for the delimiter goes on: behind the quoted part, if the field begins with one. */
function afterQuoted(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0x20) at += 1;
  if (at >= end || bytes[at] !== QUOTE) return start;
  for (at += 1; at < end; at += 1) {
    if (bytes[at] === QUOTE) return at + 1;
  }
  return end;
}

/** Typed arrays ignore writes past their end: fields past the last kept one are only counted. */
function keep(fields: Fields, index: number, bytes: Uint8Array, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start])) start += 1;
  while (end > start && isBlank(bytes[end - 1])) end -= 1;
  if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
    start += 1;
    end -= 1;
    while (start < end && bytes[start] === 0x20) start += 1;
    while (end > start && bytes[end - 1] === 0x20) end -= 1;
  }
  fields.starts[index] = start;
  fields.ends[index] = end;
}
