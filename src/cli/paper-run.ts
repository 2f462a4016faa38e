/** Runs `piggy paper`: opens the account, replays, reports. */

import { createHash, randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createDataDir } from '../app/data-dir.ts';
import { takeProfileLock } from '../app/storage/profile-lock.ts';
import { openSqliteStorage } from '../app/storage/sqlite-storage.ts';
import type { Storage } from '../app/storage/storage.ts';
import type { TradingStore } from '../app/storage/trading-store.ts';
import { openStops, stopsInMemory } from '../app/stop/open-stops.ts';
import type { StopLatch } from '../app/stop/stop-latch.ts';
import { systemClock } from '../app/trading/clock.ts';
import { PaperReplay, type ReplayOutcome } from '../app/trading/replay-on-paper.ts';
import { backtestDocument, documentRun } from '../core/backtest/document.ts';
import type { BacktestConfig } from '../core/backtest/report.ts';
import type { Result } from '../core/domain/result.ts';
import { writeDocument } from './document-output.ts';
import { configOf, readRunCandles, type RunCandles, type RunOptions } from './run-options.ts';
import { serveReplay } from './serve-replay.ts';
import { stopRequested } from './stop-requested.ts';
import { EXIT_FAULT } from './exit-codes.ts';
import { summaryTable } from './summary-table.ts';
import { usable } from './usable-folder.ts';

export interface PaperOptions extends RunOptions {
  readonly replay: string;
  /** Times as fast as it was recorded; `null` as fast as it goes. */
  readonly speed: number | null;
  readonly dataDir?: string;
}

const NOT_ARMED =
  'no bot has entered anything since it was stopped. While it runs, piggy arm lets them trade again.';

/** @returns the sentence to end with where it could not be run to the end, or `null` when all went well. */
export async function paper(options: PaperOptions): Promise<string | null> {
  const read = await readRunCandles(options.replay, options);
  if (!read.ok) return read.error.sentence;
  for (const warning of read.value.file.warnings) note(`Warning: ${warning.sentence}`);
  if (options.dataDir === undefined) return trade(options, read.value, null);
  const folder = resolve(options.dataDir);
  const traded = await usable(folder, () => trade(options, read.value, folder));
  return traded.ok ? traded.value : traded.error.sentence;
}

/** @param folder absolute, where the account is kept; `null` keeps it in memory */
async function trade(
  options: PaperOptions,
  candles: RunCandles,
  folder: string | null,
): Promise<string | null> {
  await using resources = new AsyncDisposableStack();
  if (folder !== null && !(await tookFolder(folder, resources))) {
    return `Another CryptoPiggy is using the data in ${folder}.`;
  }
  const path = folder === null ? ':memory:' : join(folder, 'cryptopiggy.sqlite');
  const { paper: store } = await openStorage(path, resources);
  const stops =
    folder === null ? stopsInMemory(Date.now, noteFault) : openStops(folder, Date.now, noteFault);
  const opened = openReplay(options, candles, store, stops);
  if (!opened.ok) return opened.error.sentence;
  const replay = opened.value;
  resources.defer(() => replay.session.close());
  if (folder !== null) {
    const served = await serveReplay(replay, stops, folder);
    resources.defer(() => served.close());
  }
  const outcome = await replay.run(stopRequested());
  if (!outcome.ok) {
    return outcome.error.code === 'STOPPED'
      ? stopped(options, outcome.error.sentence)
      : outcome.error.sentence;
  }
  const { tradingState } = replay.status();
  if (tradingState !== 'active') note(`Trading was ${tradingState} at the end: ${NOT_ARMED}`);
  return await report(outcome.value, options, candles);
}

function openReplay(
  options: PaperOptions,
  candles: RunCandles,
  store: TradingStore,
  stops: StopLatch,
): Result<PaperReplay> {
  const config = configOf(options, candles, 'on');
  return PaperReplay.open({
    config,
    candles: candles.file.candles,
    name: candles.described.name,
    recording: identify(config, candles),
    store,
    stops,
    orderPrefix: `p${randomBytes(3).toString('hex')}`,
    speed: options.speed,
    setTimer: systemClock.setTimer,
    reportFault: noteFault,
  });
}

/** Takes the folder for this process, where no other has. */
async function tookFolder(folder: string, resources: AsyncDisposableStack): Promise<boolean> {
  await createDataDir(folder);
  const release = takeProfileLock(join(folder, 'profile.lock'));
  if (release === null) return false;
  resources.defer(release);
  return true;
}

async function openStorage(path: string, resources: AsyncDisposableStack): Promise<Storage> {
  const { storage, findings } = await openSqliteStorage({ path, now: Date.now() });
  resources.defer(() => storage.close());
  for (const { sentence } of findings) note(sentence);
  return storage;
}

/** The same candles and the same settings have the same name. */
function identify(config: BacktestConfig, { file }: RunCandles): string {
  const content = JSON.stringify([file.sha256, config]);
  return `replay:${createHash('sha256').update(content).digest('hex')}`;
}

/** Ended by hand: there is no report yet, so no success either. */
function stopped({ dataDir }: PaperOptions, where: string): string | null {
  process.exitCode = EXIT_FAULT;
  note(
    dataDir === undefined
      ? 'The replay was stopped before its end. Nothing was kept.'
      : `${where} Run the same command to go on.`,
  );
  return null;
}

async function report(
  { report: made, equity, trades }: ReplayOutcome,
  options: PaperOptions,
  { described }: RunCandles,
): Promise<string | null> {
  if (made === null) {
    process.stdout.write(
      `The account went on from an earlier run: ${equity.toFixed(2)} in equity, ${trades} trades since then.\n`,
    );
    return options.json === undefined
      ? null
      : 'The journal does not have all of the run, so there is no report. Run it without --data-dir for one.';
  }
  if (options.json !== '-') process.stdout.write(summaryTable(made, described));
  if (options.json === undefined) return null;
  return writeDocument(options.json, backtestDocument(documentRun(made, described)));
}

function noteFault(error: unknown): void {
  note(error instanceof Error ? error.message : String(error));
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
