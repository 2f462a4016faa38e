import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunInfo, RunProgress } from '../../contract/backtest.ts';
import { backtestDocument, documentRun } from '../../core/backtest/document.ts';
import { runBacktest } from '../../core/backtest/run.ts';
import { connect } from '../storage/sqlite-storage.ts';
import {
  aService,
  CONFIG,
  CRASHING_WORKER,
  HELD_WORKER,
  neverLoading,
  type Fixture,
} from './testing/service-fixture.ts';
import { waves } from './testing/waves.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

const states = (events: readonly RunProgress[]): string[] => [
  ...new Set(events.map(({ state }) => state)),
];

async function finished(service: Fixture, name = 'First'): Promise<string> {
  const runId = await service.start(name);
  await service.progress(runId);
  return runId;
}

async function resultOf(service: Fixture, runId: string) {
  const answer = await service.client.call('backtest.result', { runId });
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value;
}

async function exported(
  service: Fixture,
  runId: string,
  format: 'json' | 'trades-csv' | 'equity-csv',
) {
  const answer = await service.client.call('backtest.export', { runId, format });
  if (!answer.ok) throw new Error(answer.error.sentence);
  return { ...answer.value, text: new TextDecoder().decode(answer.value.bytes) };
}

/** What the engine says without any service around it. */
function reportOf(service: Fixture) {
  const ran = runBacktest(CONFIG, service.candles);
  if (!ran.ok) throw new Error(ran.error.sentence);
  return ran.value;
}

describe('a backtest', () => {
  it('tells its progress up to the end', async () => {
    const service = await aService({ candles: waves(200_000) });
    const events = await service.progress(await service.start('First'));
    const fractions = events.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(events.at(-1)).toEqual({ state: 'done', fraction: 1, error: null });
    expect(states(events).at(-2)).toBe('running');
  });

  it('gives the same figures, trades and extremes as the engine alone', async () => {
    const service = await aService({ candles: waves(20_000) });
    const result = await resultOf(service, await finished(service));
    const report = reportOf(service);
    expect(result.summary).toEqual(report.summary);
    expect(result.trades).toEqual(report.trades);
    expect(report.trades.length).toBeGreaterThan(100);
    expect(result.equity.time.length).toBeLessThanOrEqual(2_000);
    expect(Math.max(...result.equity.equity)).toBe(Math.max(...report.equity));
    expect(Math.max(...result.equity.drawdown)).toBe(report.summary.maxDrawdown);
    const hold = report.candles.close.map(
      (close) => (1_000 * close) / (report.candles.close[0] ?? NaN),
    );
    expect(Math.max(...result.equity.buyAndHold)).toBe(Math.max(...hold));
    expect(Math.min(...result.equity.buyAndHold)).toBe(Math.min(...hold));
    const held = result.equity.buyAndHold.at(-1) ?? NaN;
    expect(held / 1_000 - 1).toBeCloseTo(report.summary.buyAndHoldReturn ?? NaN, 12);
  });

  it('is exported as the very document of the same run', async () => {
    const service = await aService();
    const runId = await finished(service, 'Sunday: first/try');
    const { fileName, mimeType, text } = await exported(service, runId, 'json');
    const candles = { name: 'waves.csv', sha256: null, synthetic: true, warnings: [] };
    expect(text).toBe([...backtestDocument(documentRun(reportOf(service), candles))].join(''));
    expect([fileName, mimeType]).toEqual(['backtest-Sunday-first-try.json', 'application/json']);
  });

  it('is exported as CSV: a row per trade, a row per bar', async () => {
    const service = await aService();
    const runId = await finished(service);
    const rows = (text: string): number => text.trimEnd().split('\r\n').length - 1;
    const trades = await exported(service, runId, 'trades-csv');
    const equity = await exported(service, runId, 'equity-csv');
    expect(rows(trades.text)).toBe((await resultOf(service, runId)).trades.length);
    expect(rows(equity.text)).toBe(service.candles.length);
    expect([trades.fileName, equity.fileName]).toEqual([
      'backtest-First-trades.csv',
      'backtest-First-equity.csv',
    ]);
  });

  it('that is over tells its last state to whoever asks later', async () => {
    const service = await aService();
    const runId = await finished(service);
    expect(await service.progress(runId)).toEqual([{ state: 'done', fraction: 1, error: null }]);
  });
});

