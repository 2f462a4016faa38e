/** `npm test`: everything that continuous integration runs, in order, up to the first failure, and a line of totals. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ensureKeyring } from './test/keychain.ts';
import { sum, totalsLine, totalsOf, type Totals } from './test/totals.ts';

const root = path.join(import.meta.dirname, '..');
const reports = mkdtempSync(path.join(tmpdir(), 'npm-test-'));

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));

interface Step {
  readonly heading: string;
  /** Its name among package.json's scripts. */
  readonly script: string;
  /** Whether vitest runs it and can report how many tests passed. */
  readonly tests?: true;
}

/** These need nothing of each other; they run two at a time, and each one's output is shown when it has ended. */
const checks: readonly Step[] = [
  { heading: 'Format', script: 'format:check' },
  { heading: 'Lint', script: 'lint' },
  { heading: 'Layers', script: 'layers' },
  { heading: 'Unused code', script: 'unused' },
  { heading: 'Types', script: 'typecheck' },
];

/** These use both processors themselves, or what the one before has built. */
const stages: readonly Step[] = [
  { heading: 'Unit and integration tests', script: 'test:unit', tests: true },
  { heading: 'Build', script: 'build' },
  { heading: 'Bundles', script: 'check-bundles' },
  { heading: 'End-to-end tests', script: 'test:e2e', tests: true },
];

interface Outcome {
  readonly succeeded: boolean;
  readonly totals: Totals;
}

/** Runs a step's script as npm would, on the Node that runs this. @returns its outcome and, if `held`, its output. */
function run(step: Step, held: boolean): Promise<Outcome & { readonly output: string }> {
  const report = step.tests ? path.join(reports, `${step.script.replace(':', '-')}.json`) : null;
  const json = `--reporter=default --reporter=json --outputFile.json="${report}"`;
  const command = `${scripts[step.script]}${report === null ? '' : ` ${json}`}`;
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      cwd: root,
      shell: true,
      env: { ...process.env, PATH: searchPath() },
      stdio: held ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const succeeded = code === 0;
      resolve({ succeeded, output, totals: totalsOf(report, succeeded) });
    });
  });
}

const searchPath = (): string =>
  [path.join(root, 'node_modules/.bin'), process.env['PATH']].join(path.delimiter);

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function runCheck(step: Step): Promise<Outcome> {
  const begin = performance.now();
  const { output, ...outcome } = await run(step, true);
  console.log(`\n== ${step.heading}: ${outcome.succeeded ? 'ok' : 'failed'}, ${seconds(begin)}`);
  if (!outcome.succeeded) console.log(output.trimEnd());
  return outcome;
}

/** All of the checks, two at a time; one that fails does not hide what the others would say. */
async function runChecks(): Promise<readonly Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      outcomes.push(await runCheck(step));
    }
  };
  await Promise.all([work(), work()]);
  return outcomes;
}

async function runStage(step: Step): Promise<Outcome> {
  console.log(`\n== ${step.heading}`);
  const begin = performance.now();
  const outcome = await run(step, false);
  console.log(`== ${step.heading}: ${outcome.succeeded ? 'ok' : 'failed'}, ${seconds(begin)}`);
  return outcome;
}

async function runAll(): Promise<readonly Outcome[]> {
  ensureKeyring();
  const outcomes = [...(await runChecks())];
  for (const stage of stages) {
    if (outcomes.some(({ succeeded }) => !succeeded)) break;
    outcomes.push(await runStage(stage));
  }
  return outcomes;
}

const begin = performance.now();
try {
  const outcomes = await runAll();
  console.log(`\nAll of it took ${seconds(begin)}.`);
  console.log(totalsLine(sum(outcomes.map(({ totals }) => totals))));
  if (outcomes.some(({ succeeded }) => !succeeded)) process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true });
}
