/** An account whose books could not be written or contradicted themselves, and what is said of it afterwards. */

import type { StopLatch } from '../stop/stop-latch.ts';
import { placeKey } from '../trading/trading-account.ts';

/** @param fault what the session said, a sentence */
export function brokenOff(fault: string): string {
  return `${fault} It was opened again by itself from what was written last, and guards what is held; nothing is bought until trading is armed.`;
}

/** Whether a stop that is not carried out yet works past the account: it is not to be taken from under it. */
export function isForStop(stops: Pick<StopLatch, 'holds' | 'order'>, accountId: number): boolean {
  if (!stops.holds('live')) return false;
  const key = placeKey('live', accountId);
  return stops.order?.places.find((place) => place.key === key)?.state !== 'carried-out';
}
