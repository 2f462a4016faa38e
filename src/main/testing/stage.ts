/** For tests: the whole shell over a real app on a folder, on a desktop and in windows that a test plays. */

import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { onTestFinished } from 'vitest';
import { createApp } from '../../app/app.ts';
import { SAMPLE_URL } from '../../app/candles/sample.ts';
import type { Glance } from '../../app/controls.ts';
import { LiveClock } from '../../app/trading/testing/live-clock.ts';
import { NO_KEYCHAIN } from '../../app/vault/testing/no-keychain.ts';
import { contract, type Contract } from '../../contract/contract.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import { connectContract } from '../../contract/rpc/client.ts';
import { createElectronBridge } from '../../preload/bridge.ts';
import { openElectronChannel } from '../../renderer/bridge/electron-channel.ts';
import { createAppWindows } from '../app-windows.ts';
import { startShell } from '../shell.ts';
import { followShutdown } from '../shutdown.ts';
import { askAboutWindows } from '../window-questions.ts';
import { BrowserWindowStandIn, DialogStandIn, TrayStandIn, type MenuTemplate } from './desktop.ts';
import { ElectronStandIn, type WindowStandIn } from './electron.ts';

const WORKER = new URL('../../app/backtest/worker.ts', import.meta.url);

interface StageWindow {
  readonly shown: BrowserWindowStandIn;
  /** The same window as IPC sees it. */
  readonly ipc: WindowStandIn;
}

/** What a person and their system do, and what they see. */
export class Stage {
  readonly tray = new TrayStandIn();
  readonly dialog = new DialogStandIn();
  readonly clock = new LiveClock(0);
  readonly windows: StageWindow[] = [];
  readonly shortcuts = new Map<string, () => void>();
  readonly told: string[] = [];
  readonly logged: string[] = [];
  menu: MenuTemplate = [];
  /** What trading looks like to the shell, where it differs from what it is. */
  glance: Partial<Glance> = {};
  /** Whether the desktop shows the tray's icon. */
  showsTray = true;
  readonly exited = Promise.withResolvers<number>();
  readonly #electron = new ElectronStandIn();
  readonly #app = new EventEmitter();
  readonly #system = new EventEmitter();

  get openWindows(): readonly StageWindow[] {
    return this.windows.filter(({ shown }) => shown.isOpen);
  }

  /** The page in the newest window, as it reaches the app. */
  page(): ContractClient<Contract> {
    const window = this.windows.at(-1);
    if (window === undefined) throw new Error('No window is open.');
    const bridge = createElectronBridge({
      ...window.ipc.page(),
      newConnectionId: () => crypto.randomUUID(),
    });
    return connectContract(contract, openElectronChannel(bridge));
  }

  /** As a click on its cross does. */
  closeWindows(): void {
    for (const { shown, ipc } of this.openWindows) {
      shown.close();
      ipc.destroy();
    }
    this.#app.emit('window-all-closed');
  }

  crash(): void {
    const window = this.windows.at(-1);
    window?.ipc.crash();
    window?.shown.crashes();
  }

  /** @returns whether Electron was held back from ending at once */
  readonly quit = (): boolean => {
    let isHeldBack = false;
    this.#app.emit('before-quit', { preventDefault: () => (isHeldBack = true) });
    return isHeldBack;
  };

  signal(name: NodeJS.Signals | 'shutdown'): void {
    this.#system.emit(name, { preventDefault: () => {} });
  }

  clickDock(): void {
    this.#app.emit('activate');
  }

  readonly createWindow = (options: BrowserWindowConstructorOptions) => {
    const ipc = this.#electron.openWindow();
    const shown = new BrowserWindowStandIn(options, ipc.contents.id);
    this.windows.push({ shown, ipc });
    return shown.window;
  };

  async start(dataDir: string): Promise<void> {
    const log = (sentence: string): void => void this.logged.push(sentence);
    const trading = await createApp({
      dataDir,
      workerUrl: WORKER,
      sampleUrl: SAMPLE_URL,
      shell: 'electron',
      version: '1.2.3',
      platform: 'linux',
      now: Date.now,
      newId: () => crypto.randomUUID(),
      environment: {},
      keychain: NO_KEYCHAIN,
      reportFault: (error) => log(String(error)),
    });
    onTestFinished(() => trading.close());
    const glance = (): Glance => ({ ...trading.controls.glance(), ...this.glance });
    const clock = this.clock.run();
    const system = this.#system;
    const shutdown = followShutdown({
      process: system,
      powerMonitor: system,
      quit: this.quit,
      log,
    });
    const { dialog, tray } = this;
    startShell({
      system: {
        dialog,
        globalShortcut: {
          register: (accelerator, action) => {
            this.shortcuts.set(accelerator, action);
            return true;
          },
          unregister: (accelerator) => void this.shortcuts.delete(accelerator),
        },
        createTray: tray.createTray,
        buildMenu: tray.buildMenu,
        setMenu: (menu) => (this.menu = menu),
      },
      app: {
        on: (event: string, listener: (...given: never[]) => void) =>
          this.#app.on(event, (...given) => void Reflect.apply(listener, undefined, given)),
        quit: this.quit,
        exit: this.exited.resolve,
      },
      trading: { ...trading, controls: { ...trading.controls, glance } },
      windows: createAppWindows({
        createWindow: this.createWindow,
        workAreas: () => [{ x: 0, y: 0, width: 1_920, height: 1_040 }],
        questions: askAboutWindows(dialog, log),
        onSessionEnd: shutdown.begin,
        folder: dataDir,
        preload: '/app/preload.cjs',
        icon: '/app/icon.png',
        clock,
        log,
      }),
      ipcMain: this.#electron.ipcMain,
      powerMonitor: system,
      incidents: { newIncidentId: () => 'one', onInternalError: ({ error }) => log(String(error)) },
      showsTrayIcons: () => Promise.resolve(this.showsTray),
      updates: null,
      shutdown: shutdown.signal,
      openLogs: () => log('logs'),
      saveDiagnostics: () => log('diagnostics'),
      trayImages: '/app/tray',
      platform: 'linux',
      isDevelopment: false,
      clock,
      wait: () => new Promise(() => {}),
      notify: (title, sentence) => void this.told.push(`${title}: ${sentence}`),
      log,
    });
  }
}
