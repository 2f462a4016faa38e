/** `piggy`, the command line: arguments in, one sentence and an exit code out. */

import { Command, CommanderError } from 'commander';
import { registerBacktest } from './backtest.ts';
import { reasonOf } from './document-output.ts';
import { registerControl } from './control.ts';
import { EXIT_BAD_INPUT, EXIT_FAULT } from './exit-codes.ts';
import { registerPaper } from './paper.ts';
import { registerData } from './data.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { registerExport } from './export.ts';
import { registerServe } from './serve.ts';
import { registerStrategies } from './strategies.ts';

function program(): Command {
  const piggy = new Command('piggy')
    .description(
      'CryptoPiggy: backtests spot strategies and trades them on paper, behind the hard limits that live trading has.',
    )
    .showHelpAfterError('Add --help to see what is possible.')
    .exitOverride();
  registerBacktest(piggy);
  registerStrategies(piggy);
  registerPaper(piggy);
  registerServe(piggy);
  registerControl(piggy);
  registerExport(piggy);
  registerData(piggy);
  registerDiagnostics(piggy);
  for (const command of piggy.commands) {
    command.exitOverride().showHelpAfterError('Add --help to see what is possible.');
  }
  return piggy;
}

/** A reader that closed early, as `| head` does, is no fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: Standard output could not be written: ${reasonOf(error)}.\n`);
  process.exit(EXIT_BAD_INPUT);
});

// npm runs scripts in the project's folder; a path that a person types is meant from where they stand.
const from = process.env['INIT_CWD'];
if (process.env['npm_lifecycle_event'] === 'piggy' && from !== undefined) process.chdir(from);

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_BAD_INPUT;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`piggy: an internal fault, please report it: ${message}\n`);
    process.exitCode = EXIT_FAULT;
  }
}
