/** The app's two windows: its page, and the same page small and above everything else. One of each at most. */

import { join } from 'node:path';
import type { Clock } from '../app/trading/clock.ts';
import { APP_PAGE_URL, COMPACT_PAGE_URL } from './app-url.ts';
import { createAppWindow, type AppWindow, type AppWindowParts } from './app-window.ts';
import { compactWindowOptions, windowOptions } from './window-options.ts';
import { limitRecovery } from './window-recovery.ts';
import { keepWindowState } from './window-state.ts';

export interface AppWindowsParts extends Pick<
  AppWindowParts,
  'createWindow' | 'workAreas' | 'questions' | 'onSessionEnd' | 'log'
> {
  /** Where the windows' places are kept, absolute. */
  readonly folder: string;
  /** Of the built preload script, absolute. */
  readonly preload: string;
  /** Of the picture in the task bar, absolute; Windows and macOS take it from the program instead. */
  readonly icon: string;
  readonly clock: Clock;
}

export interface AppWindows {
  readonly main: AppWindow;
  readonly compact: AppWindow;
  /** Whether any of them is. */
  isOpen(): boolean;
  /** Whether the page with this webContents id is in a window that was opened here. */
  isOurs(webContentsId: number): boolean;
  /** Resolves when the windows' places are on disk. */
  flush(): Promise<void>;
}

export function createAppWindows(parts: AppWindowsParts): AppWindows {
  const { preload, icon, folder, clock, log } = parts;
  const mainState = keepWindowState({ path: join(folder, 'place.json'), clock, log });
  const compactState = keepWindowState({ path: join(folder, 'compact-place.json'), clock, log });
  const main = createAppWindow({
    ...parts,
    options: { ...windowOptions(preload), icon },
    url: APP_PAGE_URL,
    state: mainState,
    recovery: limitRecovery(clock.now),
  });
  const compact = createAppWindow({
    ...parts,
    options: { ...compactWindowOptions(preload), icon },
    url: COMPACT_PAGE_URL,
    state: compactState,
    recovery: limitRecovery(clock.now),
  });
  return {
    main,
    compact,
    isOpen: () => main.isOpen() || compact.isOpen(),
    isOurs: (id) => main.isOurs(id) || compact.isOurs(id),
    async flush() {
      await Promise.all([mainState.flush(), compactState.flush()]);
    },
  };
}
