/** Serves the app with the held worker: a run that is surely at work can be cancelled without racing it. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createApp } from '../../../src/app/app.ts';
import { NO_KEYCHAIN } from '../../../src/app/vault/testing/no-keychain.ts';
import { SAMPLE_URL } from '../../../src/app/candles/sample.ts';
import { startBrowserShell } from '../../../src/app/browser-shell/server.ts';
import { contract } from '../../../src/contract/contract.ts';

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('Say which data folder to use.');

function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

const app = await createApp({
  dataDir,
  workerUrl: new URL('../../../src/app/backtest/testing/held-worker.ts', import.meta.url),
  sampleUrl: SAMPLE_URL,
  shell: 'browser',
  version: '0.0.0',
  platform: 'other',
  now: Date.now,
  newId: randomUUID,
  environment: process.env,
  keychain: NO_KEYCHAIN,
  reportFault: report,
});
const shell = await startBrowserShell({
  table: contract,
  handlers: app.handlers,
  reporting: { newIncidentId: randomUUID, onInternalError: ({ error }) => report(error) },
  rendererDir: join(import.meta.dirname, '..', '..', '..', 'dist', 'renderer'),
  port: 0,
  log: report,
});
process.stdout.write(`${shell.address}\n`);
process.once('SIGTERM', () => {
  void shell.close().then(() => app.close());
});
