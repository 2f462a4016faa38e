/** A quote from ccxt's order book, or none: a price that cannot be right is not shown to a strategy. */

import type { OrderBook } from 'ccxt';
import type { BookSide, Quote } from '../../core/ports/market-feed.ts';

/** Price levels of each side that are asked for and kept. */
export const BOOK_LEVELS = 20;

/** `null` for a book with an empty side, a number missing or not positive, or a bid that is not below the ask. */
export function quoteFromBook(symbol: string, book: OrderBook, now: number): Quote | null {
  const bids = side(book.bids);
  const asks = side(book.asks);
  const bid = bids?.[0]?.[0];
  const ask = asks?.[0]?.[0];
  if (!bids || !asks || bid === undefined || ask === undefined || bid >= ask) return null;
  return { symbol, time: book.timestamp ?? now, bid, ask, depth: { bids, asks } };
}

/** `null` where a level is not a price and an amount. */
function side(levels: OrderBook['bids']): BookSide | null {
  const kept: (readonly [number, number])[] = [];
  for (const [price, amount] of levels.slice(0, BOOK_LEVELS)) {
    if (!isPositive(price) || !isPositive(amount)) return null;
    kept.push([price, amount]);
  }
  return kept;
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}
