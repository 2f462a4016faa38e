/** The app as Electron starts it: over the person's folder, with the system's keychain in a process of its own. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, utilityProcess } from 'electron';
import { createApp, type App } from '../app/app.ts';
import { SAMPLE_FILE } from '../app/candles/sample.ts';
import type { Platform } from '../app/data-dir.ts';
import type { AppLog } from '../app/logs/app-log.ts';
import { openKeychain } from '../app/vault/keychain.ts';
import { keychainInElectron } from './keychain-process.ts';

export interface ElectronAppParts {
  /** Absolute. */
  readonly dataDir: string;
  /** The folder with the built main process, absolute. */
  readonly mainDir: string;
  readonly platform: Platform;
  readonly log: Pick<AppLog, 'error' | 'redact'>;
}

/** @throws as `createApp` does. */
export function openElectronApp(parts: ElectronAppParts): Promise<App> {
  const { dataDir, mainDir, platform, log } = parts;
  const environment = process.env;
  const script = join(mainDir, 'keychain-child.js');
  return createApp({
    dataDir,
    workerUrl: pathToFileURL(join(mainDir, 'backtest-worker.js')),
    sampleUrl: pathToFileURL(join(mainDir, SAMPLE_FILE)),
    shell: 'electron',
    version: app.getVersion(),
    platform,
    now: Date.now,
    newId: randomUUID,
    environment,
    keychain: openKeychain(keychainInElectron({ utilityProcess, script, environment })),
    redact: log.redact,
    reportFault: (error) => log.error(String(error)),
  });
}
