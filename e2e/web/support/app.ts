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
  /** Where the window is, token included. */
  readonly address: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** `piggy serve`. */
export async function startApp(): Promise<RunningApp> {
  return start((dataDir) => ['src/cli/piggy.ts', 'serve', '--port', '0', '--data-dir', dataDir]);
}

/** The same app, but its backtests stay at work until they are cancelled. */
export async function startHeldApp(): Promise<RunningApp> {
  return start((dataDir) => ['e2e/web/support/held-app.ts', dataDir]);
}

async function start(args: (dataDir: string) => readonly string[]): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'piggy-e2e-'));
  const child = spawn(process.execPath, args(dataDir), {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints = collect(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    address: await addressOf(child),
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
      if (complaints.length > 0) throw new Error(`The app complained: ${complaints.join('')}`);
    },
  };
}

/** What it writes to standard error, as it comes: an app that works has nothing to say there. */
function collect(child: ChildProcess): readonly string[] {
  const pieces: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  return pieces;
}

/** @throws Error when the app ends without saying where it is. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The app has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('The app ended before it said where it is.');
}
