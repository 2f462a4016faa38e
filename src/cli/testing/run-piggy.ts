/** Runs the command line as a person does: a real process, its two outputs and its exit code. */

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const ENTRY = join(import.meta.dirname, '..', 'piggy.ts');

export function piggy(
  args: readonly string[],
  cwd?: string,
  stdout: 'pipe' | number = 'pipe',
): Promise<Ended> {
  return startPiggy(args, cwd, stdout).ended;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** One that is still running when the test is over is killed. */
export function startPiggy(
  args: readonly string[],
  cwd?: string,
  stdout: 'pipe' | number = 'pipe',
): Started {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd,
    stdio: ['ignore', stdout, 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<Ended>((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { process: child, ended };
}
