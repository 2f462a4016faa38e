import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { RunInfo } from '../contract/backtest.ts';
import type { CandleSource } from '../contract/candles.ts';
import { backtestDocument, documentRun } from '../core/backtest/document.ts';
import { runBacktest } from '../core/backtest/run.ts';
import { AppStartError } from './app-start-error.ts';
import { CONFIG, HELD_WORKER } from './backtest/testing/service-fixture.ts';
import { readCandleFile } from './candles/candle-file.ts';
import { SAMPLE_NAME, SAMPLE_URL } from './candles/sample.ts';
import { connect } from './storage/sqlite-storage.ts';
import { startChild } from './storage/testing/child-process.ts';
import { temporaryFolder } from './storage/testing/temporary-folder.ts';
import { anApp, type AppFixture } from './testing/app-fixture.ts';

const START = Date.UTC(2024, 0, 1);
const SAMPLE = { sourceId: 'sample', timeframe: '1h' } as const;

async function runToTheEnd(
  { client }: AppFixture,
  name: string,
  { sourceId, timeframe }: Pick<RunInfo['config'], 'timeframe'> & { sourceId: string } = SAMPLE,
): Promise<string> {
  const input = { name, sourceId, config: { ...CONFIG, timeframe } };
  const started = await client.call('backtest.start', input);
  if (!started.ok) throw new Error(started.error.sentence);
  const { promise, resolve } = Promise.withResolvers<void>();
  client.subscribe('backtest.progress', started.value, {
    onEvent: () => {},
    onEnd: () => resolve(),
  });
  await promise;
  return started.value.runId;
}

async function upload({ client }: AppFixture, path: string): Promise<CandleSource> {
  const bytes = new Uint8Array(await readFile(path));
  const file = { fileName: basename(path), bytes: bytes.length };
  const started = await client.call('candles.upload.start', file);
  if (!started.ok) throw new Error(started.error.sentence);
  await client.call('candles.upload.chunk', { ...started.value, bytes });
  const source = await client.call('candles.upload.finish', started.value);
  if (!source.ok) throw new Error(source.error.sentence);
  return source.value;
}

async function exportedDocument({ client }: AppFixture, runId: string): Promise<string> {
  const exported = await client.call('backtest.export', { runId, format: 'json' });
  if (!exported.ok) throw new Error(exported.error.sentence);
  return new TextDecoder().decode(exported.value.bytes);
}

function runNames({ client }: AppFixture): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const stop = client.subscribe(
    'backtest.runs',
    {},
    {
      onEvent: (runs) => resolve(runs.map(({ name, state }) => `${name}: ${state}`)),
      onEnd: () => {},
    },
  );
  return promise.finally(stop);
}

/** What the command line writes of a run over the file. */
async function documentOf(path: string, name: string, synthetic: boolean): Promise<string> {
  const file = await readCandleFile(path);
  if (!file.ok) throw new Error(file.error.sentence);
  const ran = runBacktest({ ...CONFIG, timeframe: file.value.timeframe }, file.value.candles);
  if (!ran.ok) throw new Error(ran.error.sentence);
  const { sha256, warnings } = file.value;
  const candles = { name, sha256, synthetic, warnings };
  return [...backtestDocument(documentRun(ran.value, candles))].join('');
}

it('runs the sample, renames, exports, and has it all again after a restart', async () => {
  const folder = await temporaryFolder();
  const first = await anApp(folder);
  expect(await first.client.call('app.info', {})).toEqual({
    ok: true,
    value: { version: '1.2.3', shell: 'browser', platform: 'linux', dataDir: folder, findings: [] },
  });
  const runId = await runToTheEnd(first, 'Sample');
  await first.client.call('backtest.rename', { runId, name: 'Renamed' });
  const result = await first.client.call('backtest.result', { runId });
  expect(result.ok && result.value.trades.length).toBeGreaterThan(10);
  const exported = await exportedDocument(first, runId);
  expect(exported).toBe(await documentOf(fileURLToPath(SAMPLE_URL), SAMPLE_NAME, true));
  await first.app.close();

  const second = await anApp(folder);
  expect(await runNames(second)).toEqual(['Renamed: done']);
  expect(await exportedDocument(second, runId)).toBe(exported);
  expect([...first.faults, ...second.faults, ...second.app.findings]).toEqual([]);
});

