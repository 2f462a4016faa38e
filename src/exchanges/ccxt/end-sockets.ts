/** Ends the sockets of an object of ccxt's at once. */

import type { Exchange } from 'ccxt';

interface Socket {
  /** Ends it without a goodbye. */
  terminate(): void;
}

/**
 * ccxt's close says goodbye and waits up to 30 s for an exchange that may be gone; meanwhile the process could not
 * exit. It is called nevertheless: it answers those who still wait inside ccxt.
 */
export function endSockets(exchange: Exchange): void {
  for (const client of Object.values(exchange.clients)) {
    const connection: unknown = client.connection;
    if (isSocket(connection)) connection.terminate();
  }
  exchange.close().catch(() => undefined);
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'terminate' in value;
}
