/** For stories that count within a day. */

import { utcDay } from '../../../src/core/domain/timeframe.ts';

/** ms for the longest of them, should midnight come at the worst moment. */
export const TOLD_TWICE_MS = 420_000;

/** A day's counts begin anew at midnight UTC: a story that midnight has broken is told once more. */
export async function withinOneDay(story: () => Promise<void>): Promise<void> {
  const day = utcDay(Date.now());
  try {
    await story();
  } catch (error) {
    if (utcDay(Date.now()) === day) throw error;
    await story();
  }
}
