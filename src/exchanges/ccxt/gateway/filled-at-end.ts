/** What an order had traded when it was cancelled, for exchanges that only say that they have cancelled it. */

import { CancelPending } from 'ccxt';
import type { FoundOrder } from './venue-row.ts';

/**
 * @returns in base; `null` where it cannot be asked: the order is cancelled all the same
 * @throws CancelPending where it is still open
 */
export async function filledAtEnd(find: () => Promise<FoundOrder>): Promise<number | null> {
  const found = await find().catch(() => null);
  if (found === null) return null;
  if (!ENDED.has(found.order.status ?? '')) throw new CancelPending('The order is still open.');
  return found.trades.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}

const ENDED: ReadonlySet<string> = new Set(['closed', 'canceled', 'expired', 'rejected']);
