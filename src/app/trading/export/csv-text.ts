/** CSV for people's own books: every digit in plain decimals, and no text that a spreadsheet would run. */

import { exactDecimal } from '../../../core/indicators/exact-decimal.ts';
import { csvCell } from '../../backtest/csv.ts';

export type Cell = number | string | null;

export type Columns<Row> = readonly (readonly [header: string, cell: (row: Row) => Cell])[];

/** Rows per piece: some hundred kB. */
const ROWS_PER_CHUNK = 2_048;

/** The header, then one line per row, in pieces of many rows. RFC 4180, lines end in CRLF. */
export function* csvText<Row>(
  columns: Columns<Row>,
  rows: Iterable<Row>,
): Generator<string, void, undefined> {
  yield line(columns.map(([header]) => header));
  let chunk = '';
  let held = 0;
  for (const row of rows) {
    chunk += line(columns.map(([, cell]) => cell(row)));
    held += 1;
    if (held < ROWS_PER_CHUNK) continue;
    yield chunk;
    chunk = '';
    held = 0;
  }
  if (held > 0) yield chunk;
}

/** The shortest decimal that reads back as `value`, without an exponent. @throws RangeError unless finite */
export function plainDecimal(value: number): string {
  const { digits, places } = exactDecimal(value);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return places === 0 ? sign + whole : `${sign}${whole}.${text.slice(-places)}`;
}

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  return typeof cell === 'number' ? plainDecimal(cell) : csvCell(cell && withoutFormulas(cell));
}

/**
 * Text that begins like a formula is run; so is what follows a semicolon, a tab or a line break where a
 * spreadsheet's locale splits cells there, because our quotes then no longer stand at a cell's edge.
 * Blanks and quotes in between may be dropped by it; full-width signs count in Japanese locales
 * (OWASP, "CSV injection").
 */
function withoutFormulas(text: string): string {
  return text.replaceAll(/(?<=^|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠])/g, "'");
}
