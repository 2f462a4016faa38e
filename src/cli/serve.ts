/** `piggy serve`: the app in a browser on this machine, until it is told to stop. */

import { InvalidArgumentError, type Command } from 'commander';
import { parseFolder } from './arguments.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';
import type { ServeOptions } from './serve-app.ts';

const LARGEST_PORT = 65_535;

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('Opens the app to a browser on this machine, at an address with a secret token.')
    .option('--port <number>', 'the port to listen on; 0 for any free one', parsePort)
    .option('--open', 'open the address in the browser')
    .option('--data-dir <folder>', 'where the app keeps its data', parseFolder)
    .action(async (options: ServeOptions) => {
      // Loaded only now: the other commands need no server, and start in half the time without one.
      const { serveUntilStopped } = await import('./serve-app.ts');
      const failure = await serveUntilStopped(options);
      if (failure === null) return;
      process.stderr.write(`error: ${failure}\n`);
      process.exitCode = EXIT_BAD_INPUT;
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= LARGEST_PORT) return port;
  throw new InvalidArgumentError(`A port is a whole number from 0 to ${LARGEST_PORT}.`);
}
