/** What an emergency stop did, in words that fit into a notification. */

import type { StopReport } from '../app/stop/stop-report.ts';

export function stopSentence(report: StopReport): string {
  const { state, trouble, places, cancelled, notCancelled, kept, sold, notSold } = report;
  const isDone = state === 'carried-out';
  const parts = [
    isDone ? 'Stopped.' : 'Stopped, but NOT carried out yet; it is gone on with.',
    trouble,
    cancelled.length > 0 && `${counted(cancelled.length, 'order')} withdrawn.`,
    notCancelled.length > 0 && `${counted(notCancelled.length, 'order')} not withdrawn yet.`,
    kept.length > 0 && `${counted(kept.length, 'protective order')} left in place.`,
    sold.length > 0 && `Sold: ${sold.join(', ')}.`,
    notSold.length > 0 && `Not sold yet: ${notSold.join(', ')}.`,
    ...places
      .filter((place) => place.state === 'not-yet')
      .map(({ venue, sentence }) => `${venue}: ${sentence}`),
  ];
  return parts.filter((part) => part !== false && part !== null).join(' ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
