/** The rows of the trade log: positions that are still open, and every round trip. */

import type { TradingStatus } from '../../../../contract/trading.ts';
import type { ExitReason } from '../../../../core/domain/order.ts';
import { outcomeOf, type Trade } from '../../../../core/domain/trade.ts';
import { unitsOf } from '../../../ui/format.ts';
import { botNameIn, type Books } from '../books.ts';

export interface TradeRow {
  readonly id: string;
  readonly botId: string;
  readonly bot: string;
  readonly symbol: string;
  /** What the list is narrowed by: its end, or its beginning while it is open; ms UTC. */
  readonly time: number;
  /** In base. */
  readonly amount: number;
  /** ms UTC, and prices in quote. */
  readonly entryTime: number;
  readonly entryPrice: number;
  /** `null` while it is open. */
  readonly exitTime: number | null;
  readonly exitPrice: number | null;
  readonly exitReason: ExitReason | null;
  /** In quote; `null` while it is open. */
  readonly fees: number | null;
  /** After fees, in quote; of an open one at the last price. */
  readonly pnl: number;
  /** Of the entry's cost, as a fraction. */
  readonly returnPct: number;
}

interface KeptTrade {
  readonly botId: string;
  readonly symbol: string;
  readonly trade: Trade;
}

/** @param kept oldest first @returns newest first, open ones before all others */
export function tradeRows(
  books: Books,
  kept: readonly KeptTrade[],
  positions: TradingStatus['positions'],
): readonly TradeRow[] {
  const open = positions.map((position) => openRow(books, position));
  const closed = kept.map((trade, index) => closedRow(books, trade, index));
  return [...open, ...closed.toReversed()];
}

function openRow(books: Books, position: TradingStatus['positions'][number]): TradeRow {
  const { botId, symbol, amount, entryTime, entryPrice, unrealisedPnl } = position;
  return {
    id: `open ${botId}`,
    botId,
    bot: botNameIn(books, botId),
    symbol,
    time: entryTime,
    amount,
    entryTime,
    entryPrice,
    exitTime: null,
    exitPrice: null,
    exitReason: null,
    fees: null,
    pnl: unrealisedPnl,
    returnPct: unrealisedPnl / (amount * entryPrice),
  };
}

function closedRow(books: Books, { botId, symbol, trade }: KeptTrade, index: number): TradeRow {
  const { amount, entryTime, entryPrice, exitTime, exitPrice, exitReason } = trade;
  const { fees, pnl, returnPct } = trade;
  return {
    id: String(index),
    botId,
    bot: botNameIn(books, botId),
    symbol,
    time: exitTime ?? entryTime,
    amount,
    entryTime,
    entryPrice,
    exitTime,
    exitPrice,
    exitReason,
    fees,
    pnl,
    returnPct,
  };
}

export const OUTCOMES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
] as const;

export type Outcome = (typeof OUTCOMES)[number]['value'];

export function endedAs(row: TradeRow, outcome: Outcome): boolean {
  switch (outcome) {
    case 'all':
      return true;
    case 'open':
      return row.exitTime === null;
    case 'won':
    case 'lost':
      return row.exitTime !== null && outcomeOf(row) === outcome;
  }
}

export interface Total {
  readonly quote: string;
  readonly pnl: number;
}

/** What round trips made, after fees, for each currency that they were paid in; open ones are left out. */
export function totalsOf(rows: readonly TradeRow[]): readonly Total[] {
  const sums = new Map<string, number>();
  for (const { symbol, exitTime, pnl } of rows) {
    if (exitTime === null) continue;
    const { quote } = unitsOf(symbol);
    sums.set(quote, (sums.get(quote) ?? 0) + pnl);
  }
  return [...sums].map(([quote, pnl]) => ({ quote, pnl }));
}
