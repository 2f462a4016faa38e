/** The backtest service as the window meets it: through the contract, over a real file and real threads. */

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  backtestContract,
  type BacktestConfigWire,
  type RunInfo,
  type RunProgress,
} from '../../../contract/backtest.ts';
import type { ContractError } from '../../../contract/errors.ts';
import { connectContract } from '../../../contract/rpc/client.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../../contract/rpc/server.ts';
import type { CandleColumns } from '../../../core/domain/candles.ts';
import { fail } from '../../../core/domain/result.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';
import type { CandleSupply } from '../candle-supply.ts';
import { createBacktestService } from '../service.ts';
import { suppliedWaves } from './supplied-waves.ts';
import { waves } from './waves.ts';

export const CONFIG: BacktestConfigWire = {
  symbol: 'BTC/USDT',
  timeframe: '1m',
  strategy: 'sma-cross',
  params: { fast: 5, slow: 20 },
  startingBalance: 1_000,
  costs: { takerFee: 0.001, makerFee: 0.001, slippageBps: 0, halfSpreadBps: 0 },
  sizing: { kind: 'all-in' },
  limits: 'off',
  whitelist: [],
};

const WORKER = new URL('../worker.ts', import.meta.url);
export const HELD_WORKER = new URL('./held-worker.ts', import.meta.url);
export const CRASHING_WORKER = new URL('./crashing-worker.ts', import.meta.url);

export interface FixtureOptions {
  readonly workerUrl?: URL;
  /** To start again where another fixture stopped. */
  readonly folder?: string;
  readonly candles?: CandleColumns;
  readonly load?: CandleSupply['load'];
}

export interface Fixture {
  readonly client: ContractClient<typeof backtestContract>;
  readonly folder: string;
  readonly candles: CandleColumns;
  readonly faults: unknown[];
  /** Starts a run of the waves and gives its id. */
  start(name: string, changes?: Partial<BacktestConfigWire>): Promise<string>;
  /** All progress of a run until it is over. */
  progress(
    runId: string,
    onEvent?: (progress: RunProgress) => void,
  ): Promise<readonly RunProgress[]>;
  /** The kept runs, newest first. */
  runs(): Promise<readonly RunInfo[]>;
  /** Closes the service alone: its window is still connected. */
  closeService(): Promise<void>;
  close(): Promise<void>;
}

export async function aService(options: FixtureOptions = {}): Promise<Fixture> {
  const folder = options.folder ?? (await temporaryFolder());
  const candles = options.candles ?? waves(1_000);
  const faults: unknown[] = [];
  const { storage } = await openSqliteStorage({ path: join(folder, 'profile.sqlite'), now: 0 });
  let clock = 0;
  let ids = 0;
  const service = await createBacktestService({
    store: storage.runs,
    candles: suppliedWaves(candles, options.load),
    workerUrl: options.workerUrl ?? WORKER,
    concurrency: 1,
    now: () => (clock += 1),
    newId: () => `${folder}-${(ids += 1)}`.slice(-20),
    reportFault: (error) => faults.push(error),
  });
  const channels = createMemoryChannels(structuredClone);
  serveContract(backtestContract, service.handlers, channels.app, {
    newIncidentId: () => 'incident',
    onInternalError: ({ error }) => faults.push(error),
  });
  const client = connectContract(backtestContract, channels.window);
  async function close(): Promise<void> {
    channels.window.close();
    await service.close();
    storage.close();
  }
  onTestFinished(close);
  return {
    client,
    folder,
    candles,
    faults,
    async start(name, changes = {}) {
      const config = { ...CONFIG, ...changes };
      const answer = await client.call('backtest.start', { name, sourceId: 'waves', config });
      if (!answer.ok) throw new Error(answer.error.sentence);
      return answer.value.runId;
    },
    progress: (runId, onEvent) => progressOf(client, runId, onEvent),
    runs: () => firstRuns(client),
    closeService: () => service.close(),
    close,
  };
}

function progressOf(
  client: Fixture['client'],
  runId: string,
  onEvent: (progress: RunProgress) => void = () => {},
): Promise<readonly RunProgress[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RunProgress[]>();
  const events: RunProgress[] = [];
  client.subscribe(
    'backtest.progress',
    { runId },
    {
      onEvent(progress) {
        events.push(progress);
        onEvent(progress);
      },
      onEnd: (error) => (error === null ? resolve(events) : reject(endError(error))),
    },
  );
  return promise;
}

function firstRuns(client: Fixture['client']): Promise<readonly RunInfo[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly RunInfo[]>();
  const stop = client.subscribe(
    'backtest.runs',
    {},
    {
      onEvent: resolve,
      onEnd: (error) => reject(endError(error)),
    },
  );
  return promise.finally(stop);
}

function endError(error: ContractError | null): Error {
  return new Error(error === null ? 'The stream ended.' : `${error.code}: ${error.sentence}`);
}

/** A supply whose candles never come, so that a run stays in that stage. */
export function neverLoading(): { readonly load: CandleSupply['load']; release(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    load: async () => {
      await promise;
      return fail('CANDLE_SOURCE_NOT_FOUND', 'The candles are gone.');
    },
    release: resolve,
  };
}
