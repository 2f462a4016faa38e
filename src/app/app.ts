/** Puts the app together over one data folder: lock, storage, candles, backtests; and takes it apart again. */

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../contract/app.ts';
import type { Contract } from '../contract/contract.ts';
import type { Handlers } from '../contract/rpc/handlers.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { controlContract } from '../contract/trading.ts';
import { ok } from '../core/domain/result.ts';
import type { AppOptions } from './app-options.ts';
import { AppStartError } from './app-start-error.ts';
import { createBacktestService } from './backtest/service.ts';
import { candleHandlers } from './candles/handlers.ts';
import { CandleLibrary } from './candles/library.ts';
import type { AppControls } from './controls.ts';
import { serveControl } from './control/server.ts';
import { createDataDir } from './data-dir.ts';
import { openDownloads } from './downloads/open-downloads.ts';
import { DownloadService } from './downloads/service.ts';
import { incidentLog } from './incident-log.ts';
import { takeProfileLock } from './storage/profile-lock.ts';
import { openSqliteStorage } from './storage/sqlite-storage.ts';
import { openTrading, type TradingParts } from './open-trading.ts';

export interface App {
  readonly handlers: Handlers<Contract>;
  /** For the tray, shortcuts and the system's own events. */
  readonly controls: AppControls;
  /** What was odd about the profile at start. */
  readonly findings: readonly Finding[];
  /** Ends what runs and releases the folder. Idempotent. */
  close(): Promise<void>;
}

/** @throws AppStartError when another app uses the folder; whatever the disk answers when it cannot be used. */
export async function createApp(options: AppOptions): Promise<App> {
  await createDataDir(options.dataDir);
  const resources = new AsyncDisposableStack();
  try {
    const app = await assemble(options, resources);
    let closed: Promise<void> | null = null;
    return { ...app, close: () => (closed ??= resources.disposeAsync()) };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

/** Everything acquired goes onto `resources`, to be released in reverse: threads before the file they report to. */
async function assemble(
  options: AppOptions,
  resources: AsyncDisposableStack,
): Promise<Omit<App, 'close'>> {
  const { dataDir, shell, version, platform, now } = options;
  resources.defer(lockProfile(dataDir));
  const path = join(dataDir, 'cryptopiggy.sqlite');
  const { storage, findings } = await openSqliteStorage({ path, now: now() });
  resources.defer(() => storage.close());
  const { store, shelf, openHistory } = await openDownloads(dataDir, options.environment);
  const candles = await CandleLibrary.open({ ...options, series: shelf });
  const downloads = new DownloadService({ ...options, store, library: candles, openHistory });
  resources.defer(() => downloads.close());
  const backtests = await createBacktestService({
    ...options,
    store: storage.runs,
    candles,
    concurrency: options.concurrency ?? Math.max(1, availableParallelism() - 1),
  });
  resources.defer(() => backtests.close());
  const trading = await openTrading(options, { storage, findings, candles });
  resources.defer(() => trading.close());
  const control = createContractServer(
    controlContract,
    controlOf(trading.handlers),
    incidentLog((text) => options.reportFault(text), options.newId),
  );
  const socket = await serveControl({
    dataDir,
    token: randomBytes(32),
    platform: process.platform,
    serve: (channel) => control.serve(channel),
  });
  resources.defer(() => socket.close());
  const odd = [...findings, ...trading.findings, ...unreadableFinding(backtests.unreadable)];
  return {
    handlers: {
      'app.info': () => ok({ shell, version, platform, dataDir, findings: odd }),
      ...candleHandlers(candles),
      ...downloads.handlers,
      ...backtests.handlers,
      ...trading.handlers,
    },
    controls: trading.controls,
    findings: odd,
  };
}

/** The part of trading that another process of the same person may ask for. */
function controlOf(handlers: TradingParts['handlers']): Handlers<typeof controlContract> {
  return {
    'trading.status': handlers['trading.status'],
    'trading.stop': handlers['trading.stop'],
    'trading.stop-report': handlers['trading.stop-report'],
    'trading.arm': handlers['trading.arm'],
    'trading.exposure': handlers['trading.exposure'],
  };
}

function lockProfile(dataDir: string): () => void {
  const release = takeProfileLock(join(dataDir, 'profile.lock'));
  if (release !== null) return release;
  throw new AppStartError(
    `Another CryptoPiggy is using the data in ${dataDir}. Close it first, or start this one with another data folder.`,
  );
}

function unreadableFinding(ids: readonly string[]): readonly Finding[] {
  if (ids.length === 0) return [];
  const sentence = `${ids.length} kept backtests cannot be read and are not shown. They are left in the profile's database.`;
  return [{ code: 'RUNS_UNREADABLE', sentence }];
}
