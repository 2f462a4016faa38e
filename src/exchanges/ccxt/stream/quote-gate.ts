/** Lets through what is news of an order book: what is late, repeated, out of order or badly timed is not. */

import type { BookSide, Quote } from '../../../core/ports/market-feed.ts';

/** A book as a stream tells it. */
export interface BookUpdate {
  readonly quote: Quote;
  /** The exchange's count of the book's changes; `null` where it does not count them. */
  readonly sequence: number | null;
}

export interface QuoteGate {
  /** Whether it is news; the next is compared with what was. */
  admits(update: BookUpdate): boolean;
  /** A new connection counts from where it likes. */
  redialled(): void;
}

/**
 * An update whose time is further than this from the exchange's clock, ms, is none: it waited somewhere while we slept,
 * or its clock is wrong, and a time far ahead would make all that follow it look late.
 */
export const WORST_TIME_MS = 15_000;

/** @param exchangeNow - ms UTC by the exchange's clock. */
export function createQuoteGate(exchangeNow: () => number): QuoteGate {
  let last: BookUpdate | null = null;
  return {
    admits: (update) => {
      if (Math.abs(update.quote.time - exchangeNow()) > WORST_TIME_MS) return false;
      if (last !== null && !follows(update, last)) return false;
      last = update;
      return true;
    },
    redialled: () => {
      if (last !== null) last = { ...last, sequence: null };
    },
  };
}

function follows(update: BookUpdate, last: BookUpdate): boolean {
  if (update.quote.time < last.quote.time) return false;
  if (update.sequence !== null && last.sequence !== null) return update.sequence > last.sequence;
  return update.quote.time > last.quote.time || !isSameBook(update.quote, last.quote);
}

function isSameBook(one: Quote, other: Quote): boolean {
  if (one.bid !== other.bid || one.ask !== other.ask) return false;
  return (
    isSameSide(one.depth?.bids, other.depth?.bids) && isSameSide(one.depth?.asks, other.depth?.asks)
  );
}

function isSameSide(one: BookSide = [], other: BookSide = []): boolean {
  if (one.length !== other.length) return false;
  return one.every(([price, amount], index) => {
    const [otherPrice, otherAmount] = other[index] ?? [];
    return price === otherPrice && amount === otherAmount;
  });
}
