/** What an account has traded in a pair, whoever placed the orders: all of it, read page by page. */

import { BadResponse, type Trade } from 'ccxt';
import type { AccountTrade } from '../../../core/ports/exchange.ts';

/** Pages that are read of one list at most: what is not told whole is not told. */
const MOST_PAGES = 60;

export interface Page<Next> {
  readonly trades: readonly Trade[];
  /** What the next page is asked by; `null` where there is none. */
  readonly next: Next | null;
}

/** @throws BadResponse for a list that does not end, and what `read` throws */
export async function allPages<Next>(
  first: Next,
  read: (at: Next) => Promise<Page<Next>>,
): Promise<readonly Trade[]> {
  const trades: Trade[] = [];
  let at = first;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(at);
    trades.push(...page.trades);
    if (page.next === null) return trades;
    at = page.next;
  }
  throw new BadResponse('The list of trades does not end.');
}

/** Each trade once: pages overlap where something trades while they are read. Oldest first. */
function inOrder(trades: readonly Trade[]): readonly Trade[] {
  const byId = new Map(trades.map((trade) => [trade.id, trade]));
  return [...byId.values()].toSorted(
    (one, other) =>
      (one.timestamp ?? 0) - (other.timestamp ?? 0) || idOrder(one.id ?? '', other.id ?? ''),
  );
}

/** Of numbers by their worth: 9 is before 10. */
function idOrder(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

/** @param since ms UTC, inclusive */
export function accountTrades(
  symbol: string,
  since: number,
  trades: readonly Trade[],
): readonly AccountTrade[] {
  return inOrder(trades)
    .filter(({ timestamp }) => (timestamp ?? 0) >= since)
    .map((trade) => accountTrade(symbol, trade));
}

function accountTrade(symbol: string, trade: Trade): AccountTrade {
  const { id, order, side, timestamp, amount, price, fee } = trade;
  if (id === undefined || amount === undefined || price === undefined) {
    throw new Error('The exchange shows a trade without an id, an amount or a price.');
  }
  const [, quote = ''] = symbol.split('/');
  return {
    id,
    exchangeOrderId: order ?? null,
    symbol,
    side: side === 'sell' ? 'sell' : 'buy',
    time: timestamp ?? 0,
    amount,
    price,
    fee: { currency: fee?.currency ?? quote, amount: fee?.cost ?? 0 },
  };
}
