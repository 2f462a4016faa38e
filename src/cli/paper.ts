/** `piggy paper`: a strategy on paper over recorded candles, through the same path as live trading. */

import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseFolder, parsePath } from './arguments.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';
import type { PaperOptions } from './paper-run.ts';
import { addRunOptions } from './run-options.ts';

const EXAMPLES = `
Examples:
  piggy paper --replay sample --cash 1000
  piggy paper --replay BTC-5m.csv --strategy sma-cross --cash 1000 --json result.json
  piggy paper --replay BTC-5m.csv --speed 300x --data-dir ./paper     (then: piggy status --data-dir ./paper)

The limits are always on. Without --data-dir nothing is kept. With it every order is on disk before it is sent, a run
that was interrupted goes on where it was, and "piggy status", "piggy stop" and "piggy arm" act on it.
The report is that of "piggy backtest" over the same file, to the byte.`;

const SPEED = () =>
  new Option('--speed <factor>', 'max, or times as fast as recorded, as in 60x')
    .argParser(parseSpeed)
    .default(null, 'max');

export function registerPaper(program: Command): void {
  const command = program
    .command('paper')
    .description('Trades on paper over a file of candles, bar by bar, as live trading would.')
    .requiredOption(
      '--replay <file>',
      'file of candles, or "sample" for the synthetic one',
      parsePath,
    )
    .addOption(SPEED())
    .option('--data-dir <folder>', 'keep the account here, and be reachable', parseFolder);
  addRunOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: PaperOptions) => {
      // Loaded only now: the other commands need no database.
      const { paper } = await import('./paper-run.ts');
      const sentence = await paper(options);
      if (sentence === null) return;
      process.stderr.write(`error: ${sentence}\n`);
      process.exitCode = EXIT_BAD_INPUT;
    });
}

/** A bar of a day then lasts ten days, and no timer more than its 24. */
const SLOWEST = 0.1;

function parseSpeed(text: string): number | null {
  if (text === 'max') return null;
  const factor = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1]);
  if (factor >= SLOWEST && Number.isFinite(factor)) return factor;
  throw new InvalidArgumentError('Write max, or a factor of at least 0.1, as in 60x.');
}
