/** An emergency stop's report for a terminal. */

import type { StopReport } from '../app/stop/stop-report.ts';

const STATES = {
  'carried-out': 'Emergency stop, carried out:',
  'not-yet': 'Emergency stop, NOT YET CARRIED OUT:',
  unknown: 'Emergency stop, NOT KNOWN whether it is carried out:',
} as const satisfies Record<StopReport['state'], string>;

const UNTIL = 'trading is halted until it is armed again (piggy arm).';

export function stopText(report: StopReport): string {
  const isEmpty =
    report.state === 'carried-out' &&
    [report.cancelled, report.kept, report.sold].every((list) => list.length === 0);
  const empty = isEmpty ? ['Nothing was open.'] : [];
  return `${[...stopLines(report), ...empty].join('\n')}\n`;
}

/** Nothing where no stop is in force. */
export function stopLines(report: StopReport | null): readonly string[] {
  if (report === null) return [];
  const { state, flatten, trouble, places, cancelled, notCancelled, kept, sold, notSold } = report;
  return [
    `${STATES[state]} ${UNTIL}`,
    flatten ? 'Everything that was bought is to be sold.' : null,
    trouble,
    line('Withdrawn', cancelled),
    line('NOT withdrawn yet', notCancelled),
    line('Protective orders left in place', kept),
    line('Sold', sold),
    line('NOT sold yet, the position is still open', notSold),
    ...places.map(({ venue, sentence }) => `${venue}: ${sentence}`),
  ].filter((text) => text !== null);
}

function line(title: string, items: readonly string[]): string | null {
  return items.length === 0 ? null : `${title}: ${items.join(', ')}`;
}
