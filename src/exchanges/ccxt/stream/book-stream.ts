/** One connection to an exchange's stream of an order book, through ccxt.pro: each object of it is used once. */

import type { Exchange, OrderBook } from 'ccxt';
import { quoteFromBook } from '../order-book.ts';
import type { StreamEar } from './kept-stream.ts';

export interface BookStreamParts {
  readonly exchange: Exchange;
  readonly symbol: string;
  /** Levels of each side that are asked for. */
  readonly levels: number;
  /** ms UTC by the exchange's clock: for a book that comes without a time. */
  readonly exchangeNow: () => number;
}

/** Begins at once; the answer hangs up. */
export function openBookStream(parts: BookStreamParts, ear: StreamEar): () => void {
  const { exchange, symbol, exchangeNow } = parts;
  let hungUp = false;
  const wanted = (): boolean => !hungUp;

  const hangUp = (): void => {
    if (hungUp) return;
    hungUp = true;
    endSockets(exchange);
  };

  const listen = async (): Promise<void> => {
    while (wanted()) {
      const book = await nextBook(parts);
      if (!wanted()) return;
      if (book === null) {
        hangUp();
        return ear.ended();
      }
      const quote = quoteFromBook(symbol, book, exchangeNow());
      if (quote !== null) ear.update({ quote, sequence: book.nonce ?? null });
    }
  };

  void listen();
  return hangUp;
}

/** `null` at the end of the connection: it broke, was refused, or ccxt found a hole in the book's sequence. */
async function nextBook({ exchange, symbol, levels }: BookStreamParts): Promise<OrderBook | null> {
  try {
    return await exchange.watchOrderBook(symbol, levels);
  } catch {
    return null;
  }
}

interface Socket {
  /** Ends it without a goodbye. */
  terminate(): void;
}

/**
 * ccxt's close says goodbye and waits up to 30 s for an exchange that may be gone; meanwhile the process could not
 * exit. It is called nevertheless: it answers those who still wait inside ccxt.
 */
function endSockets(exchange: Exchange): void {
  for (const client of Object.values(exchange.clients)) {
    const connection: unknown = client.connection;
    if (isSocket(connection)) connection.terminate();
  }
  exchange.close().catch(() => undefined);
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'terminate' in value;
}
