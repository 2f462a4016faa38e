/** Trading goes on when the last window is closed, as long as there is another way back: the tray, or the dock. */

import type { Notify } from './notify.ts';

/** What is used of Electron's `App`. */
interface WindowedApp {
  on(event: 'window-all-closed' | 'activate', listener: () => void): unknown;
  quit(): void;
}

export interface StayAliveParts {
  readonly app: WindowedApp;
  /** Asked each time: a desktop's tray can come and go. Never rejects. */
  readonly hasTray: () => Promise<boolean>;
  /** Whether one is open now. */
  readonly hasWindow: () => boolean;
  readonly openWindow: () => void;
  readonly notify: Notify;
}

export function stayAlive({ app, hasTray, hasWindow, openWindow, notify }: StayAliveParts): void {
  let isTold = false;

  async function goOn(): Promise<void> {
    if (!(await hasTray())) {
      // The tray took its time, and somebody has come back meanwhile.
      if (!hasWindow()) app.quit();
      return;
    }
    if (isTold) return;
    isTold = true;
    notify('CryptoPiggy goes on', 'Its icon in the tray opens the window, stops and quits.');
  }

  app.on('window-all-closed', () => void goOn());
  // A click on the dock's icon of a Mac.
  app.on('activate', openWindow);
}
