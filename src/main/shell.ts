/** The app on a person's desktop: how windows, tray and trading begin together, and in which order they end. */

import type { App } from '../app/app.ts';
import { contract } from '../contract/contract.ts';
import type { IncidentReporting } from '../contract/rpc/incidents.ts';
import { createContractServer } from '../contract/rpc/server.ts';
import type { AppWindows } from './app-windows.ts';
import { quitCleanly, type CleanQuit } from './clean-quit.ts';
import { furnishDesktop, type DesktopParts } from './desktop.ts';
import { acceptIpcConnections, type IpcReceiver } from './ipc-channel.ts';
import { followPower, type PowerMonitor } from './power-events.ts';
import { mayQuit } from './quit-question.ts';
import { stayAlive, type StayAliveParts } from './stay-alive.ts';
import { isTrustedSender } from './trusted-sender.ts';
import { installAtQuit } from './update-at-quit.ts';
import type { Updates } from './updates.ts';

export interface ShellParts<Menu> extends Omit<DesktopParts<Menu>, 'controls' | 'actions'> {
  readonly app: CleanQuit['app'] & StayAliveParts['app'];
  readonly trading: Pick<App, 'handlers' | 'controls' | 'close'>;
  readonly windows: AppWindows;
  readonly ipcMain: IpcReceiver;
  readonly powerMonitor: PowerMonitor;
  readonly incidents: IncidentReporting;
  /** Whether the desktop shows an icon that was made. Never rejects. */
  readonly showsTrayIcons: () => Promise<boolean>;
  /** `null` where this copy does not update itself. */
  readonly updates: Updates | null;
  readonly shutdown: AbortSignal;
  readonly openLogs: () => void;
  readonly saveDiagnostics: (() => void) | null;
  /** Resolves after this many ms. */
  readonly wait: (ms: number) => Promise<void>;
}

export function startShell<Menu>(parts: ShellParts<Menu>): void {
  const { app, trading, windows, openLogs, saveDiagnostics } = parts;
  const { controls } = trading;
  followPower({ ...parts, controls });
  const openWindow = (): void => windows.main.open();
  const desktop = furnishDesktop({
    ...parts,
    controls,
    actions: {
      openWindow,
      openCompact: () => windows.compact.open(),
      openLogs,
      saveDiagnostics,
      quit: () => app.quit(),
    },
  });
  const hasTray = async (): Promise<boolean> => desktop.hasTray && (await parts.showsTrayIcons());
  stayAlive({ ...parts, hasTray, hasWindow: windows.isOpen, openWindow });
  const hangUp = answerWindows(parts);
  quit(parts, async () => {
    desktop.release();
    hangUp();
    await putAway(parts);
  });
  openWindow();
}

/** @returns what ends it. */
function answerWindows<Menu>(parts: ShellParts<Menu>): () => void {
  const { trading, windows, ipcMain, incidents, log } = parts;
  const server = createContractServer(contract, trading.handlers, incidents);
  return acceptIpcConnections({
    ipcMain,
    isTrusted: (event) => isTrustedSender(event, windows.isOurs),
    serve: (channel) => server.serve(channel),
    log,
  });
}

function quit<Menu>(parts: ShellParts<Menu>, close: () => Promise<void>): void {
  const { app, trading, windows, system, updates, shutdown, wait, log } = parts;
  const { glance } = trading.controls;
  const mayQuitNow = (): Promise<boolean> =>
    mayQuit({ glance, dialog: system.dialog, shutdown, log });
  const quitting = { app, mayQuit: mayQuitNow, close };
  quitCleanly({
    ...installAtQuit(updates, quitting, shutdown),
    // Without a tray, the last window may have been closed to quit.
    onStay: () => windows.main.open(),
    wait,
    log,
  });
}

async function putAway<Menu>({ trading, windows }: ShellParts<Menu>): Promise<void> {
  try {
    await trading.close();
  } finally {
    await windows.flush();
  }
}
