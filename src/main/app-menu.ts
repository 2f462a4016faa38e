/** The application's menu, as each system has it. */

import type { MenuItemConstructorOptions } from 'electron';
import type { Platform } from '../app/data-dir.ts';
import { STOP_SHORTCUT } from './stop-shortcut.ts';

export interface AppMenuActions {
  readonly openWindow: () => void;
  readonly openCompact: () => void;
  readonly stop: () => void;
  readonly openLogs: () => void;
  /** `null` where there are none: the menu then does not offer them. */
  readonly saveDiagnostics: (() => void) | null;
}

export interface AppMenuChoices {
  readonly platform: Platform;
  /** Not a packed app: the page can be reloaded and looked into. */
  readonly isDevelopment: boolean;
  /** Whether the system took the shortcut for the stop; else it works at least while a window is in front. */
  readonly hasStopShortcut: boolean;
}

type Menu = MenuItemConstructorOptions;

const SEPARATOR: Menu = { type: 'separator' };

export function appMenu(actions: AppMenuActions, choices: AppMenuChoices): Menu[] {
  const isMac = choices.platform === 'macos';
  return [
    ...(isMac ? [macAppMenu()] : []),
    fileMenu(actions, choices),
    { role: 'editMenu' },
    viewMenu(choices.isDevelopment),
    { role: 'windowMenu' },
    helpMenu(actions, isMac),
  ];
}

/** The one that bears the app's name; elsewhere its items are in File and Help. */
function macAppMenu(): Menu {
  return {
    label: 'CryptoPiggy',
    submenu: [
      { role: 'about' },
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function fileMenu(
  { openWindow, openCompact, stop }: AppMenuActions,
  { platform, hasStopShortcut }: AppMenuChoices,
): Menu {
  return {
    label: 'File',
    submenu: [
      { label: 'Open window', accelerator: 'CommandOrControl+N', click: openWindow },
      { label: 'Compact window', accelerator: 'CommandOrControl+Shift+N', click: openCompact },
      SEPARATOR,
      {
        label: 'Emergency stop',
        accelerator: STOP_SHORTCUT,
        // Never twice for one press.
        registerAccelerator: !hasStopShortcut,
        click: stop,
      },
      SEPARATOR,
      { role: 'close' },
      ...(platform === 'macos' ? [] : [{ role: 'quit' } as const]),
    ],
  };
}

function viewMenu(isDevelopment: boolean): Menu {
  const forDevelopers = [
    { role: 'reload' },
    { role: 'forceReload' },
    { role: 'toggleDevTools' },
    SEPARATOR,
  ] as const satisfies readonly Menu[];
  return {
    label: 'View',
    submenu: [
      ...(isDevelopment ? forDevelopers : []),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
    ],
  };
}

function helpMenu({ openLogs, saveDiagnostics }: AppMenuActions, isMac: boolean): Menu {
  return {
    role: 'help',
    submenu: [
      { label: 'Open logs folder', click: openLogs },
      ...(saveDiagnostics === null ? [] : [{ label: 'Save diagnostics…', click: saveDiagnostics }]),
      ...(isMac ? [] : [SEPARATOR, { role: 'about' } as const]),
    ],
  };
}
