/** Trades and equity as CSV (RFC 4180) for spreadsheets and scripts. */

import { drawdownColumn } from '../../core/backtest/drawdown.ts';
import type { DocumentRun } from '../../core/backtest/document.ts';
import type { Trade } from '../../core/domain/trade.ts';

type Cell = number | string | null;

/** Rows per piece: some hundred kB. */
const ROWS_PER_CHUNK = 2_048;

const TRADE_COLUMNS: readonly (readonly [header: string, cell: (trade: Trade) => Cell])[] = [
  ['side', ({ side }) => side],
  ['amount_base', ({ amount }) => amount],
  ['entry_time_ms', ({ entryTime }) => entryTime],
  ['entry_time_utc', ({ entryTime }) => isoTime(entryTime)],
  ['entry_price_quote', ({ entryPrice }) => entryPrice],
  ['exit_time_ms', ({ exitTime }) => exitTime],
  ['exit_time_utc', ({ exitTime }) => (exitTime === null ? null : isoTime(exitTime))],
  ['exit_price_quote', ({ exitPrice }) => exitPrice],
  ['exit_reason', ({ exitReason }) => exitReason],
  ['fees_quote', ({ fees }) => fees],
  ['pnl_quote', ({ pnl }) => pnl],
  ['return_fraction', ({ returnPct }) => returnPct],
];

/** One row per trade; cells of a position that is still open are empty. In pieces of many rows. */
export function tradesCsv({ trades }: DocumentRun): Generator<string, void, undefined> {
  const header = TRADE_COLUMNS.map(([name]) => name);
  return csv(header, trades.length, (index) => {
    const trade = trades[index];
    return trade === undefined ? [] : TRADE_COLUMNS.map(([, cell]) => cell(trade));
  });
}

/** One row per bar, in pieces of many rows. */
export function equityCsv({
  time,
  equity,
  config,
  summary,
}: DocumentRun): Generator<string, void, undefined> {
  const drawdown = drawdownColumn(equity, config.startingBalance);
  const header = ['time_ms', 'time_utc', 'equity_quote', 'drawdown_fraction'];
  return csv(header, summary.bars, (index) => {
    const start = time[index] ?? NaN;
    return [start, isoTime(start), equity[index] ?? NaN, drawdown[index] ?? NaN];
  });
}

function* csv(
  header: readonly string[],
  rows: number,
  row: (index: number) => readonly Cell[],
): Generator<string, void, undefined> {
  yield csvLine(header);
  for (let start = 0; start < rows; start += ROWS_PER_CHUNK) {
    let chunk = '';
    for (let index = start; index < Math.min(start + ROWS_PER_CHUNK, rows); index += 1) {
      chunk += csvLine(row(index));
    }
    yield chunk;
  }
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** @throws Error for NaN and Infinity, which no report holds. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoted(withoutFormula(cell));
  if (!Number.isFinite(cell)) throw new Error(`A CSV cell is ${cell}, which no report may hold.`);
  return String(cell);
}

/** A spreadsheet runs text that begins like a formula (OWASP, "CSV injection"). */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}
