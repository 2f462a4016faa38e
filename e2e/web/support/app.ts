/** The real app in a process of its own, on a fresh data folder, in the shell that the tests are run for. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { inject } from 'vitest';
import { complaintsIn } from './complaints.ts';
import { startElectron } from './electron.ts';
import { isInElectron } from './shell.ts';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Disposing of it fails when it has complained. */
export interface RunningApp extends AsyncDisposable {
  /** Absolute; removed at the end. */
  readonly dataDir: string;
  readonly door: Door;
  /** All that it has written to standard output and standard error so far. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again over the same data, after it was ended. */
  startAgain(): Promise<void>;
}

/** How a window on the app is come by; another one after each start. */
export type Door =
  /** Token included. */
  | { readonly kind: 'address'; readonly address: string }
  /** It opens its window itself. */
  | { readonly kind: 'electron'; readonly application: ElectronApplication };

/** Set on top of the test's own environment; keys and tokens of whoever runs the test are not handed on. */
export type AppEnvironment = Readonly<Record<string, string>>;

/** `piggy serve`, or Electron with its window. */
export async function startApp(environment: AppEnvironment = {}): Promise<RunningApp> {
  return isInElectron()
    ? start((dataDir, heard) => openElectron(dataDir, environment, heard), environment)
    : start((dataDir, heard) => serve([...SERVE, dataDir], environment, heard), environment);
}

const SERVE = ['src/cli/piggy.ts', 'serve', '--port', '0', '--data-dir'];

/** The same app in the browser shell, but its backtests stay at work until they are cancelled. */
export async function startHeldApp(): Promise<RunningApp> {
  return start((dataDir, heard) => serve(['e2e/web/support/held-app.ts', dataDir], {}, heard));
}

/** One run of the app, from a start to an end. */
interface Run {
  readonly child: ChildProcess;
  readonly door: Door;
}

/** What it has written, piece by piece. */
interface Heard {
  readonly said: string[];
  readonly complaints: string[];
}

type StartRun = (dataDir: string, heard: Heard) => Promise<Run>;

async function start(startRun: StartRun, environment: AppEnvironment = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'piggy-e2e-'));
  const heard: Heard = { said: [], complaints: [] };
  // Asked to tell everything, it has something to say there.
  const mayTalk = environment['NODE_DEBUG'] !== undefined;
  let run = await startRun(dataDir, heard);
  return {
    dataDir,
    get door() {
      return run.door;
    },
    output: () => [...heard.said, ...heard.complaints].join(''),
    kill: () => end(run.child, 'SIGKILL'),
    async startAgain() {
      run = await startRun(dataDir, heard);
    },
    async [Symbol.asyncDispose]() {
      await end(run.child, 'SIGTERM');
      const complaints = await complaintsIn(heard.complaints.join(''), dataDir);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      if (complaints !== '' && !mayTalk) throw new Error(`The app complained: ${complaints}`);
    },
  };
}

/** Longer than the app itself takes to put everything away, ms. */
const END_PATIENCE_MS = 15_000;

const LAST_WORDS_MS = 2_000;

/** Resolves when it has ended and everything that it wrote has come. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const closed = once(child, 'close');
  child.kill(signal);
  const patience = setTimeout(() => child.kill('SIGKILL'), END_PATIENCE_MS);
  await exited;
  clearTimeout(patience);
  // A process of its own that outlives it would hold its output open.
  await Promise.race([closed, wait(LAST_WORDS_MS, undefined, { ref: false })]);
}

async function serve(
  args: readonly string[],
  environment: AppEnvironment,
  heard: Heard,
): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...NO_SETTINGS, ...environment },
  });
  listen(child, heard);
  return { child, door: { kind: 'address', address: await addressOf(child, heard) } };
}

async function openElectron(
  dataDir: string,
  environment: AppEnvironment,
  heard: Heard,
): Promise<Run> {
  const application = await startElectron({
    program: inject('electronPath'),
    root: ROOT,
    dataDir,
    environment: { ...process.env, ...NO_SETTINGS, ...environment },
  });
  const child = application.process();
  listen(child, heard);
  return { child, door: { kind: 'electron', application } };
}

/** What it writes to standard error, as it comes: an app that works has nothing to say there. */
function listen(child: ChildProcess, { said, complaints }: Heard): void {
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => said.push(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => complaints.push(piece));
}

/** A setting that is empty is not set. */
const NO_SETTINGS: AppEnvironment = {
  ALLOW_LIVE: '',
  EXCHANGE: '',
  EXCHANGE_API_KEY: '',
  EXCHANGE_API_SECRET: '',
  EXCHANGE_SIMULATOR_URL: '',
  LIVE_CONFIRM_TOKEN: '',
};

/** @throws Error when the app ends without saying where it is. */
async function addressOf(child: ChildProcess, { complaints }: Heard): Promise<string> {
  if (child.stdout === null) throw new Error('The app has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`The app ended before it said where it is. ${complaints.join('')}`);
}
