/** Tells from a CSV file's first line what separates its columns, whether it is a header, and where each value stands. */

import { USUAL_ORDER, type RowLayout } from './bar-reader.ts';
import { listed } from './field-text.ts';
import { createFields, endOf, splitFields, startOf, type Fields } from './fields.ts';
import { isoDateAt } from './iso-date.ts';
import { numberAt } from './number-scanner.ts';

const TAB = 0x09;
const SEMICOLON = 0x3b;
const COMMA = 0x2c;

/** Looked at in this order, because a comma may also be part of a number. */
const DELIMITERS = [TAB, SEMICOLON, COMMA] as const;
const LEAST_COLUMNS = 6;

export type CsvLayout =
  | {
      readonly ok: true;
      readonly hasHeader: boolean;
      readonly delimiter: number;
      readonly layout: RowLayout;
    }
  | { readonly ok: false; readonly reason: string };

/** Names of the time column as exchanges and tools write them, without blanks and underscores; the first found counts. */
const TIME_NAMES = ['timestamp', 'time', 'opentime', 'unix', 'datetime', 'date'] as const;
const VALUE_NAMES = ['open', 'high', 'low', 'close', 'volume'] as const;

export function csvLayout(bytes: Uint8Array, start: number, end: number): CsvLayout {
  const fields = createFields();
  const delimiter = delimiterOf(bytes, start, end, fields);
  if (delimiter === undefined) {
    return { ok: false, reason: 'no columns are separated by commas, semicolons or tabs' };
  }
  splitFields(bytes, start, end, delimiter, fields);
  if (!isDataRow(bytes, fields)) return headerLayout(bytes, fields, delimiter);
  if (fields.count < LEAST_COLUMNS) {
    return { ok: false, reason: 'without a header, at least 6 columns are needed' };
  }
  const layout = { ...USUAL_ORDER, width: fields.count, most: Infinity };
  return { ok: true, hasHeader: false, delimiter, layout };
}

/** The first that gives enough columns, else the one that gives the most. */
function delimiterOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  fields: Fields,
): number | undefined {
  let best: number | undefined;
  let most = 1;
  for (const delimiter of DELIMITERS) {
    splitFields(bytes, start, end, delimiter, fields);
    if (fields.count >= LEAST_COLUMNS) return delimiter;
    if (fields.count > most) best = delimiter;
    most = Math.max(most, fields.count);
  }
  return best;
}

/** A header never begins with a number or a date. */
function isDataRow(bytes: Uint8Array, fields: Fields): boolean {
  const start = startOf(fields, 0);
  const end = endOf(fields, 0);
  return !Number.isNaN(numberAt(bytes, start, end)) || !Number.isNaN(isoDateAt(bytes, start, end));
}

function headerLayout(bytes: Uint8Array, fields: Fields, delimiter: number): CsvLayout {
  const names = headerNames(bytes, fields);
  const time = TIME_NAMES.map((name) => names.indexOf(name)).find((index) => index !== -1) ?? -1;
  const missing = VALUE_NAMES.filter((name) => !names.includes(name));
  if (time === -1 || missing.length > 0) {
    const wanted = listed([...(time === -1 ? ['timestamp (or time, or date)'] : []), ...missing]);
    return { ok: false, reason: `the header has no column named ${wanted}` };
  }
  const twice = [TIME_NAMES.find((name) => names.includes(name)), ...VALUE_NAMES].find(
    (name) => name !== undefined && names.indexOf(name) !== names.lastIndexOf(name),
  );
  if (twice !== undefined) {
    return { ok: false, reason: `the header names ${twice} more than once` };
  }
  const at = (name: (typeof VALUE_NAMES)[number]): number => names.indexOf(name);
  const layout = {
    time,
    open: at('open'),
    high: at('high'),
    low: at('low'),
    close: at('close'),
    volume: at('volume'),
    width: widthOf(names),
    most: names.length,
  };
  return { ok: true, hasHeader: true, delimiter, layout };
}

/** Columns without a name at the end, as a trailing comma makes them, need not be in every row. */
function widthOf(names: readonly string[]): number {
  return names.findLastIndex((name) => name !== '') + 1;
}

function headerNames(bytes: Uint8Array, fields: Fields): readonly string[] {
  const utf8 = new TextDecoder('utf-8');
  const kept = Math.min(fields.count, fields.starts.length);
  return Array.from({ length: kept }, (_, index) =>
    utf8
      .decode(bytes.subarray(startOf(fields, index), endOf(fields, index)))
      .toLowerCase()
      .replace(/[\s_]/g, ''),
  );
}
