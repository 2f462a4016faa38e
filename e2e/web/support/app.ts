/** The real app in a process of its own, on a fresh data folder, as `piggy serve` starts it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Disposing of it fails when it has complained. */
export interface RunningApp extends AsyncDisposable {
  /** Absolute; removed at the end. */
  readonly dataDir: string;
  /** Where the window is, token included; another one after each start. */
  readonly address: string;
  /** All that it has written to standard output and standard error so far. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again over the same data, after it was ended. */
  startAgain(): Promise<void>;
}

/** Set on top of the test's own environment; keys and tokens of whoever runs the test are not handed on. */
export type AppEnvironment = Readonly<Record<string, string>>;

/** `piggy serve`. */
export async function startApp(environment: AppEnvironment = {}): Promise<RunningApp> {
  const args = (dataDir: string): readonly string[] => [
    'src/cli/piggy.ts',
    'serve',
    '--port',
    '0',
    '--data-dir',
    dataDir,
  ];
  return start(args, environment);
}

/** The same app, but its backtests stay at work until they are cancelled. */
export async function startHeldApp(): Promise<RunningApp> {
  return start((dataDir) => ['e2e/web/support/held-app.ts', dataDir]);
}

async function start(
  args: (dataDir: string) => readonly string[],
  environment: AppEnvironment = {},
): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'piggy-e2e-'));
  const complaints: string[] = [];
  const said: string[] = [];
  // Asked to tell everything, it has something to say there.
  const mayTalk = environment['NODE_DEBUG'] !== undefined;
  const run = async (): Promise<{ readonly child: ChildProcess; readonly address: string }> => {
    const child = spawn(process.execPath, args(dataDir), {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...NO_SETTINGS, ...environment },
    });
    // What it writes to standard error, as it comes: an app that works has nothing to say there.
    child.stderr.setEncoding('utf8').on('data', (piece: string) => complaints.push(piece));
    child.stdout.on('data', (piece: Buffer) => said.push(piece.toString()));
    return { child, address: await addressOf(child) };
  };
  let running = await run();
  const end = async (signal: NodeJS.Signals) => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    dataDir,
    get address() {
      return running.address;
    },
    output: () => [...said, ...complaints].join(''),
    kill: () => end('SIGKILL'),
    async startAgain() {
      running = await run();
    },
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
      if (complaints.length > 0 && !mayTalk)
        throw new Error(`The app complained: ${complaints.join('')}`);
    },
  };
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
async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The app has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('The app ended before it said where it is.');
}
