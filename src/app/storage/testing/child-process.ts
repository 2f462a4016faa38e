/** A real second process for tests that need one to die. */

import { fileURLToPath } from 'node:url';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface Child {
  /** Lines of its standard output, as they come. */
  readonly lines: AsyncIterable<string>;
  /** Kills it as the system would when it runs out of memory, and waits until it is gone. */
  kill(): Promise<void>;
  /** The signal that ended it, or its exit code. */
  readonly ended: Promise<string | number | null>;
}

export function startChild(script: URL, ...args: readonly string[]): Child {
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    process.execPath,
    [fileURLToPath(script), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<string | number | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return { lines: createInterface({ input: child.stdout }), kill, ended };
}
