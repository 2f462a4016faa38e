/** For tests: the parts of a desktop that Electron draws on: tray, menus, dialogs, notifications, shortcuts. */

import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  MessageBoxOptions,
} from 'electron';
import type { AppControls, Glance } from '../../app/controls.ts';
import type { StopReport } from '../../app/stop/stop-report.ts';
import type { OpenWindow } from '../app-window.ts';
import type { Rectangle } from '../window-placement.ts';

const QUIET: Glance = {
  mode: 'paper',
  isStopOpen: false,
  equity: 1_000,
  pnlToday: 0,
  openOrders: 0,
  openPositions: 0,
  openLive: 0,
  exposure: null,
  personNeeded: null,
  areBotsRunning: false,
  areBotsPaused: false,
};

export const NOTHING_OPEN: StopReport = {
  time: 0,
  flatten: false,
  state: 'carried-out',
  holds: ['paper', 'live'],
  trouble: null,
  places: [],
  cancelled: [],
  notCancelled: [],
  kept: [],
  sold: [],
  notSold: [],
};

/** Trading as the shell sees it: a test sets what it looks like, and reads what was asked of it. */
export class TradingStandIn {
  readonly asked: string[] = [];
  glance: Glance = QUIET;
  answerStop: () => Promise<StopReport> = () => Promise.resolve(NOTHING_OPEN);
  readonly #listeners = new Set<() => void>();

  readonly controls: AppControls = {
    glance: () => this.glance,
    onChange: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
    stop: (flatten) => {
      this.asked.push(flatten ? 'stop and sell' : 'stop');
      return this.answerStop();
    },
    stopReport: () => null,
    pauseBots: () => void this.asked.push('pause bots'),
    resumeBots: () => void this.asked.push('resume bots'),
    suspend: () => void this.asked.push('suspend'),
    resume: () => Promise.resolve(void this.asked.push('resume')),
  };

  get listening(): number {
    return this.#listeners.size;
  }

  becomes(change: Partial<Glance>): void {
    this.glance = { ...this.glance, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export type MenuTemplate = readonly MenuItemConstructorOptions[];

/** A tray whose icon a test can look at, and whose menu it can use. */
export class TrayStandIn {
  image = '';
  toolTip = '';
  menu: MenuTemplate = [];
  menusBuilt = 0;
  isGone = false;
  click = (): void => {};

  readonly createTray = (path: string) => {
    this.image = path;
    return {
      setImage: (image: string) => void (this.image = image),
      setToolTip: (text: string) => void (this.toolTip = text),
      setContextMenu: (menu: MenuTemplate) => void (this.menu = menu),
      on: (_event: 'click', listener: () => void) => void (this.click = listener),
      destroy: () => void (this.isGone = true),
    };
  };

  readonly buildMenu = (template: MenuTemplate): MenuTemplate => {
    this.menusBuilt += 1;
    return template;
  };

  labels(): readonly string[] {
    return this.menu.flatMap(({ label }) => label ?? []);
  }

  choose(label: string): void {
    chooseIn(this.menu, label);
  }
}

/** As a person would: what is greyed out cannot be chosen. */
export function chooseIn(menu: MenuTemplate, label: string): void {
  const item = menu.find((candidate) => candidate.label === label);
  if (item === undefined) throw new Error(`The menu has no "${label}".`);
  if (item.enabled === false) throw new Error(`"${label}" is greyed out.`);
  // What our menus do needs nothing of what Electron hands over.
  Reflect.apply(item.click ?? (() => {}), undefined, []);
}

/** Answers message boxes with the button a test has named. */
export class DialogStandIn {
  readonly asked: MessageBoxOptions[] = [];
  answer: (options: MessageBoxOptions) => string | Promise<string> = () => 'Cancel';

  readonly showMessageBox = async (options: MessageBoxOptions) => {
    this.asked.push(options);
    return { response: (options.buttons ?? []).indexOf(await this.answer(options)) };
  };
}

/** A window as Electron opens it: what was done to it in order, and a test that plays its page and its person. */
export class BrowserWindowStandIn {
  readonly options: BrowserWindowConstructorOptions;
  readonly window: OpenWindow;
  readonly happened: string[] = [];
  isOpen = true;
  bounds: Rectangle = { x: 10, y: 20, width: 1_280, height: 800 };
  isMaximised = false;
  load: () => Promise<void> = () => Promise.resolve();
  readonly #events = new EventEmitter();

  constructor(options: BrowserWindowConstructorOptions, id: number) {
    this.options = options;
    const does = (what: string) => () => void this.happened.push(what);
    const on = (name: string, listener: (...given: never[]) => void): void => {
      this.#events.on(name, (...given) => void Reflect.apply(listener, undefined, given));
    };
    this.window = {
      webContents: {
        id,
        on(name: string, listener: (...given: never[]) => void) {
          does(`watches ${name}`)();
          on(name, listener);
        },
      },
      on,
      loadURL: (url) => {
        does(`loads ${url}`)();
        return this.load();
      },
      getNormalBounds: () => this.bounds,
      isMaximized: () => this.isMaximised,
      isMinimized: () => true,
      restore: does('restored'),
      maximize: does('maximised'),
      show: does('shown'),
      focus: does('focused'),
      destroy: () => this.close(),
    };
  }

  says(event: string, ...given: readonly unknown[]): void {
    this.#events.emit(event, ...given);
  }

  crashes(reason = 'crashed'): void {
    this.says('render-process-gone', {}, { reason, exitCode: 5 });
  }

  close(): void {
    this.isOpen = false;
    this.says('closed');
  }
}

/** Every promise that is ready has been followed. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
