/** One of the app's windows: put where it was, opened anew when its page fails; trading does not notice. */

import type { BrowserWindowConstructorOptions } from 'electron';
import { placeOn, type Rectangle } from './window-placement.ts';
import type { Recovery } from './window-recovery.ts';
import type { WindowQuestions } from './window-questions.ts';
import type { PlacedWindow, PlaceEvent, WindowState } from './window-state.ts';

interface GoneDetails {
  readonly reason: string;
  readonly exitCode: number;
}

/** What is used of Electron's `WebContents`. */
interface WindowPage {
  readonly id: number;
  on(event: 'render-process-gone', listener: (event: unknown, gone: GoneDetails) => void): unknown;
}

/** What is used of Electron's `BrowserWindow`. */
export interface OpenWindow extends PlacedWindow {
  readonly webContents: WindowPage;
  loadURL(url: string): Promise<void>;
  on(
    event: PlaceEvent | 'ready-to-show' | 'closed' | 'unresponsive' | 'session-end',
    listener: () => void,
  ): unknown;
  isMinimized(): boolean;
  restore(): void;
  maximize(): void;
  show(): void;
  focus(): void;
  destroy(): void;
}

export interface AppWindowParts {
  readonly createWindow: (options: BrowserWindowConstructorOptions) => OpenWindow;
  readonly options: BrowserWindowConstructorOptions;
  /** Of our own page. */
  readonly url: string;
  readonly state: Pick<WindowState, 'read' | 'follow'>;
  /** Work areas of the displays that are there now, the main one first. */
  readonly workAreas: () => readonly Rectangle[];
  readonly recovery: Recovery;
  readonly questions: WindowQuestions;
  /** Told when the person's session ends; Windows says so to windows alone. */
  readonly onSessionEnd: () => void;
  readonly log: (sentence: string) => void;
}

export interface AppWindow {
  /** Opens it, or brings it to the front. */
  open(): void;
  isOpen(): boolean;
  /** Whether the window with this webContents id is the one that was opened here. */
  isOurs(webContentsId: number): boolean;
}

export function createAppWindow(parts: AppWindowParts): AppWindow {
  let current: OpenWindow | null = null;
  /** Its page is gone, and it was left as it is. */
  let isDead = false;
  let isAsking = false;

  function create(): void {
    const placement = parts.state.read();
    const window = parts.createWindow({
      ...parts.options,
      ...(placement !== null && placeOn(placement, parts.workAreas())),
    });
    current = window;
    isDead = false;
    window.on('ready-to-show', () => {
      if (placement?.isMaximised === true) window.maximize();
      window.show();
    });
    window.on('closed', () => {
      if (current === window) current = null;
    });
    window.on('session-end', parts.onSessionEnd);
    parts.state.follow(window);
    replaceWhenFailing(window);
    window.loadURL(parts.url).catch((error: unknown) => {
      parts.log(`The window could not load its page. ${String(error)}`);
      // An empty window can be closed; one that nobody sees cannot.
      if (window === current) window.show();
    });
  }

  function replaceWhenFailing(window: OpenWindow): void {
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason !== 'clean-exit') void crashed(window, `${reason}, exit code ${exitCode}`);
    });
    window.on('unresponsive', () => void hangs(window));
  }

  async function crashed(window: OpenWindow, how: string): Promise<void> {
    if (window !== current || isDead) return;
    if (parts.recovery.mayReopen()) {
      parts.log(`The window crashed (${how}); it is opened anew. Trading goes on.`);
      replace(window);
      return;
    }
    // Left open: closing the last window ends the app where there is no tray.
    isDead = true;
    parts.log(
      `The window crashed (${how}), too often to be opened anew by itself. Trading goes on.`,
    );
    if ((await parts.questions.afterCrashes()) && window === current) replace(window);
  }

  /** It may only be slow, so that a person decides. */
  async function hangs(window: OpenWindow): Promise<void> {
    if (window !== current || isDead || isAsking) return;
    isAsking = true;
    parts.log('The window does not answer any more. Trading goes on.');
    const wantsNew = await parts.questions.whileHanging();
    isAsking = false;
    if (wantsNew && window === current) replace(window);
  }

  /** The new one first, so that there is never none. */
  function replace(old: OpenWindow): void {
    create();
    old.destroy();
  }

  return {
    open() {
      if (current === null) create();
      else if (isDead) replace(current);
      else raise(current);
    },
    isOpen: () => current !== null,
    isOurs: (webContentsId) => current?.webContents.id === webContentsId,
  };
}

function raise(window: OpenWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
