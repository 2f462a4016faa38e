/** `piggy backtest`: candles and a strategy in, a report out. */

import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import { readCandleFile, type CandleFile } from '../app/candles/candle-file.ts';
import { SAMPLE_NAME, SAMPLE_SYMBOL, SAMPLE_URL } from '../app/candles/sample.ts';
import { backtestDocument, documentRun, type DocumentCandles } from '../core/backtest/document.ts';
import type { BacktestConfig } from '../core/backtest/report.ts';
import { runBacktest } from '../core/backtest/run.ts';
import type { Sizing } from '../core/domain/sizing.ts';
import type { Timeframe } from '../core/domain/timeframe.ts';
import { DEFAULT_WHITELIST } from '../core/domain/whitelist.ts';
import {
  collectParam,
  parseDecimal,
  parseList,
  parsePath,
  parseSizing,
  parseSwitch,
  parseTimeframe,
} from './arguments.ts';
import { isSameFile, writeDocument } from './document-output.ts';
import { EXIT_BAD_INPUT } from './exit-codes.ts';
import { summaryTable } from './summary-table.ts';

interface BacktestOptions {
  readonly candles: string;
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly strategy: string;
  readonly param: Readonly<Record<string, string>>;
  readonly cash: number;
  readonly fee: number;
  readonly makerFee?: number;
  readonly slippageBps: number;
  readonly halfSpreadBps: number;
  readonly sizing: Sizing;
  readonly limits: 'on' | 'off';
  readonly whitelist: readonly string[];
  readonly json?: string;
}

const EXAMPLES = `
Examples:
  piggy backtest --candles sample
  piggy backtest --candles BTC-1d.csv --timeframe 1d --strategy sma-cross --param fast=10 --param slow=30
  piggy backtest --candles BTC-1d.csv.gz --sizing fixed:50 --limits on --json result.json

Candle files are CSV with a header (timestamp,open,high,low,close,volume), Binance's CSV without one, or JSON arrays
[[ms,open,high,low,close,volume],…]; each may be gzipped. "piggy strategies" lists the strategies.`;

/** These have defaults that read better in words than as values. */
const PARAM = new Option('--param <name=value>', 'a parameter of the strategy; may be repeated')
  .argParser(collectParam)
  .default({}, "the strategy's own");
const SIZING = new Option('--sizing <rule>', 'all-in, fixed:50 or risk:0.01')
  .argParser(parseSizing)
  .default({ kind: 'all-in' }, 'all-in');
const WHITELIST = new Option('--whitelist <symbols>', 'symbols that the limits let through')
  .argParser(parseList)
  .default(DEFAULT_WHITELIST, 'BTC, ETH and SOL in USDT, USDC and USD');

export function registerBacktest(program: Command): void {
  program
    .command('backtest')
    .description('Runs a strategy over a file of candles and reports what it would have made.')
    .requiredOption(
      '--candles <file>',
      'file of candles, or "sample" for the synthetic one',
      parsePath,
    )
    .option('--symbol <symbol>', 'what the candles are of (default: BTC/USDT)')
    .option('--timeframe <length>', 'length of a bar (default: told from the file)', parseTimeframe)
    .option('--strategy <name>', 'what to run', 'sma-cross')
    .addOption(PARAM)
    .option('--cash <amount>', 'money at the start, in quote', parseDecimal, 10_000)
    .option('--fee <fraction>', 'taker fee; 0.001 is 0.1 %', parseDecimal, 0.001)
    .option(
      '--maker-fee <fraction>',
      'fee of limit orders and targets (default: as --fee)',
      parseDecimal,
    )
    .option('--slippage-bps <bps>', 'slippage of market orders and stops', parseDecimal, 0)
    .option('--half-spread-bps <bps>', 'half of the spread between bid and ask', parseDecimal, 0)
    .addOption(SIZING)
    .option('--limits <on|off>', 'apply the hard limits, as live trading would', parseSwitch, 'on')
    .addOption(WHITELIST)
    .option('--json <file>', 'write the whole report as JSON; "-" is standard output', parsePath)
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
  const isSample = options.candles === 'sample';
  const path = isSample ? fileURLToPath(SAMPLE_URL) : options.candles;
  if (options.json !== undefined && (await isSameFile(options.json, path))) {
    return `The report would overwrite the candles in ${options.json}. Give --json another file.`;
  }
  const given = options.timeframe === undefined ? {} : { timeframe: options.timeframe };
  const file = await readCandleFile(path, given);
  if (!file.ok) return file.error.sentence;
  for (const warning of file.value.warnings) note(`Warning: ${warning.sentence}`);
  const ran = runBacktest(configOf(options, file.value, isSample), file.value.candles);
  if (!ran.ok) return ran.error.sentence;
  const candles = describeCandles(isSample ? SAMPLE_NAME : basename(path), isSample, file.value);
  if (options.json !== '-') process.stdout.write(summaryTable(ran.value, candles));
  if (options.json === undefined) return null;
  return writeDocument(options.json, backtestDocument(documentRun(ran.value, candles)));
}

function configOf(options: BacktestOptions, file: CandleFile, isSample: boolean): BacktestConfig {
  return {
    symbol: options.symbol ?? (isSample ? SAMPLE_SYMBOL : 'BTC/USDT'),
    timeframe: file.timeframe,
    strategy: options.strategy,
    params: options.param,
    startingBalance: options.cash,
    costs: {
      takerFee: options.fee,
      makerFee: options.makerFee ?? options.fee,
      slippageBps: options.slippageBps,
      halfSpreadBps: options.halfSpreadBps,
    },
    sizing: options.sizing,
    limits: options.limits,
    whitelist: options.whitelist,
  };
}

function describeCandles(name: string, synthetic: boolean, file: CandleFile): DocumentCandles {
  return { name, sha256: file.sha256, synthetic, warnings: file.warnings };
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
