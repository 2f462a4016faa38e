/** Adds up what vitest's JSON reports say, for the closing line of `npm test`. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0 };

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
});

/**
 * The totals of one step. `report` is the file that vitest wrote, or null for a step that is no test run; a step that
 * failed without a failing test (a rule, a file that does not load, a crash) counts as one failed.
 */
export function totalsOf(report: string | null, succeeded: boolean): Totals {
  const totals = report !== null && existsSync(report) ? read(report) : NOTHING;
  return succeeded || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

function read(report: string): Totals {
  const counts = Report.parse(JSON.parse(readFileSync(report, 'utf8')));
  return {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}

export function sum(all: readonly Totals[]): Totals {
  return all.reduce(
    (so, totals) => ({
      passed: so.passed + totals.passed,
      failed: so.failed + totals.failed,
      skipped: so.skipped + totals.skipped,
    }),
    NOTHING,
  );
}

/** `N passed, N failed`, and how many were skipped if any were. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
