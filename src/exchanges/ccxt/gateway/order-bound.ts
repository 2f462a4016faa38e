/** How far an order at the market may go from the price that it was decided at. */

import { ExchangeNotAvailable, type Exchange } from 'ccxt';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import { BOOK_LEVELS, quoteFromBook } from '../order-book.ts';

/** Of the price at the top of the book, where the order brings no bound of its own. */
const SLACK = 0.01;

/** @returns in quote; `null` for an order that has a price @throws what ccxt throws */
export async function boundOf(exchange: Exchange, order: ApprovedOrder): Promise<number | null> {
  if (order.type !== 'market' || order.bound !== null) return order.bound;
  const book = await exchange.fetchOrderBook(order.symbol, BOOK_LEVELS);
  const quote = quoteFromBook(order.symbol, book, 0);
  if (quote === null) throw new ExchangeNotAvailable('There is no price to sell or buy at.');
  return order.side === 'buy' ? quote.ask * (1 + SLACK) : quote.bid * (1 - SLACK);
}
