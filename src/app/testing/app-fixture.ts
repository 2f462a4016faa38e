/** A whole app over a temporary folder, and a window connected to it; its candles are the waves. */

import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { contract, type Contract } from '../../contract/contract.ts';
import { contractFailure } from '../../contract/errors.ts';
import { connectContract } from '../../contract/rpc/client.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../contract/rpc/server.ts';
import { ok } from '../../core/domain/result.ts';
import { suppliedWaves } from '../backtest/testing/supplied-waves.ts';
import { waves } from '../backtest/testing/waves.ts';
import { composeApp, type App, type CandleService } from '../compose.ts';

export interface AppFixture {
  readonly app: App;
  readonly client: ContractClient<Contract>;
  readonly faults: unknown[];
}

const WORKER = new URL('../backtest/worker.ts', import.meta.url);

/** @param workerUrl - Of the backtest's worker; the real one by default. */
export async function anApp(dataDir: string, workerUrl: URL = WORKER): Promise<AppFixture> {
  const faults: unknown[] = [];
  const app = await composeApp(
    {
      dataDir,
      workerUrl,
      shell: 'browser',
      version: '1.2.3',
      platform: 'linux',
      now: Date.now,
      newId: randomUUID,
      reportFault: (error) => faults.push(error),
    },
    async () => wavesOnly(),
  );
  onTestFinished(() => app.close());
  const channels = createMemoryChannels(structuredClone);
  serveContract(contract, app.handlers, channels.app, {
    newIncidentId: randomUUID,
    onInternalError: ({ error }) => faults.push(error),
  });
  return { app, client: connectContract(contract, channels.window), faults };
}

/** Nothing can be added to this library. */
function wavesOnly(): CandleService {
  const candles = waves(2_000);
  const supply = suppliedWaves(candles);
  const full = contractFailure('UPLOAD_TOO_LARGE', 'This library takes no uploads.');
  const source = supply.find('waves');
  return {
    supply,
    handlers: {
      'candles.sources': (_, sink) => {
        sink.push(source === null ? [] : [source]);
        return () => {};
      },
      'candles.upload.start': () => full,
      'candles.upload.chunk': () => full,
      'candles.upload.finish': () => full,
      'candles.upload.abort': () => full,
      'candles.delete': () => full,
      'candles.chart': () => {
        const { time, open, high, low, close, volume } = candles;
        return ok({ time, open, high, low, close, volume });
      },
    },
    close: async () => {},
  };
}
