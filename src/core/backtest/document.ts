/** The file form of a backtest, `cryptopiggy.backtest/1`: the same bytes for the same run, from the command line and the window. */

import type { Denial } from '../domain/denial.ts';
import type { Trade } from '../domain/trade.ts';
import type { BacktestConfig, BacktestReport, BacktestSummary } from './report.ts';

const BACKTEST_SCHEMA = 'cryptopiggy.backtest/1';

/** Where the candles came from, as the document says it. No path and no time of day: two runs give the same bytes. */
export interface DocumentCandles {
  /** The file's name without its folder. */
  readonly name: string;
  /** SHA-256 of the file's bytes in lower-case hex; `null` where there is no file. */
  readonly sha256: string | null;
  /** Generated, not traded. */
  readonly synthetic: boolean;
  readonly warnings: readonly DocumentWarning[];
}

/** A defect of the file that was mended or tolerated. */
export interface DocumentWarning {
  readonly code: string;
  readonly count: number;
  readonly firstLine: number | null;
  readonly sentence: string;
}

/** What a document is made of: a report, or what was kept of one. `time[i]` and `equity[i]` are bar `i`'s. */
export interface DocumentRun {
  readonly config: BacktestConfig;
  readonly candles: DocumentCandles;
  readonly summary: BacktestSummary;
  readonly trades: readonly Trade[];
  readonly denials: readonly Denial[];
  /** ms UTC, at least `summary.bars` entries. */
  readonly time: Float64Array;
  /** In quote, at least `summary.bars` entries. */
  readonly equity: Float64Array;
}

export function documentRun(report: BacktestReport, candles: DocumentCandles): DocumentRun {
  const { config, summary, trades, denials, equity } = report;
  return { config, candles, summary, trades, denials, time: report.candles.time, equity };
}

/** Long enough to be written efficiently, short enough that no giant string exists. */
const CHUNK_CHARS = 32_768;

/**
 * The document's text in pieces of a few dozen kB, one trade, equity point or denial per line.
 * @throws Error when a figure is NaN or infinite: the engine is broken, and such a file must not exist
 */
export function* backtestDocument(run: DocumentRun): Generator<string, void, undefined> {
  let chunk = '';
  for (const piece of pieces(run)) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function* pieces(run: DocumentRun): Generator<string, void, undefined> {
  yield `{\n"schema":${JSON.stringify(BACKTEST_SCHEMA)},\n`;
  yield `"input":${inputJson(run)},\n`;
  yield `"summary":${flatJson(run.summary, SUMMARY_FIELDS)},\n"trades":[`;
  yield* lines(run.trades.length, (index) => flatJson(run.trades[index], TRADE_FIELDS));
  yield '],\n"equity":[';
  yield* lines(run.summary.bars, (index) => equityPoint(run, index));
  yield '],\n"denials":[';
  yield* lines(run.denials.length, (index) => flatJson(run.denials[index], DENIAL_FIELDS));
  yield ']\n}\n';
}

function* lines(
  count: number,
  line: (index: number) => string,
): Generator<string, void, undefined> {
  for (let index = 0; index < count; index += 1) yield (index === 0 ? '\n' : ',\n') + line(index);
  if (count > 0) yield '\n';
}

function equityPoint({ time, equity }: DocumentRun, index: number): string {
  return `[${finite(time[index], 'time')},${finite(equity[index], 'equity')}]`;
}

/** Every field is named here, so that the order is the document's and not that of whoever built the object. */
function inputJson({ config, candles, summary }: DocumentRun): string {
  const { name, sha256, synthetic, warnings } = candles;
  return strictJson({
    candles: {
      name,
      sha256,
      synthetic,
      bars: summary.bars,
      warnings: warnings.map(({ code, count, firstLine, sentence }) => ({
        code,
        count,
        firstLine,
        sentence,
      })),
    },
    symbol: config.symbol,
    timeframe: config.timeframe,
    strategy: config.strategy,
    params: config.params,
    startingBalance: config.startingBalance,
    costs: {
      takerFee: config.costs.takerFee,
      makerFee: config.costs.makerFee,
      slippageBps: config.costs.slippageBps,
      halfSpreadBps: config.costs.halfSpreadBps,
    },
    sizing: sizingFields(config.sizing),
    limits: config.limits,
    whitelist: config.whitelist,
  });
}

function sizingFields(sizing: BacktestConfig['sizing']): BacktestConfig['sizing'] {
  switch (sizing.kind) {
    case 'all-in':
      return { kind: sizing.kind };
    case 'fixed':
      return { kind: sizing.kind, cost: sizing.cost };
    case 'risk':
      return { kind: sizing.kind, fraction: sizing.fraction };
  }
}

function strictJson(value: object): string {
  return JSON.stringify(value, (key, field: unknown) =>
    typeof field === 'number' ? Number(finite(field, key)) : field,
  );
}

/** JSON of a flat object with exactly these fields in exactly this order. */
function flatJson<T extends object>(
  value: T | undefined,
  fields: readonly (keyof T & string)[],
): string {
  if (value === undefined) throw new Error('A row of the backtest document is missing.');
  for (const field of fields) {
    const entry = value[field];
    if (entry === undefined) throw new Error(`The backtest document's "${field}" is missing.`);
    if (typeof entry === 'number') finite(entry, field);
  }
  return JSON.stringify(value, [...fields]);
}

/** The shortest text that reads back as the same number; -0 as 0. */
function finite(value: number | undefined, field: string): string {
  if (value === undefined || !Number.isFinite(value)) {
    throw new Error(`The backtest document's "${field}" is ${value}, which no report may hold.`);
  }
  return String(value);
}

/** The keys in their order of writing; the type refuses a list that forgets one. */
function fieldsOf<T>() {
  return <const Fields extends readonly (keyof T & string)[]>(
    fields: [keyof T] extends [Fields[number]] ? Fields : never,
  ): Fields => fields;
}

const SUMMARY_FIELDS = fieldsOf<BacktestSummary>()([
  'bars',
  'firstTime',
  'lastTime',
  'startingBalance',
  'finalBalance',
  'totalReturn',
  'buyAndHoldReturn',
  'cagr',
  'volatility',
  'sharpe',
  'sortino',
  'calmar',
  'maxDrawdown',
  'maxDrawdownDurationMs',
  'exposureTime',
  'tradeCount',
  'winRate',
  'profitFactor',
  'expectancy',
  'sqn',
  'averageWin',
  'averageLoss',
  'bestTrade',
  'worstTrade',
  'fees',
  'denialCount',
]);

const TRADE_FIELDS = fieldsOf<Trade>()([
  'side',
  'amount',
  'entryTime',
  'entryPrice',
  'exitTime',
  'exitPrice',
  'exitReason',
  'fees',
  'pnl',
  'returnPct',
]);

const DENIAL_FIELDS = fieldsOf<Denial>()(['time', 'side', 'code', 'sentence', 'askedCost']);
