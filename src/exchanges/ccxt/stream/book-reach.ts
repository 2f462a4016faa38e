/**
 * How far the book that a stream of changes began with goes. Of what lies beyond, only what changes is told: a price
 * that moves there would stand beside levels that nobody knows of, and the best one might be among those.
 */

import type { OrderBook } from 'ccxt';
import type { BookSide, Quote } from '../../../core/ports/market-feed.ts';

export interface BookReach {
  readonly lowestBid: number;
  readonly highestAsk: number;
}

/** Changes that came while the book was read may have taken some of its levels away. */
const LEFT = 0.9;

/** @param levels - That were asked for of each side: one that has clearly fewer is known as a whole. */
export function reachOf({ bids, asks }: OrderBook, levels: number): BookReach {
  const most = levels * LEFT;
  return {
    lowestBid: bids.length < most ? 0 : (bids.at(-1)?.[0] ?? 0),
    highestAsk: asks.length < most ? Infinity : (asks.at(-1)?.[0] ?? Infinity),
  };
}

/** Whether every level of the quote lies within reach. */
export function isWithin({ lowestBid, highestAsk }: BookReach, { depth }: Quote): boolean {
  return deepest(depth?.bids, Infinity) >= lowestBid && deepest(depth?.asks, 0) <= highestAsk;
}

function deepest(side: BookSide | undefined, none: number): number {
  return side?.at(-1)?.[0] ?? none;
}
