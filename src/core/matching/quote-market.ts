/** A market made of quotes: fills at the prices that are there, deeper into the book for larger amounts. */

import type { Costs } from '../domain/costs.ts';
import type { Liquidity, Order } from '../domain/order.ts';
import type { BookSide, Quote } from '../ports/market-feed.ts';
import { takerPrice } from './fill-model.ts';

/** What trades and at which average price, in quote. */
export interface Execution {
  readonly price: number;
  readonly liquidity: Liquidity;
}

/** A side of the book without depth: everything trades at its best price. */
function levels(quote: Quote, side: Order['side']): BookSide {
  const depth = (side === 'buy' ? quote.depth?.asks : quote.depth?.bids)?.filter(isLevel) ?? [];
  const best = side === 'buy' ? quote.ask : quote.bid;
  return depth.length === 0 ? [[best, Infinity]] : depth;
}

/** A level without a price or an amount would give money away. */
function isLevel([price, amount]: BookSide[number]): boolean {
  return isPrice(price) && amount > 0;
}

function isPrice(price: number): boolean {
  return price > 0 && Number.isFinite(price);
}

/** Not a price at all, or a bid above the ask: nothing trades at what a feed has mixed up. */
function isBroken({ bid, ask }: Quote, side: Order['side']): boolean {
  return !isPrice(side === 'buy' ? ask : bid) || bid > ask;
}

/**
 * The average price of taking an order's size from the book, moved against it by the slippage. The spread is the
 * quote's own. What the known levels do not hold trades at the last of them.
 * @returns `null` where the quote has no price to trade at
 */
export function marketExecution(order: Order, quote: Quote, costs: Costs): Execution | null {
  if (isBroken(quote, order.side)) return null;
  const side = levels(quote, order.side);
  const reference =
    order.size.unit === 'quote'
      ? averageForCost(side, order.size.cost)
      : averageForAmount(side, order.size.amount);
  const price = takerPrice(order.side, reference, { ...costs, halfSpreadBps: 0 });
  return { price, liquidity: 'taker' };
}

/** How a resting order trades on `quote`; `null` while it rests on. */
export function restingExecution(order: Order, quote: Quote, costs: Costs): Execution | null {
  if (isBroken(quote, order.side)) return null;
  if (order.price === null) return marketExecution(order, quote, costs);
  switch (order.type) {
    case 'limit':
      return quote.ask <= order.price ? { price: order.price, liquidity: 'maker' } : null;
    case 'take-profit':
      return quote.bid >= order.price ? { price: order.price, liquidity: 'maker' } : null;
    case 'stop-loss':
      return quote.bid <= order.price ? marketExecution(order, quote, costs) : null;
    default:
      return null;
  }
}

function averageForCost(side: BookSide, cost: number): number {
  let left = cost;
  let amount = 0;
  let last = NaN;
  for (const [price, available] of side) {
    last = price;
    const taken = Math.min(left, price * available);
    amount += taken / price;
    left -= taken;
    if (left <= 0) return cost / amount;
  }
  return cost / (amount + left / last);
}

function averageForAmount(side: BookSide, amount: number): number {
  let left = amount;
  let cost = 0;
  let last = NaN;
  for (const [price, available] of side) {
    last = price;
    const taken = Math.min(left, available);
    cost += taken * price;
    left -= taken;
    if (left <= 0) return cost / amount;
  }
  return (cost + left * last) / amount;
}
