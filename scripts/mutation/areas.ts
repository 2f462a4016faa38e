/** What is mutated, folder by folder, and the tests that must notice. */

export interface Area {
  /** The folder below `src`. */
  readonly folder: string;
  /** Globs of the tests that are run against its mutants. */
  readonly tests: readonly string[];
}

const CORE_TESTS = ['src/core/**/*.test.ts'];

export const AREAS: readonly Area[] = [
  { folder: 'core/risk', tests: CORE_TESTS },
  { folder: 'core/orders', tests: CORE_TESTS },
  { folder: 'core/account', tests: CORE_TESTS },
  { folder: 'core/bot', tests: CORE_TESTS },
  { folder: 'core/matching', tests: CORE_TESTS },
  { folder: 'core/reconciliation', tests: CORE_TESTS },
  { folder: 'app/stop', tests: ['src/app/stop/**/*.test.ts'] },
  { folder: 'app/live', tests: ['src/app/live/**/*.test.ts'] },
  { folder: 'app/trading', tests: ['src/app/trading/**/*.test.ts'] },
];

export const areaNamed = (folder: string): Area | undefined =>
  AREAS.find((area) => area.folder === folder);
