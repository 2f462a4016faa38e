/** Electron's entry: puts the app, its window and the system's objects together, and nothing else. */

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { createApp } from '../app/app.ts';
import { SAMPLE_FILE } from '../app/candles/sample.ts';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { incidentLog } from '../app/incident-log.ts';
import { openKeychain } from '../app/vault/keychain.ts';
import { loadPage } from '../app/page/page.ts';
import { contract } from '../contract/contract.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import { answerAppRequest, APP_SCHEME_PRIVILEGES } from './app-protocol.ts';
import { APP_SCHEME } from './app-url.ts';
import { createAppWindow } from './app-window.ts';
import { quitCleanly } from './clean-quit.ts';
import { acceptIpcConnections } from './ipc-channel.ts';
import { keychainInElectron } from './keychain-process.ts';
import { denyPermissions } from './permissions.ts';
import { followPower } from './power-events.ts';
import { claimSingleInstance } from './single-instance.ts';
import { isTrustedSender } from './trusted-sender.ts';

const BUILD_DIR = join(import.meta.dirname, '..');
const RENDERER_DIR = join(BUILD_DIR, 'renderer');

const platform = platformOf(process.platform);
const dataDir = resolve(
  app.commandLine.getSwitchValue('data-dir') || defaultDataDir(platform, process.env, homedir()),
);
const log = (text: string): void => console.error(text);

const appWindow = createAppWindow({
  createWindow: (options) => new BrowserWindow(options),
  openExternal: (url) => void shell.openExternal(url),
  preload: join(BUILD_DIR, 'preload', 'preload.cjs'),
  log,
});

async function start(): Promise<void> {
  const { handlers, controls, findings, close } = await createApp({
    dataDir,
    workerUrl: pathToFileURL(join(import.meta.dirname, 'backtest-worker.js')),
    sampleUrl: pathToFileURL(join(import.meta.dirname, SAMPLE_FILE)),
    shell: 'electron',
    version: app.getVersion(),
    platform,
    now: Date.now,
    newId: randomUUID,
    environment: process.env,
    keychain: openKeychain(
      keychainInElectron({
        utilityProcess,
        script: join(import.meta.dirname, 'keychain-child.js'),
        environment: process.env,
      }),
    ),
    reportFault: (error) => log(String(error)),
  });
  for (const { sentence } of findings) log(sentence);
  quitCleanly({ app, close, wait, log });
  followPower({ powerMonitor, controls, log });
  const server = createContractServer(contract, handlers, incidentLog(log, randomUUID));
  const page = await loadPage(RENDERER_DIR);
  protocol.handle(APP_SCHEME, (request) =>
    answerAppRequest(request, { rendererDir: RENDERER_DIR, page }),
  );
  denyPermissions(session.defaultSession);
  acceptIpcConnections({
    ipcMain,
    isTrusted: (event) => isTrustedSender(event, appWindow.isOurs),
    serve: (channel) => server.serve(channel),
    log,
  });
  appWindow.open();
}

function failToStart(error: unknown): void {
  log(String(error));
  dialog.showErrorBox('CryptoPiggy cannot start', error instanceof Error ? error.message : '');
  app.exit(1);
}

/** What has to happen before Electron is ready. */
function prepare(): void {
  protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
  // Chromium's own files inside our folder, so that each profile is one folder and one instance.
  const windowDir = join(dataDir, 'window');
  mkdirSync(windowDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', windowDir);
  app.on('window-all-closed', () => app.quit());
}

try {
  prepare();
  if (claimSingleInstance(app, appWindow.raise)) app.whenReady().then(start).catch(failToStart);
} catch (error) {
  failToStart(error);
}