describe('is refused with a sentence', () => {
  it.each([
    ['a strategy that does not exist', { strategy: 'sma-crops' }, 'sma-crops'],
    ['a parameter out of range', { params: { fast: -1 } }, 'fast'],
    ['a symbol of the wrong form', { symbol: 'btcusdt' }, 'BTC/USDT'],
    ['a timeframe that the candles do not have', { timeframe: '1d' }, '1m'],
  ] as const)('%s', async (_, changes, word) => {
    const service = await aService();
    const config = { ...CONFIG, ...changes };
    const answer = await service.client.call('backtest.start', {
      name: 'x',
      sourceId: 'waves',
      config,
    });
    expect(answer).toEqual({
      ok: false,
      error: { code: 'BACKTEST_CONFIG_INVALID', sentence: containing(word) },
    });
    expect(await service.runs()).toEqual([]);
  });

  it('candles that are not in the library', async () => {
    const { client } = await aService();
    const answer = await client.call('backtest.start', {
      name: 'x',
      sourceId: 'gone',
      config: CONFIG,
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'CANDLE_SOURCE_NOT_FOUND' } });
  });

  it('whatever concerns a run that is not there', async () => {
    const { client, progress } = await aService();
    const runId = 'gone';
    const answers = await Promise.all([
      client.call('backtest.cancel', { runId }),
      client.call('backtest.result', { runId }),
      client.call('backtest.rename', { runId, name: 'x' }),
      client.call('backtest.delete', { runId }),
      client.call('backtest.export', { runId, format: 'json' }),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ error: { code: 'RUN_NOT_FOUND' } });
    await expect(progress(runId)).rejects.toThrow('RUN_NOT_FOUND');
  });
});

describe('cancelling', () => {
  it('ends a run in the middle of its replay', async () => {
    const service = await aService({ workerUrl: HELD_WORKER });
    const runId = await service.start('Held');
    const events = await service.progress(runId, ({ fraction }) => {
      if (fraction >= 0.05) void service.client.call('backtest.cancel', { runId });
    });
    expect(events.at(-1)).toMatchObject({ state: 'cancelled', error: null });
    expect(await service.client.call('backtest.result', { runId })).toMatchObject({
      error: { code: 'RUN_NOT_FINISHED' },
    });
  });

  it('ends a run that waits, without ever starting it, and lets the next one go on', async () => {
    const service = await aService({ workerUrl: HELD_WORKER });
    const [first, second, third] = [
      await service.start('1'),
      await service.start('2'),
      await service.start('3'),
    ];
    await service.client.call('backtest.cancel', { runId: second });
    expect(states(await service.progress(second))).toEqual(['cancelled']);
    const thirdEvents = service.progress(third, ({ state }) => {
      if (state === 'running') void service.client.call('backtest.cancel', { runId: third });
    });
    await service.client.call('backtest.cancel', { runId: first });
    expect(states(await thirdEvents)).toEqual(['queued', 'running', 'cancelled']);
  });

  it('ends a run whose candles are still being read', async () => {
    const candles = neverLoading();
    const service = await aService({ load: candles.load });
    const runId = await service.start('Slow disk');
    const cancelled = service.client.call('backtest.cancel', { runId });
    candles.release();
    expect(await cancelled).toEqual({ ok: true, value: {} });
    expect(states(await service.progress(runId))).toEqual(['cancelled']);
  });

  it('does nothing to a run that is over', async () => {
    const service = await aService();
    const runId = await finished(service);
    expect(await service.client.call('backtest.cancel', { runId })).toEqual({
      ok: true,
      value: {},
    });
    expect((await service.runs())[0]?.state).toBe('done');
  });
});

