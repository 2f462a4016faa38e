/** What holds an update back: it restarts the app, and while it does, nobody watches what is open. */

import type { Glance } from '../app/controls.ts';

/**
 * `null` where nothing speaks against an update. A stop is a reason too: a glance at a stopped account does not say
 * whether another one is live, and what was stopped waits for a person.
 */
export function heldBackBecause({ mode, openOrders, openPositions }: Glance): string | null {
  if (openOrders > 0) return `${counted(openOrders, 'order is', 'orders are')} open.`;
  if (openPositions > 0) return `${counted(openPositions, 'position is', 'positions are')} open.`;
  if (mode === 'live') return 'Live mode is on.';
  if (mode === 'halted') return 'Trading is stopped until it is armed again.';
  return null;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
