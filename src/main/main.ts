/** Electron's entry: hands the system's objects to the app and its shell, and does nothing else. */

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron';
import type { App } from '../app/app.ts';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { collectDiagnostics } from '../app/diagnostics/diagnostics.ts';
import { incidentLog } from '../app/incident-log.ts';
import { openAppLog } from '../app/logs/app-log.ts';
import { secretsOf } from '../app/logs/secret-settings.ts';
import { secretSettings } from '../app/settings/secret-settings.ts';
import { loadPage } from '../app/page/page.ts';
import { systemClock } from '../app/trading/clock.ts';
import { answerAppRequest, APP_SCHEME_PRIVILEGES } from './app-protocol.ts';
import { APP_SCHEME } from './app-url.ts';
import { createAppWindows } from './app-windows.ts';
import { openElectronApp } from './electron-app.ts';
import {
  electronDesktop,
  electronNotifications,
  linuxShowsTray,
  workAreas,
} from './electron-desktop.ts';
import { guardNavigation } from './navigation-guard.ts';
import { createNotify } from './notify.ts';
import { openLogs } from './open-logs.ts';
import { denyPermissions } from './permissions.ts';
import { saveDiagnostics } from './save-diagnostics.ts';
import { startShell } from './shell.ts';
import { followShutdown } from './shutdown.ts';
import { claimSingleInstance } from './single-instance.ts';
import { logUncaught } from './uncaught.ts';
import { updatesInElectron } from './updates-in-electron.ts';
import { askAboutWindows } from './window-questions.ts';

const MAIN_DIR = import.meta.dirname;
const BUILD_DIR = join(MAIN_DIR, '..');
const RENDERER_DIR = join(BUILD_DIR, 'renderer');
const ASSETS_DIR = join(BUILD_DIR, '..', 'assets');
/** As in electron-builder.yml: by it, Windows knows whose the notifications are. */
const APP_ID = 'app.cryptopiggy.desktop';

const platform = platformOf(process.platform);
const dataDir = resolve(
  app.commandLine.getSwitchValue('data-dir') || defaultDataDir(platform, process.env, homedir()),
);
/** Chromium's own files inside our folder, so that each profile is one folder and one instance. */
const windowDir = join(dataDir, 'window');
const appLog = openAppLog({ dataDir, now: Date.now, mirror: (text) => console.error(text) });
const { info: log, error: logFault } = appLog;
/** There is nothing to show before the app has started. */
let showWindow = (): void => {};

async function start(): Promise<void> {
  appLog.redact(await secretSettings(dataDir, process.env));
  denyPermissions(session.defaultSession);
  const page = await loadPage(RENDERER_DIR);
  protocol.handle(APP_SCHEME, (request) =>
    answerAppRequest(request, { rendererDir: RENDERER_DIR, page }),
  );
  const trading = await openElectronApp({ dataDir, mainDir: MAIN_DIR, platform, log: appLog });
  for (const { sentence } of trading.findings) log(sentence);
  await showShell(trading);
}

const diagnostics = (): Promise<string> =>
  collectDiagnostics({
    dataDir,
    environment: process.env,
    version: app.getVersion(),
    shell: 'electron',
    now: Date.now,
    log: appLog,
  });

async function showShell(trading: App): Promise<void> {
  const notify = createNotify({ ...electronNotifications, log });
  const shutdown = followShutdown({ process, powerMonitor, quit: () => app.quit(), log });
  const windows = createAppWindows({
    createWindow: (options) => new BrowserWindow(options),
    workAreas,
    questions: askAboutWindows(dialog, log),
    onSessionEnd: shutdown.begin,
    folder: windowDir,
    preload: join(BUILD_DIR, 'preload', 'preload.cjs'),
    icon: join(ASSETS_DIR, 'icons', 'linux', '256x256.png'),
    clock: systemClock,
    log,
  });
  startShell({
    system: electronDesktop,
    app,
    trading,
    windows,
    ipcMain,
    powerMonitor,
    incidents: incidentLog(logFault, randomUUID),
    showsTrayIcons: async () => platform !== 'linux' || (await linuxShowsTray()),
    updates: await updatesInElectron({
      app,
      resources: process.resourcesPath,
      platform,
      dataDir,
      environment: process.env,
      controls: trading.controls,
      dialog,
      notify,
      clock: systemClock,
      wait,
      log,
    }),
    shutdown: shutdown.signal,
    openLogs: () => void openLogs(appLog.folder, (path) => shell.openPath(path), notify),
    saveDiagnostics: () =>
      void saveDiagnostics({
        dialog,
        folder: app.getPath('documents'),
        now: Date.now,
        write: async (path) => writeFile(path, await diagnostics(), { mode: 0o600 }),
        notify,
      }),
    trayImages: join(ASSETS_DIR, 'tray'),
    platform,
    isDevelopment: !app.isPackaged,
    clock: systemClock,
    wait,
    notify,
    log,
  });
  showWindow = windows.main.open;
}

/** What has to happen before Electron is ready. */
function prepare(): void {
  appLog.redact(secretsOf(process.env));
  logUncaught(process, logFault);
  app.enableSandbox();
  if (platform === 'windows') app.setAppUserModelId(APP_ID);
  app.on('web-contents-created', (_event, contents) =>
    guardNavigation(contents, (url) => void shell.openExternal(url)),
  );
  protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
  mkdirSync(windowDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', windowDir);
}

function failToStart(error: unknown): void {
  logFault(String(error));
  dialog.showErrorBox('CryptoPiggy cannot start', error instanceof Error ? error.message : '');
  app.exit(1);
}

try {
  prepare();
  if (claimSingleInstance(app, () => showWindow())) app.whenReady().then(start).catch(failToStart);
} catch (error) {
  failToStart(error);
}
