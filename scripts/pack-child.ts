/**
 * Runs the packed app's main bundle in plain Node, with a stand-in for Electron's modules, and passes what its window
 * would send and receive to the test that started it.
 */
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BRIDGE_KEY, type ElectronBridge } from '../src/contract/rpc/electron-bridge.ts';
import { electronStandIn, type OpenedWindow } from './pack/electron-stand-in.ts';
import type { FromPackedApp, ToPackedApp } from './pack/messages.ts';

const [appDir, dataDir] = process.argv.slice(2);
if (appDir === undefined || dataDir === undefined)
  throw new Error('Say which app and data folder.');

const MODULE = 'stand-in:electron';
const main = path.join(appDir, 'dist', 'main');

/** An ES module must name what it exports; what the bundles import is what it has. */
const imported = globSync('**/*.js', { cwd: main })
  .map((file) => readFileSync(path.join(main, file), 'utf8'))
  .flatMap((code) => [...code.matchAll(/^import \{([^}]*)\} from ["']electron["']/gm)])
  .flatMap(([, names = '']) => names.split(','))
  .map((name) => name.trim().replace(/ as .*/, ''));

const send = (message: FromPackedApp): void => void process.send?.(message);

function pass({ exposed, fetch }: OpenedWindow): void {
  // What the preload script has exposed is its own bridge; the test would fail on anything else.
  const bridge = exposed.get(BRIDGE_KEY) as ElectronBridge;
  const connection = bridge.connect(
    (message) => send({ kind: 'message', message }),
    () => send({ kind: 'closed' }),
  );
  process.on('message', (order: ToPackedApp) => {
    if (order.kind === 'message') connection.send(order.message);
    if (order.kind === 'fetch') void fetch(order.url).then(tell(order.url));
    if (order.kind === 'quit') electron.app.quit();
  });
  send({ kind: 'ready', exposed: [...exposed.keys()] });
}

const tell = (url: string) => async (response: Response) => {
  const policy = response.headers.get('content-security-policy');
  send({ kind: 'fetched', url, status: response.status, policy, text: await response.text() });
};

const electron = electronStandIn({ appDir, dataDir, onWindow: pass }) as {
  readonly app: { readonly quit: () => void };
};
Reflect.set(globalThis, MODULE, electron);
// Where the installer puts what is not in the archive.
Object.defineProperty(process, 'resourcesPath', { value: path.dirname(appDir) });
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: MODULE, shortCircuit: true } : next(name, context),
  load(url, context, next) {
    if (url !== MODULE) return next(url, context);
    const names = [...new Set(imported)].join(', ');
    const source = `export const { ${names} } = globalThis[${JSON.stringify(MODULE)}];`;
    return { format: 'module', source, shortCircuit: true };
  },
});
await import(pathToFileURL(path.join(main, 'main.js')).href);
