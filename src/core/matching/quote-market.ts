/** A market made of quotes: fills at the prices that are there, deeper into the book for larger amounts. */

import type { Costs } from '../domain/costs.ts';
import type { Order } from '../domain/order.ts';
import type { BookSide, Quote } from '../ports/market-feed.ts';
import { boundedPrice, isThrough, takerPrice, takes, type Execution } from './fill-model.ts';

/** A side of the book without depth: everything trades at its best price. */
function levels(quote: Quote, side: Order['side']): BookSide {
  const depth = (side === 'buy' ? quote.depth?.asks : quote.depth?.bids)?.filter(isLevel) ?? [];
  return depth.length === 0 ? [[best(side, quote), Infinity]] : depth;
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
  return { price: slipped(order, averagePrice(order, quote), costs), liquidity: 'taker' };
}

/**
 * How a limit or a target trades on the first quote that it meets; `null` where it does not. Where the market has
 * reached it already it takes what is there, if the whole of it is to be had at its price.
 */
export function arrivingExecution(order: Order, quote: Quote, costs: Costs): Execution | null {
  if (order.price === null || isBroken(quote, order.side)) return null;
  const average = averagePrice(order, quote);
  if (!takes(order.side, order.price, average)) return null;
  const price = boundedPrice(order.side, order.price, slipped(order, average, costs));
  return { price, liquidity: 'taker' };
}

/** Whether the market stands away from the price of a limit or a target: it rests from then on. */
export function comesToRest(order: Order, quote: Quote): boolean {
  if (order.price === null || isBroken(quote, order.side)) return false;
  return !takes(order.side, order.price, best(order.side, quote));
}

/** How a resting order trades on `quote`; `null` while it rests on. */
export function restingExecution(order: Order, quote: Quote, costs: Costs): Execution | null {
  if (isBroken(quote, order.side)) return null;
  if (order.price === null) return marketExecution(order, quote, costs);
  if (order.type === 'stop-loss') {
    return quote.bid <= order.price ? marketExecution(order, quote, costs) : null;
  }
  return isThrough(order.side, order.price, best(order.side, quote))
    ? { price: order.price, liquidity: 'maker' }
    : null;
}

function best(side: Order['side'], { bid, ask }: Quote): number {
  return side === 'buy' ? ask : bid;
}

function averagePrice({ side, size }: Order, quote: Quote): number {
  return size.unit === 'quote'
    ? averageForCost(levels(quote, side), size.cost)
    : averageForAmount(levels(quote, side), size.amount);
}

function slipped({ side }: Order, reference: number, costs: Costs): number {
  return takerPrice(side, reference, { ...costs, halfSpreadBps: 0 });
}

function averageForCost(side: BookSide, cost: number): number {
  let left = cost;
  let amount = 0;
  let last = NaN;
  for (const [price, available] of side) {
    last = price;
    const taken = Math.min(left, price * available);
    // All of it at the first price is that price, and not what dividing and multiplying make of it.
    if (taken === cost) return price;
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
    if (taken === amount) return price;
    cost += taken * price;
    left -= taken;
    if (left <= 0) return cost / amount;
  }
  return (cost + left * last) / amount;
}
