/** Electron's modules as far as the packed main and preload bundles need them in plain Node; the rest does nothing. */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { ElectronStandIn } from '../../src/main/testing/electron.ts';

/** Of JavaScript itself: what had a `then` would be taken for a promise, and never be kept. */
const isLanguages = (name: string | symbol): boolean => name === 'then' || typeof name === 'symbol';

/** Whatever is asked of it, it answers with itself: a part of Electron that no test looks at. */
const ANYTHING: unknown = new Proxy(function anything() {}, {
  get: (_target, name) => (isLanguages(name) ? undefined : ANYTHING),
  apply: () => ANYTHING,
  construct: () => Object(ANYTHING) as object,
});

/** What is known of an object, and anything for the rest. */
function withTheRest<T extends object>(known: T): T {
  return new Proxy(known, {
    get: (target, name): unknown =>
      name in target || isLanguages(name) ? Reflect.get(target, name) : ANYTHING,
  });
}

export interface StandInParts {
  /** Of the packed app. */
  readonly appDir: string;
  readonly dataDir: string;
  /** Told once a window has its page: what the preload script put on `window`. */
  readonly onWindow: (window: OpenedWindow) => void;
}

export interface OpenedWindow {
  readonly exposed: ReadonlyMap<string, unknown>;
  /** Asks the app for a page or a file as the window would. */
  readonly fetch: (url: string) => Promise<Response>;
}

interface WindowPictures {
  readonly icon: string;
  readonly webPreferences: { readonly preload: string };
}

type Answer = (request: Request) => Promise<Response>;

export function electronStandIn({ appDir, dataDir, onWindow }: StandInParts): object {
  const ipc = new ElectronStandIn();
  const protocols = new Map<string, Answer>();
  const fetchFromApp = async (url: string): Promise<Response> => {
    const answer = protocols.get(new URL(url).protocol.slice(0, -1));
    if (answer === undefined) throw new Error(`Nothing answers ${url}.`);
    return answer(new Request(url));
  };

  // A plain function, since what it makes is a proxy.
  function BrowserWindow({ webPreferences, icon }: WindowPictures): object {
    existing(icon);
    const window = ipc.openWindow();
    const events = new EventEmitter();
    return withTheRest({
      webContents: withTheRest(window.contents),
      on: (name: string, listener: () => void) => events.on(name, listener),
      async loadURL(url: string) {
        const answer = await fetchFromApp(url);
        if (!answer.ok) throw new Error(`${url} is answered with ${answer.status}.`);
        onWindow({
          exposed: exposedBy(webPreferences.preload, window.page()),
          fetch: fetchFromApp,
        });
        events.emit('ready-to-show');
      },
    });
  }

  return withTheRest({
    app: appStandIn(appDir, dataDir),
    BrowserWindow,
    Tray,
    ipcMain: ipc.ipcMain,
    protocol: withTheRest({
      handle: (scheme: string, answer: Answer) => void protocols.set(scheme, answer),
    }),
    utilityProcess: { fork: forkInNode },
    dialog: withTheRest({
      showErrorBox: (title: string, text: string) => console.error(`${title}: ${text}`),
    }),
  });
}

/** A plain function, since what it makes is a proxy. */
function Tray(image: string): object {
  existing(image);
  return withTheRest({ setImage: existing });
}

/** Electron shows nothing in the place of a picture that is not there; here it is a fault. */
function existing(picture: string): void {
  if (!existsSync(picture)) throw new Error(`There is no picture ${picture}.`);
}

function appStandIn(appDir: string, dataDir: string): object {
  const events = new EventEmitter();
  const { version } = JSON.parse(readFileSync(path.join(appDir, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return withTheRest({
    commandLine: { getSwitchValue: (name: string) => (name === 'data-dir' ? dataDir : '') },
    getVersion: () => version,
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    on: (name: string, listener: () => void) => events.on(name, listener),
    quit: () => events.emit('before-quit', { preventDefault: () => {} }),
    exit: (code: number) => process.exit(code),
    isPackaged: true,
  });
}

/** A utility process is, but for its port, what Node forks. */
function forkInNode(script: string, args: readonly string[], { env }: { env: NodeJS.ProcessEnv }) {
  const child = fork(script, args, { env, execArgv: [], stdio: 'ignore' });
  return Object.assign(child, { postMessage: (message: object) => child.send(message) });
}

/** Runs the preload script as Electron would, and collects what it exposes. */
function exposedBy(
  preload: string,
  page: ReturnType<ReturnType<ElectronStandIn['openWindow']>['page']>,
): ReadonlyMap<string, unknown> {
  const exposed = new Map<string, unknown>();
  const electron = {
    ipcRenderer: page.ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, value),
    },
  };
  const real = createRequire(preload);
  const script: unknown = compileFunction(readFileSync(preload, 'utf8'), ['require', 'window']);
  if (typeof script !== 'function') throw new Error('The preload script does not compile.');
  Reflect.apply(script, undefined, [
    (name: string): unknown => (name === 'electron' ? electron : real(name)),
    { addEventListener: () => {} },
  ]);
  return exposed;
}
