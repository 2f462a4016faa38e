/** `piggy data`: candles from exchanges and files, kept, listed, checked, written. */

import type { Command } from 'commander';
import { TIMEFRAMES } from '../core/domain/timeframe.ts';
import { parseFolder, parsePath, parseTimeframe } from './arguments.ts';
import { parseEnd, parseExchange, parseMoment, parsePair } from './data-arguments.ts';
import type { DownloadOptions } from './data-download.ts';
import type { ExportOptions } from './data-export.ts';
import type { DataFolderOptions } from './data-folder.ts';
import type { ImportOptions } from './data-import.ts';
import type { ListOptions } from './data-list.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';

const EXAMPLES = `
Examples:
  piggy data download --exchange binanceus --symbol BTC/USDT --timeframe 1h --from 2024-01-01
  piggy data list
  piggy backtest --candles binanceus:BTC/USDT:1h
  piggy data export binanceus:BTC/USDT:1h --out btc.csv
  piggy data import my-candles.csv

A series is named exchange:symbol:timeframe, as in binanceus:BTC/USDT:1h. "piggy data download --help" says more.`;

const CANDLES = 'a series, as in binanceus:BTC/USDT:1h, or an id from "piggy data list"';

const DOWNLOAD_NOTES = `
Times are UTC: 2024-01-01 or 2024-01-01T12:00; --to may also be now. --to itself is not part of the range, and a bar that
is still forming is never kept. Only what is missing is asked for: the same command again brings the new bars, another range
makes the series longer. It can be stopped at any moment, with Ctrl+C or otherwise; the same command then goes on where
it was. Bars that the exchange does not have are listed and not made up. No key is needed. Kraken tells only its latest
720 bars of each timeframe.`;

export function registerData(program: Command): void {
  const data = program
    .command('data')
    .description('Downloads candles from an exchange; lists, checks, imports and exports them.')
    .addHelpText('after', EXAMPLES);
  registerDownload(data);
  registerList(data);
  registerCheck(data);
  registerImport(data);
  registerExport(data);
  for (const command of data.commands) {
    command.exitOverride().showHelpAfterError('Add --help to see what is possible.');
  }
}

function registerDownload(data: Command): void {
  addDataDir(
    data
      .command('download')
      .description("Downloads an exchange's candles into a series that grows.")
      .requiredOption('--exchange <name>', 'binanceus, binance, kraken or coinbase', parseExchange)
      .requiredOption('--symbol <symbol>', 'the pair, as in BTC/USDT', parsePair)
      .requiredOption('--timeframe <length>', TIMEFRAMES.join(', '), parseTimeframe)
      .requiredOption('--from <time>', 'the first bar begins then', parseMoment)
      .option('--to <time>', 'the first bar that is not wanted begins then', parseEnd, 'now'),
  )
    .addHelpText('after', DOWNLOAD_NOTES)
    .action((options: DownloadOptions) =>
      ending(async () => (await import('./data-download.ts')).download(options)),
    );
}

function registerList(data: Command): void {
  addDataDir(data.command('list').description('Lists the series and the imported files.'))
    .option('--json', 'write it as JSON')
    .action((options: ListOptions) =>
      ending(async () => (await import('./data-list.ts')).list(options)),
    );
}

const CHECK_NOTES = `
Looks at the hash, the order of the bars, their prices, and what is missing. Missing bars are told and are no defect:
the exit code is 0 when all is sound and 2 when something is not.`;

function registerCheck(data: Command): void {
  addDataDir(
    data
      .command('check')
      .description('Reads kept candles again and looks whether they are sound.')
      .argument('[candles...]', `${CANDLES} (default: all)`),
  )
    .addHelpText('after', CHECK_NOTES)
    .action((names: readonly string[], options: DataFolderOptions) =>
      ending(async () => (await import('./data-check.ts')).check(names, options)),
    );
}

function registerImport(data: Command): void {
  addDataDir(
    data
      .command('import')
      .description('Adds a file of candles to those that the app lists.')
      .argument('<file>', 'CSV or JSON, gzipped or not', parsePath),
  )
    .option('--symbol <symbol>', "what it is of (default: told from the file's name)", parsePair)
    .option('--timeframe <length>', 'length of a bar (default: told from the file)', parseTimeframe)
    .action((path: string, options: ImportOptions) =>
      ending(async () => (await import('./data-import.ts')).importFile(path, options)),
    );
}

function registerExport(data: Command): void {
  addDataDir(
    data
      .command('export')
      .description('Writes kept candles to a file that can be imported again.')
      .argument('<candles>', CANDLES),
  )
    .requiredOption(
      '--out <file>',
      'a name that ends in .csv or .json; "-" is CSV on standard output',
      parsePath,
    )
    .action((name: string, options: ExportOptions) =>
      ending(async () => (await import('./data-export.ts')).exportCandles(name, options)),
    );
}

function addDataDir(command: Command): Command {
  return command.option(
    '--data-dir <folder>',
    "the data folder (default: the app's own)",
    parseFolder,
  );
}

/** @param work answers with the sentence to end with, or `null` when all went well; what it needs is loaded only then */
async function ending(work: () => Promise<string | null>): Promise<void> {
  const sentence = await work();
  if (sentence === null) return;
  process.stderr.write(`error: ${sentence}\n`);
  process.exitCode = EXIT_BAD_INPUT;
}
