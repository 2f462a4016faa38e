/** Electron's entry: hands the system's objects to the app and its shell, and does nothing else. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from 'electron';
import { createApp, type App } from '../app/app.ts';
import { SAMPLE_FILE } from '../app/candles/sample.ts';
import { defaultDataDir, platformOf } from '../app/data-dir.ts';
import { incidentLog } from '../app/incident-log.ts';
import { openAppLog } from '../app/logs/app-log.ts';
import { secretsOf } from '../app/logs/secret-settings.ts';
import { loadPage } from '../app/page/page.ts';
import { systemClock } from '../app/trading/clock.ts';
import { openKeychain } from '../app/vault/keychain.ts';
import { answerAppRequest, APP_SCHEME_PRIVILEGES } from './app-protocol.ts';
import { APP_SCHEME } from './app-url.ts';
import { createAppWindows } from './app-windows.ts';
import { keychainInElectron } from './keychain-process.ts';
import { guardNavigation } from './navigation-guard.ts';
import { createNotify } from './notify.ts';
import { openLogs } from './open-logs.ts';
import { denyPermissions } from './permissions.ts';
import { startShell } from './shell.ts';
import { followShutdown } from './shutdown.ts';
import { claimSingleInstance } from './single-instance.ts';
import { showsTrayIcons } from './tray-host.ts';
import { updatesInElectron } from './updates-in-electron.ts';
import { askAboutWindows } from './window-questions.ts';

const BUILD_DIR = join(import.meta.dirname, '..');
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
  denyPermissions(session.defaultSession);
  const page = await loadPage(RENDERER_DIR);
  protocol.handle(APP_SCHEME, (request) =>
    answerAppRequest(request, { rendererDir: RENDERER_DIR, page }),
  );
  const trading = await openTrading();
  for (const { sentence } of trading.findings) log(sentence);
  await showShell(trading);
}

function openTrading(): Promise<App> {
  const script = join(import.meta.dirname, 'keychain-child.js');
  return createApp({
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
      keychainInElectron({ utilityProcess, script, environment: process.env }),
    ),
    reportFault: (error) => logFault(String(error)),
  });
}

async function showShell(trading: App): Promise<void> {
  const notify = createNotify({
    isSupported: () => Notification.isSupported(),
    createNotification: (options) => new Notification(options),
    log,
  });
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
  showWindow = windows.main.open;
  startShell<Menu>({
    system: {
      dialog,
      globalShortcut,
      createTray: (image) => new Tray(image),
      buildMenu: (template) => Menu.buildFromTemplate(template),
      setMenu: (menu) => Menu.setApplicationMenu(menu),
    },
    app,
    trading,
    windows,
    ipcMain,
    powerMonitor,
    incidents: incidentLog(logFault, randomUUID),
    showsTrayIcons: async () => platform !== 'linux' || (await showsTrayIcons(run)),
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
    saveDiagnostics: () => {},
    trayImages: join(ASSETS_DIR, 'tray'),
    platform,
    isDevelopment: !app.isPackaged,
    clock: systemClock,
    wait,
    notify,
    log,
  });
}

/** What has to happen before Electron is ready. */
function prepare(): void {
  appLog.redact(secretsOf(process.env));
  process.on('uncaughtExceptionMonitor', (error) => logFault(error.stack ?? String(error)));
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);
  app.on('web-contents-created', (_event, contents) =>
    guardNavigation(contents, (url) => void shell.openExternal(url)),
  );
  protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES]);
  mkdirSync(windowDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', windowDir);
}

/** Of the displays that are there now, the main one first. */
function workAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { timeout: 3_000 });
  return stdout;
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
