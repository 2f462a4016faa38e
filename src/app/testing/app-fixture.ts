/** A whole app over a temporary folder, and a window connected to it. */

import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { contract, type Contract } from '../../contract/contract.ts';
import { connectContract } from '../../contract/rpc/client.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import { createMemoryChannels } from '../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../contract/rpc/server.ts';
import { createApp, type App } from '../app.ts';
import { NO_KEYCHAIN } from '../vault/testing/no-keychain.ts';
import { SAMPLE_URL } from '../candles/sample.ts';

export interface AppFixture {
  readonly app: App;
  readonly client: ContractClient<Contract>;
  readonly faults: unknown[];
}

const WORKER = new URL('../backtest/worker.ts', import.meta.url);

/** @param workerUrl - Of the backtest's worker; the real one by default. */
export async function anApp(dataDir: string, workerUrl: URL = WORKER): Promise<AppFixture> {
  const faults: unknown[] = [];
  const app = await createApp({
    dataDir,
    workerUrl,
    sampleUrl: SAMPLE_URL,
    shell: 'browser',
    version: '1.2.3',
    platform: 'linux',
    now: Date.now,
    newId: randomUUID,
    environment: {},
    keychain: NO_KEYCHAIN,
    reportFault: (error) => faults.push(error),
  });
  onTestFinished(() => app.close());
  const channels = createMemoryChannels(structuredClone);
  serveContract(contract, app.handlers, channels.app, {
    newIncidentId: randomUUID,
    onInternalError: ({ error }) => faults.push(error),
  });
  return { app, client: connectContract(contract, channels.window), faults };
}
