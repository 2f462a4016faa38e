/** `piggy backtest`: candles and a strategy in, a report out. */

import type { Command } from 'commander';
import { backtestDocument, documentRun } from '../core/backtest/document.ts';
import { runBacktest } from '../core/backtest/run.ts';
import { parseFolder, parsePath, parseSwitch } from './arguments.ts';
import { writeDocument } from './document-output.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';
import { addRunOptions, configOf, readRunCandles, type RunOptions } from './run-options.ts';
import { summaryTable } from './summary-table.ts';

interface BacktestOptions extends RunOptions {
  readonly candles: string;
  readonly limits: 'on' | 'off';
}

const EXAMPLES = `
Examples:
  piggy backtest --candles sample
  piggy backtest --candles BTC-1d.csv --timeframe 1d --strategy sma-cross --param fast=10 --param slow=30
  piggy backtest --candles binanceus:BTC/USDT:1h
  piggy backtest --candles BTC-1d.csv.gz --sizing fixed:50 --limits on --json result.json

Candle files are CSV with a header (timestamp,open,high,low,close,volume), Binance's CSV without one, or JSON arrays
[[ms,open,high,low,close,volume],…]; each may be gzipped. "piggy data download" makes a
series, which is named exchange:symbol:timeframe. "piggy strategies" lists the strategies.`;

export function registerBacktest(program: Command): void {
  const command = program
    .command('backtest')
    .description('Runs a strategy over a file of candles and reports what it would have made.')
    .requiredOption(
      '--candles <file>',
      'file of candles, downloaded series, or "sample" for the synthetic one',
      parsePath,
    );
  addRunOptions(command)
    .option('--limits <on|off>', 'apply the hard limits, as live trading would', parseSwitch, 'on')
    .option(
      '--data-dir <folder>',
      "where downloaded series are (default: the app's own)",
      parseFolder,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: BacktestOptions) => {
      const sentence = await backtest(options);
      if (sentence === null) return;
      note(`error: ${sentence}`);
      process.exitCode = EXIT_BAD_INPUT;
    });
}

/** @returns the sentence to end with where the input is at fault, or `null` when all went well. */
async function backtest(options: BacktestOptions): Promise<string | null> {
  const read = await readRunCandles(options.candles, options);
  if (!read.ok) return read.error.sentence;
  const { file, described } = read.value;
  for (const warning of file.warnings) note(`Warning: ${warning.sentence}`);
  const ran = runBacktest(configOf(options, read.value, options.limits), file.candles);
  if (!ran.ok) return ran.error.sentence;
  if (options.json !== '-') process.stdout.write(summaryTable(ran.value, described));
  if (options.json === undefined) return null;
  return writeDocument(options.json, backtestDocument(documentRun(ran.value, described)));
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
