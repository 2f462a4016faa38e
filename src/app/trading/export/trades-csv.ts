/** The bots' round trips as CSV, in the columns of a backtest's trades. */

import type { Trade } from '../../../core/domain/trade.ts';
import { csvText, isoTime, type Columns } from './csv-text.ts';

export interface BotTrade {
  readonly botName: string;
  readonly symbol: string;
  readonly trade: Trade;
}

const COLUMNS: Columns<BotTrade> = [
  ['bot', ({ botName }) => botName],
  ['pair', ({ symbol }) => symbol],
  ['side', ({ trade }) => trade.side],
  ['amount_base', ({ trade }) => trade.amount],
  ['entry_time_ms', ({ trade }) => trade.entryTime],
  ['entry_time_utc', ({ trade }) => isoTime(trade.entryTime)],
  ['entry_price_quote', ({ trade }) => trade.entryPrice],
  ['exit_time_ms', ({ trade }) => trade.exitTime],
  ['exit_time_utc', ({ trade }) => (trade.exitTime === null ? null : isoTime(trade.exitTime))],
  ['exit_price_quote', ({ trade }) => trade.exitPrice],
  ['exit_reason', ({ trade }) => trade.exitReason],
  ['fees_quote', ({ trade }) => trade.fees],
  ['pnl_quote', ({ trade }) => trade.pnl],
  ['return_fraction', ({ trade }) => trade.returnPct],
];

/** One row per round trip, in pieces of many rows; the exit of a position that is still open is empty. */
export function tradesCsv(rows: Iterable<BotTrade>): Generator<string, void, undefined> {
  return csvText(COLUMNS, rows);
}
