import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { backtestDocument, documentRun } from '../../core/backtest/document.ts';
import type { BacktestConfig, BacktestReport } from '../../core/backtest/report.ts';
import { runBacktest } from '../../core/backtest/run.ts';
import type { CandleColumns } from '../../core/domain/candles.ts';
import { readCandleFile } from '../candles/candle-file.ts';
import { SAMPLE_URL } from '../candles/sample.ts';
import { migrate, MIGRATIONS } from '../storage/migrations.ts';
import { createTradingStore } from '../storage/sqlite-trading.ts';
import { stopsInMemory } from '../stop/open-stops.ts';
import { rethrow } from '../testing/rethrow.ts';
import { PaperReplay } from './replay-on-paper.ts';
import { wavyCandles, WAVY_CONFIG } from './testing/wavy-replay.ts';

async function onPaper(config: BacktestConfig, candles: CandleColumns): Promise<BacktestReport> {
  using database = new DatabaseSync(':memory:');
  await migrate(database, MIGRATIONS, () => 'unused');
  const opened = PaperReplay.open({
    config,
    candles,
    name: 'waves',
    recording: 'test',
    store: createTradingStore(database, 'paper'),
    stops: stopsInMemory(() => 0, rethrow),
    orderPrefix: 'ptest',
    speed: null,
    setTimer(_, callback) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
    reportFault(error) {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const outcome = await opened.value.run();
  if (!outcome.ok) throw new Error(outcome.error.sentence);
  if (outcome.value.report === null) throw new Error('no report');
  opened.value.session.close();
  return outcome.value.report;
}

function bytes(report: BacktestReport): string {
  const candles = { name: 'c', sha256: null, synthetic: true, warnings: [] };
  return [...backtestDocument(documentRun(report, candles))].join('');
}

function backtest(config: BacktestConfig, candles: CandleColumns): BacktestReport {
  const ran = runBacktest(config, candles);
  if (!ran.ok) throw new Error(ran.error.sentence);
  return ran.value;
}

describe('a replay on paper writes the report of the backtest, to the byte', () => {
  it.each([
    { startingBalance: 150, code: 'DAILY_LOSS_LIMIT' },
    { startingBalance: 5_000, code: 'DAILY_TRADE_LIMIT' },
  ])('on days that end at $code', async ({ startingBalance, code }) => {
    // The same waves twelve times as fast: hundreds of decisions a day.
    const candles = { ...wavyCandles, time: wavyCandles.time.map((time) => time / 12) };
    const costs = { ...WAVY_CONFIG.costs, takerFee: 0.02 };
    const config = { ...WAVY_CONFIG, timeframe: '5m', costs, startingBalance } as const;
    const report = await onPaper(config, candles);
    expect(report.trades.length).toBeGreaterThan(50);
    expect(new Set(report.denials.map((denial) => denial.code))).toEqual(new Set([code]));
    expect(bytes(report)).toBe(bytes(backtest(config, candles)));
  });

  it('with a strategy that brings its own stop, on the sample', async () => {
    const file = await readCandleFile(fileURLToPath(SAMPLE_URL), {});
    if (!file.ok) throw new Error(file.error.sentence);
    const { candles, timeframe } = file.value;
    const config: BacktestConfig = {
      ...WAVY_CONFIG,
      timeframe,
      strategy: 'rsi-reversion',
      params: {},
      sizing: { kind: 'risk', fraction: 0.01 },
    };
    const report = await onPaper(config, candles);
    expect(report.trades.length).toBeGreaterThan(5);
    expect(bytes(report)).toBe(bytes(backtest(config, candles)));
  });
});
