/** `piggy status`, `piggy stop` and `piggy arm`: they act on the CryptoPiggy that runs over a data folder. */

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { parseFolder } from './arguments.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';

interface ControlOptions {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly flatten?: boolean;
}

export function registerControl(program: Command): void {
  addDataDir(program.command('status').description('Shows what the running CryptoPiggy is doing.'))
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
    .action((options: ControlOptions) =>
      act(options, async (dir) => (await actions()).stop(dir, options.flatten === true)),
    );
  addDataDir(
    program.command('arm').description('Lets the bots trade again after an emergency stop.'),
  ).action((options: ControlOptions) => act(options, async (dir) => (await actions()).arm(dir)));
}

function addDataDir(command: Command): Command {
  return command.option(
    '--data-dir <folder>',
    "the data folder of the one that runs (default: the app's own)",
    parseFolder,
  );
}

/** Loaded only now: the other commands need no socket. */
const actions = () => import('./control-actions.ts');

async function act(
  { dataDir }: ControlOptions,
  action: (dataDir: string) => Promise<string | null>,
): Promise<void> {
  const platform = platformOf(process.platform);
  const folder = resolve(dataDir ?? defaultDataDir(platform, process.env, homedir()));
  const sentence = await action(folder);
  if (sentence === null) return;
  process.stderr.write(`error: ${sentence}\n`);
  process.exitCode = EXIT_BAD_INPUT;
}
