/** `piggy status`, `piggy stop` and `piggy arm`: they act on the CryptoPiggy that runs over a data folder. */

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { parseFolder } from './arguments.ts';
import type { Ending } from './control-actions.ts';

interface ControlOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly flatten?: boolean;
  readonly anyway?: boolean;
}

const STOP_ENDS = `
The stop is written to disk before anything else and goes on, after a restart too, until the exchange proves it.
Where no CryptoPiggy runs, it is carried out from here if the keys can be read.

Exit codes: 0 carried out, proven by the exchange; 2 there is nothing to stop; 3 in force and not carried out yet.`;

export function registerControl(program: Command): void {
  addDataDir(
    program
      .command('status')
      .description(
        'Shows what the running CryptoPiggy does, and what is open with real money even if none runs.',
      ),
  )
    .option('--json', 'write it as JSON')
    .action((options: ControlOptions) =>
      act(options, async (dir) => (await actions()).showStatus(dir, options.json === true)),
    );
  addDataDir(
    program
      .command('stop')
      .description(
        'Emergency stop: halts every bot and withdraws every open entry, until armed again.',
      ),
  )
    .option('--flatten', 'also sell every position at the market')
    .addHelpText('after', STOP_ENDS)
    .action((options: ControlOptions) =>
      act(options, async (dir) => (await actions()).stop(dir, options.flatten === true)),
    );
  addDataDir(
    program.command('arm').description('Lets the bots trade again after an emergency stop.'),
  )
    .option(
      '--anyway',
      'also where the stop has not been carried out yet: what is left of it is given up',
    )
    .action((options: ControlOptions) =>
      act(options, async (dir) => (await actions()).arm(dir, options.anyway === true)),
    );
}

function addDataDir(command: Command): Command {
  return command.option(
    '--data-dir <folder>',
    "the data folder of the profile (default: the app's own)",
    parseFolder,
  );
}

/** Loaded only now: the other commands need no socket. */
const actions = () => import('./control-actions.ts');

async function act(
  { dataDir }: ControlOptions,
  action: (dataDir: string) => Promise<Ending>,
): Promise<void> {
  const platform = platformOf(process.platform);
  const folder = resolve(dataDir ?? defaultDataDir(platform, process.env, homedir()));
  const { sentence, exitCode } = await action(folder);
  process.exitCode = exitCode;
  if (sentence !== null) process.stderr.write(`error: ${sentence}\n`);
}
