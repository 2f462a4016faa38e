/** The command line, for comparing what it says with what the window shows. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { backtestSummary } from '../../../src/contract/backtest.ts';
import { ROOT } from './app.ts';

const run = promisify(execFile);

const documentShape = z.object({
  schema: z.literal('cryptopiggy.backtest/1'),
  summary: backtestSummary,
  trades: z.array(z.object({ pnl: z.number() })),
});

export interface CommandLineReport extends z.infer<typeof documentShape> {
  /** Exactly what was written. */
  readonly text: string;
}

/** `piggy backtest … --json -`. */
export async function backtestByCommandLine(args: readonly string[]): Promise<CommandLineReport> {
  const { stdout } = await run(
    process.execPath,
    ['src/cli/piggy.ts', 'backtest', ...args, '--json', '-'],
    { cwd: ROOT, maxBuffer: 1 << 28 },
  );
  return { ...documentShape.parse(JSON.parse(stdout)), text: stdout };
}
