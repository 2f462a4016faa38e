/** `piggy diagnostics`: what to send with a question, as one readable file without secrets. */

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { parseFolder, parsePath } from './arguments.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';

interface DiagnosticsOptions {
  readonly dataDir?: string;
  readonly out: string;
}

const NOTES = `
The file tells about version, system, settings that are on, the state of the profile, the newest decisions and the log.
It holds no keys, no passphrases and no balances; amounts of orders are in it. Read it before you send it. It can be made
while CryptoPiggy runs, and when it does not start.`;

export function registerDiagnostics(program: Command): void {
  program
    .command('diagnostics')
    .description('Writes a report without secrets, to send with a question.')
    .option('--out <file>', 'where to; "-" is standard output', parsePath, '-')
    .option('--data-dir <folder>', "the data folder (default: the app's own)", parseFolder)
    .addHelpText('after', NOTES)
    .action(async ({ dataDir, out }: DiagnosticsOptions) => {
      const platform = platformOf(process.platform);
      const folder = resolve(dataDir ?? defaultDataDir(platform, process.env, homedir()));
      // Loaded only now: the other commands need none of it.
      const { writeDiagnostics } = await import('./write-diagnostics.ts');
      const sentence = await writeDiagnostics(folder, out);
      if (sentence === null) return;
      process.stderr.write(`error: ${sentence}\n`);
      process.exitCode = EXIT_BAD_INPUT;
    });
}
