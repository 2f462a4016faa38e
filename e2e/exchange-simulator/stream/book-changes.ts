/** The `depth` stream: what changed in a book since it was last told, so that a client can keep a copy of it. */

import { bookOf, levelView, type Book } from '../book.ts';
import type { Exchange } from '../exchange.ts';
import type { Level } from '../market/depth.ts';
import type { Market } from '../market/market.ts';

export interface BookChanges {
  /** Begins to compare; a client then asks for the whole book, and takes up the changes from there. */
  readonly watch: (market: Market) => void;
  /** `undefined` for a book that nobody watches. */
  readonly next: (market: Market) => unknown;
}

interface Told {
  readonly book: Book;
  readonly updateId: number;
}

export function createBookChanges(exchange: Exchange): BookChanges {
  const told = new Map<string, Told>();
  return {
    watch: (market) => {
      const { name } = market.rules;
      if (told.has(name)) return;
      told.set(name, { book: bookOf(exchange, market), updateId: market.updateId() });
    },
    next: (market) => {
      const { name } = market.rules;
      const before = told.get(name);
      if (before === undefined) return undefined;
      const after = { book: bookOf(exchange, market), updateId: market.updateId() };
      told.set(name, after);
      return {
        e: 'depthUpdate',
        E: exchange.now(),
        s: name,
        U: before.updateId + 1,
        u: after.updateId,
        b: changes(before.book.bids, after.book.bids),
        a: changes(before.book.asks, after.book.asks),
      };
    },
  };
}

function changes(before: readonly Level[], after: readonly Level[]): readonly unknown[] {
  const current = new Set(after.map(({ price }) => price));
  const gone = before
    .filter(({ price }) => !current.has(price))
    .map(({ price }) => ({ price, quantity: 0n }));
  return [...gone, ...after].map(levelView);
}
