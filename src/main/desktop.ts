/** What a person has of the app besides its windows: tray, menu, shortcut and notifications, over trading itself. */

import type { MenuItemConstructorOptions } from 'electron';
import type { AppControls } from '../app/controls.ts';
import type { Platform } from '../app/data-dir.ts';
import type { Clock } from '../app/trading/clock.ts';
import { appMenu } from './app-menu.ts';
import { watchGlance } from './glance-watch.ts';
import { tellOfModes, tellOfNeed } from './mode-news.ts';
import type { Notify } from './notify.ts';
import { createStopAction, type MessageDialog } from './stop-action.ts';
import { registerStopShortcut, type Shortcuts } from './stop-shortcut.ts';
import { showTray, type TrayIcon } from './tray.ts';

/** What is used of Electron. */
export interface DesktopSystem<Menu> {
  readonly dialog: MessageDialog;
  readonly globalShortcut: Shortcuts;
  readonly createTray: (imagePath: string) => TrayIcon<Menu>;
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly setMenu: (menu: Menu) => void;
}

export interface DesktopActions {
  readonly openWindow: () => void;
  readonly openCompact: () => void;
  readonly openLogs: () => void;
  readonly saveDiagnostics: (() => void) | null;
  readonly quit: () => void;
}

export interface DesktopParts<Menu> {
  readonly system: DesktopSystem<Menu>;
  readonly controls: AppControls;
  readonly actions: DesktopActions;
  /** The folder with the tray's images, absolute. */
  readonly trayImages: string;
  readonly platform: Platform;
  readonly isDevelopment: boolean;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly log: (sentence: string) => void;
}

export interface Desktop {
  /** Whether an icon was made; on Linux it may still be shown by nobody. */
  readonly hasTray: boolean;
  /** Gives everything back. */
  release(): void;
}

export function furnishDesktop<Menu>(parts: DesktopParts<Menu>): Desktop {
  const { system, controls, actions, clock, notify, log } = parts;
  const { dialog, globalShortcut } = system;
  const watch = watchGlance({
    controls,
    clock,
    reportFault: (error) => log(error instanceof Error ? error.message : String(error)),
  });
  const { stop, stopAndSell } = createStopAction({ controls, dialog, notify });
  const shortcut = registerStopShortcut({ globalShortcut, stop, log });
  const { pauseBots, resumeBots } = controls;
  const tray = showTray({
    ...system,
    ...parts,
    watch,
    images: parts.trayImages,
    actions: { ...actions, pauseBots, resumeBots, stop, stopAndSell },
    shortcutProblem: shortcut.problem,
  });
  system.setMenu(
    system.buildMenu(
      appMenu({ ...actions, stop }, { ...parts, hasStopShortcut: shortcut.problem === null }),
    ),
  );
  tellOfModes(watch, notify);
  tellOfNeed(watch, notify);
  return {
    hasTray: tray !== null,
    release() {
      shortcut.release();
      watch.close();
      tray?.close();
    },
  };
}
