/** One connection to an exchange's stream of an order book, through ccxt.pro: each object of it is used once. */

import type { Exchange, OrderBook } from 'ccxt';
import { endSockets } from '../end-sockets.ts';
import { quoteFromBook } from '../order-book.ts';
import type { VenueStream } from '../venues.ts';
import { isWithin, reachOf, type BookReach } from './book-reach.ts';
import type { StreamEar } from './kept-stream.ts';

export interface BookStreamParts {
  readonly exchange: Exchange;
  readonly symbol: string;
  readonly stream: VenueStream;
  /** ms UTC by the exchange's clock: for a book that comes without a time. */
  readonly exchangeNow: () => number;
}

/** Begins at once; the answer hangs up. */
export function openBookStream(parts: BookStreamParts, ear: StreamEar): () => void {
  const { exchange, symbol, stream, exchangeNow } = parts;
  let reach: BookReach | null = null;
  let hungUp = false;
  const wanted = (): boolean => !hungUp;

  const hangUp = (): void => {
    if (hungUp) return;
    hungUp = true;
    endSockets(exchange);
  };

  /** Whether the stream can go on after it. */
  const read = (book: OrderBook): boolean => {
    const quote = quoteFromBook(symbol, book, exchangeNow());
    if (quote === null) return true;
    reach ??= reachOf(book, stream.window === 'follows' ? Infinity : stream.levels);
    if (!isWithin(reach, quote)) return false;
    ear.update({ quote, sequence: book.nonce ?? null });
    return true;
  };

  const listen = async (): Promise<void> => {
    while (wanted()) {
      const book = await nextBook(parts);
      if (!wanted()) return;
      if (book !== null && read(book)) continue;
      hangUp();
      ear.ended();
    }
  };

  void listen();
  return hangUp;
}

/** `null` at the end of the connection: it broke, was refused, or ccxt found a hole in the book's sequence. */
async function nextBook({ exchange, symbol, stream }: BookStreamParts): Promise<OrderBook | null> {
  try {
    return await exchange.watchOrderBook(symbol, stream.levels);
  } catch {
    return null;
  }
}
