/** The options that say what is run, shared by `piggy backtest` and `piggy paper`: candles, strategy, money, report. */

import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import { readCandleFile, type CandleFile } from '../app/candles/candle-file.ts';
import { parseSeriesId } from '../app/downloads/series-name.ts';
import { describedSource } from '../app/downloads/series-source.ts';
import { SAMPLE_NAME, SAMPLE_SYMBOL, SAMPLE_URL } from '../app/candles/sample.ts';
import type { DocumentCandles } from '../core/backtest/document.ts';
import type { BacktestConfig } from '../core/backtest/report.ts';
import { fail, ok, type Result } from '../core/domain/result.ts';
import type { Sizing } from '../core/domain/sizing.ts';
import type { Timeframe } from '../core/domain/timeframe.ts';
import { DEFAULT_WHITELIST } from '../core/domain/whitelist.ts';
import {
  collectParam,
  parseDecimal,
  parseList,
  parsePath,
  parseSizing,
  parseTimeframe,
} from './arguments.ts';
import { isSameFile } from './document-output.ts';

export interface RunOptions {
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
  readonly whitelist: readonly string[];
  readonly json?: string;
  /** Where downloaded series are looked for. */
  readonly dataDir?: string;
}

/** These have defaults that read better in words than as values. */
const PARAM = () =>
  new Option('--param <name=value>', 'a parameter of the strategy; may be repeated')
    .argParser(collectParam)
    .default({}, "the strategy's own");
const SIZING = () =>
  new Option('--sizing <rule>', 'all-in, fixed:50 or risk:0.01')
    .argParser(parseSizing)
    .default({ kind: 'all-in' }, 'all-in');
const WHITELIST = () =>
  new Option('--whitelist <symbols>', 'symbols that the limits let through')
    .argParser(parseList)
    .default(DEFAULT_WHITELIST, 'BTC, ETH and SOL in USDT, USDC and USD');

export function addRunOptions(command: Command): Command {
  return command
    .option('--symbol <symbol>', 'what the candles are of (default: BTC/USDT)')
    .option('--timeframe <length>', 'length of a bar (default: told from the file)', parseTimeframe)
    .option('--strategy <name>', 'what to run', 'sma-cross')
    .addOption(PARAM())
    .option('--cash <amount>', 'money at the start, in quote', parseDecimal, 10_000)
    .option('--fee <fraction>', 'taker fee; 0.001 is 0.1 %', parseDecimal, 0.001)
    .option(
      '--maker-fee <fraction>',
      'fee of limit orders and targets (default: as --fee)',
      parseDecimal,
    )
    .option('--slippage-bps <bps>', 'slippage of market orders and stops', parseDecimal, 0)
    .option('--half-spread-bps <bps>', 'half of the spread between bid and ask', parseDecimal, 0)
    .addOption(SIZING())
    .addOption(WHITELIST())
    .option('--json <file>', 'write the whole report as JSON; "-" is standard output', parsePath);
}

/** A file of candles, ready to be run on. */
export interface RunCandles {
  readonly file: CandleFile;
  /** What they say they are of; `null` where they say nothing. */
  readonly symbol: string | null;
  /** As the document names them. */
  readonly described: DocumentCandles;
}

/** @param name a file, a downloaded series, or "sample" for the synthetic one */
export async function readRunCandles(
  name: string,
  options: RunOptions,
): Promise<Result<RunCandles>> {
  if (parseSeriesId(name) !== null) return readSeries(name, options);
  const isSample = name === 'sample';
  const path = isSample ? fileURLToPath(SAMPLE_URL) : name;
  if (options.json !== undefined && (await isSameFile(options.json, path))) {
    const sentence = `The report would overwrite the candles in ${options.json}. Give --json another file.`;
    return { ok: false, error: { code: 'BAD_INPUT', sentence } };
  }
  const given = options.timeframe === undefined ? {} : { timeframe: options.timeframe };
  const read = await readCandleFile(path, given);
  if (!read.ok) return read;
  const file = read.value;
  const { sha256, warnings } = file;
  const described = {
    name: isSample ? SAMPLE_NAME : basename(path),
    sha256,
    synthetic: isSample,
    warnings,
  };
  return ok({ file, symbol: isSample ? SAMPLE_SYMBOL : null, described });
}

async function readSeries(name: string, options: RunOptions): Promise<Result<RunCandles>> {
  // Loaded only now: files need no data folder.
  const [{ dataFolder }, { findKept }] = await Promise.all([
    import('./data-folder.ts'),
    import('./kept-candles.ts'),
  ]);
  const folder = await dataFolder(options);
  if (!folder.ok) return folder;
  const found = await findKept(name, folder.value);
  if (!found.ok) return found;
  const { stored, load } = found.value;
  if (stored === null) return fail('BAD_INPUT', `${name} has no bars. Download a longer range.`);
  const { source, sha256 } = stored;
  const { timeframe, symbol, warnings } = source;
  if (options.timeframe !== undefined && options.timeframe !== timeframe) {
    return fail('BAD_INPUT', `${name} holds ${timeframe} candles, not ${options.timeframe} ones.`);
  }
  const loaded = await load();
  if (!loaded.ok) return loaded;
  const file = { candles: loaded.value, timeframe, warnings, sha256 };
  return ok({ file, symbol, described: describedSource(stored) });
}

export function configOf(
  options: RunOptions,
  { file, symbol }: RunCandles,
  limits: 'on' | 'off',
): BacktestConfig {
  return {
    symbol: options.symbol ?? symbol ?? 'BTC/USDT',
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
    limits,
    whitelist: options.whitelist,
  };
}
