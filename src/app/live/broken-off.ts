/** An account whose books could not be written or contradicted themselves, and what is said of it afterwards. */

import type { StopLatch } from '../stop/stop-latch.ts';
import { placeKey } from '../trading/trading-account.ts';
import type { LiveAccount } from './live-account.ts';

/** @param fault what the session said, a sentence */
export function brokenOff(fault: string): string {
  return `${fault} It was opened again by itself from what was written last, and guards what is held; nothing is bought until trading is armed.`;
}

/**
 * Whether a stop that is not carried out yet works past the account: it is not to be taken from under it. What is in doubt
 * no stop can sell: it waits for the person, who can settle it with an account that works and with no other.
 */
export function isForStop(
  stops: Pick<StopLatch, 'holds' | 'order'>,
  account: Pick<LiveAccount, 'id' | 'stopBooks'>,
): boolean {
  if (!stops.holds('live')) return false;
  const key = placeKey('live', account.id);
  if (stops.order?.places.find((place) => place.key === key)?.state === 'carried-out') return false;
  const { positions } = account.stopBooks();
  return positions.every(({ doubt }) => doubt === null || doubt.kind === 'suspect');
}
