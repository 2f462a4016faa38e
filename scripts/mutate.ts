/** `npm run mutate -- FOLDER …`: changes the code of a folder, one small thing at a time, and asks its tests to notice. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { MutantStatus, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { AREAS, areaNamed, type Area } from './mutation/areas.ts';

/** The least share of mutants that must be noticed, percent. */
const LEAST_SCORE = 95;

/** A change that leaves no program to run says nothing of the tests. */
const NOT_TRIED: ReadonlySet<MutantStatus> = new Set(['Ignored', 'CompileError', 'RuntimeError']);

const HELP = `Usage: npm run mutate -- [--files GLOB] [--tests GLOB] FOLDER …

Changes the code of each FOLDER one small thing at a time and runs the tests that
reach it: a change that no test notices is printed. Exits 1 below ${LEAST_SCORE} % noticed.

  --files GLOB  only these files of the folder, say gate.ts or live-*.ts
  --tests GLOB  only these tests, say src/core/risk/*.test.ts: faster, and what only
                others notice counts as not noticed

Folders: ${AREAS.map(({ folder }) => folder).join(', ')}`;

function optionsOf({ folder, tests }: Area, files: string): PartialStrykerOptions {
  process.env['MUTATION_TESTS'] = JSON.stringify(tests);
  const name = folder.replace('/', '-');
  return {
    mutate: [
      `src/${folder}/**/${files}`,
      `!src/${folder}/**/*.test.{ts,tsx}`,
      `!src/${folder}/**/*.soak.ts`,
      `!src/${folder}/**/testing/**`,
    ],
    // A text is a member of a closed union, which does not compile when it is emptied, or a sentence for a person.
    mutator: { plugins: null, excludedMutations: ['StringLiteral'] },
    plugins: [path.join(import.meta.dirname, 'mutation/vitest-by-file.ts')],
    testRunner: 'vitest-by-file',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: availableParallelism(),
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 30,
    ignorePatterns: ['dist', 'release', 'reports', 'e2e/web'],
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    thresholds: { high: 100, low: LEAST_SCORE, break: null },
    tempDirName: `reports/mutation/tmp-${name}`,
    allowConsoleColors: process.stdout.isTTY,
  };
}

/** @returns the share of an area's mutants that was noticed, percent. */
async function scoreOf(area: Area, files: string): Promise<number> {
  const results = await new Stryker(optionsOf(area, files)).runMutationTest();
  const noticed = results.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  const tried = results.filter(({ status }) => !NOT_TRIED.has(status));
  return tried.length === 0 ? 100 : (noticed.length / tried.length) * 100;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '*.ts' },
    tests: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const { tests } = values;
const areas = positionals
  .map(areaNamed)
  .filter((area) => area !== undefined)
  .map((area) => (tests === undefined ? area : { ...area, tests: [tests] }));
if (values.help) {
  console.log(HELP);
} else if (areas.length === 0 || areas.length < positionals.length) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  for (const area of areas) {
    const score = await scoreOf(area, values.files);
    console.log(`${area.folder}: ${score.toFixed(2)} % of the changes were noticed.`);
    if (score < LEAST_SCORE) process.exitCode = 1;
  }
}
