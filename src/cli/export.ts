/** `piggy export`: the books of the paper or the live account as CSV. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Argument, Option, type Command } from 'commander';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { parseFolder, parsePath } from './arguments.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';

interface ExportOptions {
  readonly account: 'paper' | 'live';
  readonly dataDir?: string;
  readonly out: string;
}

const WHAT = ['trades', 'tax'] as const;
type What = (typeof WHAT)[number];

const NOTES = `
trades has a line for each round trip; tax has a line for each fill with its realised profit by first in, first out:
date, pair, side, amount, price, fee, fee currency, profit. It reads the books of the account that is in use, also while
CryptoPiggy runs.`;

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('Writes the books of an account as CSV.')
    .addArgument(new Argument('<what>', 'what to write').choices(WHAT))
    .addOption(
      new Option('--account <account>', 'whose books')
        .choices(['paper', 'live'])
        .default('paper' satisfies ExportOptions['account']),
    )
    .option('--out <file>', 'where to; "-" is standard output', parsePath, '-')
    .option('--data-dir <folder>', "the data folder (default: the app's own)", parseFolder)
    .addHelpText('after', NOTES)
    .action(async (what: What, options: ExportOptions) => {
      const sentence = await exported(what, options);
      if (sentence === null) return;
      process.stderr.write(`error: ${sentence}\n`);
      process.exitCode = EXIT_BAD_INPUT;
    });
}

/** @returns the sentence to end with, or `null` when all went well. */
async function exported(
  what: What,
  { account: mode, dataDir, out }: ExportOptions,
): Promise<string | null> {
  // Loaded only now: the other commands need no database.
  const { readTrading } = await import('../app/storage/read-trading.ts');
  const { booksCsv } = await import('../app/trading/export-books.ts');
  const { writeDocument } = await import('./document-output.ts');
  const platform = platformOf(process.platform);
  const folder = resolve(dataDir ?? defaultDataDir(platform, process.env, homedir()));
  const read = await readTrading(join(folder, 'cryptopiggy.sqlite'), mode, (books) => {
    const account = books.accounts().find(({ endedAt }) => endedAt === null);
    if (account === undefined) return `There is no ${mode} account in ${folder}.`;
    return writeDocument(out, booksCsv(books, account, what === 'tax' ? 'tax-csv' : 'trades-csv'));
  });
  return read.ok ? read.value : read.error.sentence;
}
