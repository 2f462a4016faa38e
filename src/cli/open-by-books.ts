/** What the books of a profile show to be open, where no CryptoPiggy runs that could be asked. */

import { join } from 'node:path';
import { keptBooks } from '../app/stop/stop-books.ts';
import { readTrading } from '../app/storage/read-trading.ts';
import type { KeptAccount } from '../app/storage/trading-store.ts';

/** Lines for a terminal; none where nothing is open with real money. */
export async function openByBooks(dataDir: string): Promise<readonly string[]> {
  const path = join(dataDir, 'cryptopiggy.sqlite');
  const read = await readTrading(path, 'live', (books) => books.current());
  if (!read.ok) return read.error.code === 'NO_PROFILE' ? [] : [read.error.sentence];
  return read.value === null ? [] : linesOf(read.value);
}

function linesOf(account: KeptAccount): readonly string[] {
  const { openOrders, positions } = keptBooks(account);
  const held = positions.filter(({ amount }) => amount > 0);
  if (openOrders.length === 0 && held.length === 0) return [];
  const time = account.state?.account.time ?? account.startedAt;
  const at = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  return [
    `REAL MONEY IS OPEN on ${account.settings.venue}, as the books knew it at ${at} UTC. Nobody watches it: start CryptoPiggy.`,
    ...held.map(({ botId, amount, instrument }) => {
      const stop = account.state?.bots[botId]?.holding.orders.stop ?? null;
      const guard =
        stop === null ? 'no stop rests at the exchange' : 'its stop rests at the exchange';
      return `  ${amount} ${instrument.base} of ${instrument.symbol}; ${guard}`;
    }),
    ...openOrders.map(
      ({ order }) => `  ${order.side} order of ${order.symbol}, ${order.type} (${order.id})`,
    ),
  ];
}
