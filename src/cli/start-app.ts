/** The app over a data folder in plain Node, for whatever of the command line needs all of it. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createApp, type App } from '../app/app.ts';
import { SAMPLE_URL } from '../app/candles/sample.ts';
import { platformOf } from '../app/data-dir.ts';
import { openAppLog, type AppLog } from '../app/logs/app-log.ts';
import { secretSettings } from '../app/settings/secret-settings.ts';
import { keychainInNode } from '../app/vault/keychain-process.ts';
import { openKeychain } from '../app/vault/keychain.ts';
import { packageVersion } from './package-version.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const KEYCHAIN_CHILD = new URL('../app/vault/keychain-child.ts', import.meta.url);

/** Everything that is told goes to the terminal and into the data folder, and no secret to either. */
export async function openLog(dataDir: string): Promise<AppLog> {
  const mirror = (text: string): void => void process.stderr.write(`${text}\n`);
  const log = openAppLog({ dataDir, now: Date.now, mirror });
  log.redact(await secretSettings(dataDir, process.env));
  return log;
}

/** @throws AppStartError where the folder is in use, or a setting is wrong */
export function startApp(dataDir: string, log: Pick<AppLog, 'error' | 'redact'>): Promise<App> {
  return createApp({
    dataDir,
    workerUrl: pathToFileURL(join(ROOT, 'src', 'app', 'backtest', 'worker.ts')),
    sampleUrl: SAMPLE_URL,
    shell: 'browser',
    version: packageVersion(),
    platform: platformOf(process.platform),
    now: Date.now,
    newId: randomUUID,
    environment: process.env,
    keychain: openKeychain(keychainInNode(KEYCHAIN_CHILD, process.env)),
    redact: log.redact,
    reportFault: (error) => log.error(error instanceof Error ? error.message : String(error)),
  });
}
