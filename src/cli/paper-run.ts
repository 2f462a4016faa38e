/** Runs `piggy paper`: opens the account, replays, reports. */

import { createHash, randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createDataDir } from '../app/data-dir.ts';
import { takeProfileLock } from '../app/storage/profile-lock.ts';
import { openSqliteStorage } from '../app/storage/sqlite-storage.ts';
import type { Storage } from '../app/storage/storage.ts';
import { systemClock } from '../app/trading/clock.ts';
import { PaperReplay, type ReplayOutcome } from '../app/trading/replay-on-paper.ts';
import { backtestDocument, documentRun } from '../core/backtest/document.ts';
import type { BacktestConfig } from '../core/backtest/report.ts';
import { fail, ok, type Result } from '../core/domain/result.ts';
import { writeDocument } from './document-output.ts';
import { configOf, readRunCandles, type RunCandles, type RunOptions } from './run-options.ts';
import { serveReplay } from './serve-replay.ts';
import { stopRequested } from './stop-requested.ts';
import { summaryTable } from './summary-table.ts';
import { usable } from './usable-folder.ts';

export interface PaperOptions extends RunOptions {
  readonly replay: string;
  /** Times as fast as it was recorded; `null` as fast as it goes. */
  readonly speed: number | null;
  readonly dataDir?: string;
}

/** @returns the sentence to end with where it could not be run to the end, or `null` when all went well. */
export async function paper(options: PaperOptions): Promise<string | null> {
  const read = await readRunCandles(options.replay, options);
  if (!read.ok) return read.error.sentence;
  for (const warning of read.value.file.warnings) note(`Warning: ${warning.sentence}`);
  await using resources = new AsyncDisposableStack();
  const profile = await openProfile(options.dataDir, resources);
  if (!profile.ok) return profile.error.sentence;
  const storage = profile.value;
  const config = configOf(options, read.value, 'on');
  const opened = PaperReplay.open({
    config,
    candles: read.value.file.candles,
    name: read.value.described.name,
    recording: identify(config, read.value),
    store: storage.paper,
    orderPrefix: `p${randomBytes(3).toString('hex')}`,
    speed: options.speed,
    setTimer: systemClock.setTimer,
    reportFault: (error) => note(error instanceof Error ? error.message : String(error)),
  });
  if (!opened.ok) return opened.error.sentence;
  const replay = opened.value;
  resources.defer(() => replay.session.close());
  if (options.dataDir !== undefined) {
    const folder = resolve(options.dataDir);
    const served = await usable(folder, () => serveReplay(replay, folder));
    if (!served.ok) return served.error.sentence;
    resources.defer(() => served.value.close());
  }
  const outcome = await replay.run(stopRequested());
  if (outcome.ok) return await report(outcome.value, options, read.value);
  const { code, sentence } = outcome.error;
  return code === 'STOPPED' ? stopped(options) : sentence;
}

/** The profile in the folder, taken for this process; or one that vanishes with it. */
async function openProfile(
  dataDir: string | undefined,
  resources: AsyncDisposableStack,
): Promise<Result<Storage>> {
  if (dataDir === undefined) return ok(await openStorage(':memory:', resources));
  const folder = resolve(dataDir);
  const locked = await usable(folder, async () => {
    await createDataDir(folder);
    return takeProfileLock(join(folder, 'profile.lock'));
  });
  if (!locked.ok) return locked;
  if (locked.value === null) {
    return fail('BAD_INPUT', `Another CryptoPiggy is using the data in ${folder}.`);
  }
  resources.defer(locked.value);
  return usable(folder, () => openStorage(join(folder, 'cryptopiggy.sqlite'), resources));
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

/** Ended by hand: no fault where the account is kept, but there is no report either. */
function stopped({ dataDir, json }: PaperOptions): string | null {
  if (dataDir === undefined) return 'The replay was stopped before its end. Nothing was kept.';
  if (json !== undefined) return 'The replay was stopped before its end, so there is no report.';
  process.stdout.write('Stopped. The same command goes on from here.\n');
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
      : 'There is no report of a run that was interrupted. Run it without --data-dir for one.';
  }
  if (options.json !== '-') process.stdout.write(summaryTable(made, described));
  if (options.json === undefined) return null;
  return writeDocument(options.json, backtestDocument(documentRun(made, described)));
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
