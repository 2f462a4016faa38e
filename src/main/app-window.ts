/** The one window: guarded before it loads anything, shown once it has drawn itself. */

import type { BrowserWindowConstructorOptions } from 'electron';
import { APP_PAGE_URL } from './app-url.ts';
import { guardNavigation, type GuardedContents } from './navigation-guard.ts';
import { windowOptions } from './window-options.ts';

/** What is used of Electron's `BrowserWindow`. */
export interface OpenWindow {
  readonly webContents: GuardedContents & { readonly id: number };
  loadURL(url: string): Promise<void>;
  on(event: 'ready-to-show' | 'closed', listener: () => void): unknown;
  isMinimized(): boolean;
  restore(): void;
  show(): void;
  focus(): void;
}

export interface AppWindowParts {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => OpenWindow;
  readonly openExternal: (url: string) => void;
  /** Absolute path of the built preload script. */
  readonly preload: string;
  readonly log: (sentence: string) => void;
}

export interface AppWindow {
  open(): void;
  /** Brings it to the front; does nothing while it is not open. */
  raise(): void;
  /** Whether the window with this webContents id is the one that was opened here. */
  isOurs(webContentsId: number): boolean;
}

export function createAppWindow(parts: AppWindowParts): AppWindow {
  let current: OpenWindow | null = null;

  return {
    open() {
      const window = parts.createWindow(windowOptions(parts.preload));
      current = window;
      guardNavigation(window.webContents, parts.openExternal);
      window.on('ready-to-show', () => window.show());
      window.on('closed', () => {
        current = null;
      });
      window.loadURL(APP_PAGE_URL).catch((error: unknown) => {
        parts.log(`The window could not load its page. ${String(error)}`);
      });
    },
    raise() {
      if (current === null) return;
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
    isOurs: (webContentsId) => current?.webContents.id === webContentsId,
  };
}