it('exports a run over an uploaded file as the command line writes it, warnings included', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'BTC with a gap.csv');
  const bars = Array.from({ length: 300 }, (_, index) => {
    const close = 100 + 20 * Math.sin(index / 9);
    return `${START + (index < 200 ? index : index + 5) * 60_000},${close},${close + 1},${close - 1},${close},1`;
  });
  await writeFile(path, ['timestamp,open,high,low,close,volume', ...bars].join('\n'));
  const app = await anApp(join(folder, 'data'));
  const source = await upload(app, path);
  expect(source.warnings).toHaveLength(1);
  const runId = await runToTheEnd(app, 'Gap', { sourceId: source.id, timeframe: '1m' });
  expect(await exportedDocument(app, runId)).toBe(await documentOf(path, basename(path), false));
});

it('refuses a folder that another app uses, and takes it when that has closed', async () => {
  const folder = await temporaryFolder();
  const first = await anApp(folder);
  await expect(anApp(folder)).rejects.toThrow(AppStartError);
  expect(await runNames(first)).toEqual([]);
  await first.app.close();
  await anApp(folder);
});

it('takes a folder whose app was killed', async () => {
  const folder = await temporaryFolder();
  const script = new URL('./storage/testing/locking-child.ts', import.meta.url);
  const child = startChild(script, join(folder, 'profile.lock'));
  for await (const line of child.lines) {
    expect(line).toBe('held');
    await expect(anApp(folder)).rejects.toThrow('Another CryptoPiggy is using');
    await child.kill();
  }
  await anApp(folder);
});

it('closes in the middle of a run, once, however often it is asked', async () => {
  const folder = await temporaryFolder();
  const held = await anApp(folder, HELD_WORKER);
  const atWork = Promise.withResolvers<void>();
  held.client.subscribe(
    'backtest.runs',
    {},
    {
      onEvent: (runs) => runs.some(({ state }) => state === 'running') && atWork.resolve(),
      onEnd: () => {},
    },
  );
  const over = runToTheEnd(held, 'Held');
  await atWork.promise;
  await Promise.all([held.app.close(), held.app.close()]);
  await held.app.close();
  await over;
  expect(await runNames(await anApp(folder))).toEqual(['Held: failed']);
});

it('says what it found: a damaged profile, runs that cannot be read', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'cryptopiggy.sqlite'), 'not a database '.repeat(100));
  const first = await anApp(folder);
  expect(first.app.findings.map(({ code }) => code)).toEqual(['PROFILE_DAMAGED']);
  expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toHaveLength(1);
  // What was open by the books that were lost is not known, which is not the same as nothing.
  expect(await first.client.call('trading.exposure', {})).toMatchObject({
    ok: true,
    value: { state: 'unknown', todo: { kind: 'seen' } },
  });
  await runToTheEnd(first, 'Sample');
  await first.app.close();
  using database = connect(join(folder, 'cryptopiggy.sqlite'));
  database.exec(`UPDATE backtest_runs SET config = '[]'`);
  const second = await anApp(folder);
  expect(second.app.findings.map(({ code }) => code)).toEqual(['RUNS_UNREADABLE']);
});

it('leaves nothing locked when it fails to start', async () => {
  const folder = await temporaryFolder();
  const broken = connect(join(folder, 'cryptopiggy.sqlite'));
  broken.exec('CREATE TABLE backtest_runs (other TEXT)');
  broken.close();
  await expect(anApp(folder)).rejects.toThrow('already exists');
  await expect(anApp(folder)).rejects.toThrow('already exists');
});