describe('a run fails', () => {
  it('when its worker breaks down, and the next run is not held up', async () => {
    const service = await aService({ workerUrl: CRASHING_WORKER });
    const [first, second] = [await service.start('1'), await service.start('2')];
    expect((await service.progress(first)).at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'INTERNAL', sentence: containing('stopped unexpectedly') },
    });
    await service.progress(second);
    expect(service.faults.map(String)).toEqual(Array(2).fill('Error: The worker broke down.'));
  });

  it('when its candles are gone by the time it starts', async () => {
    const candles = neverLoading();
    candles.release();
    const service = await aService({ load: candles.load });
    const events = await service.progress(await service.start('Late'));
    expect(events.at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'CANDLE_SOURCE_NOT_FOUND' },
    });
  });

  it('when its result cannot be stored, and says so', async () => {
    const service = await aService();
    using database = connect(join(service.folder, 'profile.sqlite'));
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON backtest_outcomes
      BEGIN SELECT raise(ABORT, 'disk full'); END`);
    const events = await service.progress(await service.start('Full'));
    expect(events.at(-1)).toMatchObject({
      error: { sentence: containing('could not be stored') },
    });
    expect(service.faults.map(String)).toEqual([containing('disk full')]);
  });
});

describe('kept runs', () => {
  it('are listed newest first, pushed at each change, renamed and deleted', async () => {
    const service = await aService();
    const pushes: RunInfo[][] = [];
    service.client.subscribe(
      'backtest.runs',
      {},
      {
        onEvent: (runs) => pushes.push(runs),
        onEnd: () => {},
      },
    );
    const first = await finished(service, 'One');
    const second = await finished(service, 'Two');
    await service.client.call('backtest.rename', { runId: first, name: 'Uno' });
    await service.client.call('backtest.delete', { runId: second });
    const names = pushes.map((runs) => runs.map(({ name }) => name).join());
    expect(names.filter((name, index) => name !== names[index - 1])).toEqual([
      '',
      'One',
      'Two,One',
      'Two,Uno',
      'Uno',
    ]);
    expect(pushes.at(-1)?.[0]?.summary?.bars).toBe(1_000);
  });

  it('are there again after a restart, with result and export', async () => {
    const before = await aService();
    const runId = await finished(before);
    await before.client.call('backtest.rename', { runId, name: 'Kept' });
    const [result, document] = [
      await resultOf(before, runId),
      await exported(before, runId, 'json'),
    ];
    await before.close();
    const after = await aService({ folder: before.folder });
    expect(await resultOf(after, runId)).toEqual(result);
    expect(await exported(after, runId, 'json')).toEqual(document);
  });

  it('that the closing app interrupted say so, at work or waiting', async () => {
    const before = await aService({ workerUrl: HELD_WORKER });
    const atWork = await before.start('At work');
    await before.start('Waiting');
    const { promise, resolve } = Promise.withResolvers<void>();
    void before.progress(atWork, ({ fraction }) => fraction >= 0.05 && resolve()).catch(() => {});
    await promise;
    await before.close();
    using database = connect(join(before.folder, 'profile.sqlite'));
    const stored = database.prepare('SELECT DISTINCT state FROM backtest_runs').all();
    expect(stored.map((row) => row['state'])).toEqual(['failed']);
    const runs = await (await aService({ folder: before.folder })).runs();
    expect(runs.map(({ name, state, error }) => [name, state, error?.code])).toEqual([
      ['Waiting', 'failed', 'RUN_INTERRUPTED'],
      ['At work', 'failed', 'RUN_INTERRUPTED'],
    ]);
  });

  it('that were asked for while the app closed do not hold it up', async () => {
    const before = await aService({ workerUrl: HELD_WORKER });
    const config = CONFIG;
    const asked = before.client.call('backtest.start', { name: 'Late', sourceId: 'waves', config });
    await Promise.resolve();
    await before.closeService();
    expect((await asked).ok).toBe(true);
    expect((await before.runs())[0]).toMatchObject({ error: { code: 'RUN_INTERRUPTED' } });
  });

  it('that a killed app left unfinished are marked at the next start', async () => {
    const before = await aService();
    const runId = await finished(before);
    await before.close();
    using database = connect(join(before.folder, 'profile.sqlite'));
    database.exec(`UPDATE backtest_runs SET state = 'queued', summary = NULL`);
    const after = await aService({ folder: before.folder });
    expect(await after.progress(runId)).toMatchObject([
      { state: 'failed', error: { code: 'RUN_INTERRUPTED' } },
    ]);
    await after.close();
    expect((await (await aService({ folder: before.folder })).runs())[0]?.state).toBe('failed');
  });

  it('can be deleted while they run', async () => {
    const service = await aService({ workerUrl: HELD_WORKER });
    const runId = await service.start('Held');
    expect(await service.client.call('backtest.delete', { runId })).toEqual({
      ok: true,
      value: {},
    });
    expect(await service.runs()).toEqual([]);
    const next = await service.start('Next');
    const events = service.progress(next, ({ state }) => {
      if (state === 'running') void service.client.call('backtest.cancel', { runId: next });
    });
    expect(states(await events)).toContain('running');
  });
});

it('the strategies are listed with what a form needs', async () => {
  const { client } = await aService();
  const answer = await client.call('strategies.list', {});
  expect(
    answer.ok && answer.value.find(({ name }) => name === 'sma-cross')?.parameters['fast'],
  ).toMatchObject({
    kind: 'integer',
    label: containing('average'),
  });
});
