/** What an emergency stop did, in words that fit into a notification. */

import type { StopReport } from '../app/trading/emergency-stop.ts';

/** @param report - `null` where there was nothing to stop */
export function stopSentence(report: StopReport | null): string {
  if (report === null) return 'There is no account yet, so nothing was trading.';
  const { cancelled, notCancelled, kept, sold, notSold } = report;
  const parts = [
    'Stopped.',
    cancelled.length > 0 && `${counted(cancelled.length, 'order')} withdrawn.`,
    notCancelled.length > 0 && `${notCancelled.length} could not be: look at the exchange.`,
    kept.length > 0 && `${counted(kept.length, 'protective order')} left in place.`,
    sold.length > 0 && `Sold: ${sold.join(', ')}.`,
    notSold.length > 0 && `Not sold: ${notSold.join(', ')}. Look at the exchange.`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
