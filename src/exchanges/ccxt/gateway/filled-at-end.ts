/** What an order had traded when it was cancelled, for exchanges that only say that they have cancelled it. */

import { CancelPending, type Order as CcxtOrder } from 'ccxt';
import type { FoundOrder } from './venue-row.ts';

/**
 * @returns in base; `null` where it cannot be asked: the order is cancelled all the same
 * @throws CancelPending where it is still open
 */
export async function filledAtEnd(find: () => Promise<FoundOrder>): Promise<number | null> {
  const found = await find().catch(() => null);
  if (found === null) return null;
  if (!isOver(found.order)) throw new CancelPending('The order is still open.');
  return found.trades.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}

const ENDED: ReadonlySet<string> = new Set(['closed', 'canceled', 'expired', 'rejected']);

export function isOver({ status }: CcxtOrder): boolean {
  return ENDED.has(status ?? '');
}
