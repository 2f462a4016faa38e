/** How long to wait before dialling again: doubling, bounded, and spread so that windows do not dial in step. */

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/**
 * @param failures - Attempts that failed in a row, 0 after a connection was lost.
 * @param random - From 0 inclusive to 1 exclusive.
 * @returns ms, between half the step and the whole of it.
 */
export function backoffMs(failures: number, random: number): number {
  const step = Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
  return step / 2 + (step / 2) * random;
}
