/** `npm start`: builds what is missing or stale, then opens the app in Electron or, where that cannot be had, a browser. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  couldNotRun,
  downloadElectron,
  installedElectron,
  whyNoWindow,
  type Ending,
  type Found,
} from './start/electron.ts';
import { isStale } from './start/freshness.ts';

const USAGE = `Opens CryptoPiggy.

  npm start                            in Electron; in a browser where Electron cannot be had
  npm start -- --browser               in a browser
  npm start -- --data-dir <folder>     with its data in that folder
  npm start -- --port <number>         in a browser, at that port
  npm start -- --help                  shows this`;

/** An end this soon after the start, in ms, may mean that Electron cannot run here. */
const AT_ONCE = 5000;

const root = path.join(import.meta.dirname, '..');
const electronPackage = path.join(root, 'node_modules/electron');
const surroundings = {
  platform: process.platform,
  env: process.env,
  userId: process.getuid?.() ?? null,
};

const accepted = {
  browser: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  'data-dir': { type: 'string' },
  port: { type: 'string' },
} as const;

interface Options {
  readonly browser: boolean;
  readonly dataDir: string | null;
  readonly port: string | null;
}

/** Each bundle, what tells that it is there, and what it is built from. */
const bundles = {
  renderer: {
    output: 'dist/renderer/index.html',
    sources: ['src/renderer', 'src/contract', 'src/core'],
  },
  main: {
    output: 'dist/main/main.js',
    sources: ['src/main', 'src/app', 'src/exchanges', 'src/contract', 'src/core'],
  },
  preload: { output: 'dist/preload/preload.cjs', sources: ['src/preload', 'src/contract'] },
} as const;

/** @returns null where there is nothing to start: help was asked for, or an option makes no sense. */
function readOptions(): Options | null {
  try {
    const { values } = parseArgs({ options: accepted });
    if (!values.help) return toOptions(values.browser, values['data-dir'], values.port);
    console.log(USAGE);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  }
  return null;
}

const toOptions = (
  browser: boolean,
  dataDir: string | null = null,
  port: string | null = null,
) => ({
  browser: browser || port !== null,
  dataDir,
  port,
});

/** @returns whether all of them are now built. */
function build(names: readonly (keyof typeof bundles)[]): boolean {
  const stale = names.filter((name) => {
    const { output, sources } = bundles[name];
    const inputs = [...sources, `vite.${name}.config.ts`, 'package-lock.json'];
    return isStale(
      path.join(root, output),
      inputs.map((input) => path.join(root, input)),
    );
  });
  if (stale.length > 0) console.log(`Building ${stale.join(', ')}.`);
  return stale.every((name) => {
    const vite = path.join(root, 'node_modules/vite/bin/vite.js');
    const args = ['build', '--config', `vite.${name}.config.ts`, '--logLevel', 'warn'];
    return (
      spawnSync(process.execPath, [vite, ...args], { cwd: root, stdio: 'inherit' }).status === 0
    );
  });
}

async function findElectron(): Promise<Found> {
  const noWindow = whyNoWindow(surroundings);
  if (noWindow !== null) return { ok: false, why: noWindow };
  const program = installedElectron(electronPackage, surroundings);
  return program === null ? downloadElectron(electronPackage, surroundings) : { ok: true, program };
}

/** Runs a program in the foreground until it ends; Ctrl+C and a polite kill reach it too. */
function run(program: string, args: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
    const pass = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    // The terminal sends Ctrl+C to both; we stay until the app has closed its files.
    const stay = (): void => undefined;
    process.on('SIGINT', stay).on('SIGTERM', pass);
    // The system would not start it at all, which a shell calls 126.
    child.on('error', () => resolve({ code: 126, signal: null }));
    child.on('close', (code, signal) => {
      process.off('SIGINT', stay).off('SIGTERM', pass);
      resolve({ code, signal });
    });
  });
}

/** Opens the Electron window. @returns why it could not run on this machine, or null after it was closed. */
async function openWindow(program: string, { dataDir }: Options): Promise<string | null> {
  if (!build(['renderer', 'main', 'preload'])) return buildFailed();
  // The folder rather than the file, so that the app reads its name and version from package.json.
  const args = [root, ...(dataDir === null ? [] : [`--data-dir=${path.resolve(dataDir)}`])];
  const begin = performance.now();
  const ending = await run(program, args);
  if (performance.now() - begin < AT_ONCE && couldNotRun(ending)) {
    return `Electron could not run here (it ended with ${ending.signal ?? ending.code}).`;
  }
  process.exitCode = ending.code ?? 1;
  return null;
}

async function openBrowser({ dataDir, port }: Options): Promise<void> {
  if (!build(['renderer'])) {
    buildFailed();
    return;
  }
  const { code } = await run(process.execPath, [
    '--disable-warning=ExperimentalWarning', // Early releases of Node 24 give one for TypeScript.
    path.join(root, 'src/cli/piggy.ts'),
    'serve',
    ...(hasScreen() ? ['--open'] : []),
    ...(dataDir === null ? [] : ['--data-dir', path.resolve(dataDir)]),
    ...(port === null ? [] : ['--port', port]),
  ]);
  process.exitCode = code ?? 1;
}

const hasScreen = (): boolean => whyNoWindow({ ...surroundings, userId: null }) === null;

function buildFailed(): null {
  console.error('The app could not be built; the reason is above.');
  process.exitCode = 1;
  return null;
}

async function start(options: Options): Promise<void> {
  if (!existsSync(path.join(root, 'node_modules/vite'))) {
    console.error('The packages are not installed. Run npm ci first.');
    process.exitCode = 1;
    return;
  }
  if (options.browser) return openBrowser(options);
  const found = await findElectron();
  const failure = found.ok ? await openWindow(found.program, options) : found.why;
  if (failure === null) return;
  console.log(`${failure} Opening the app for a browser instead.`);
  await openBrowser(options);
}

const options = readOptions();
if (options !== null) await start(options);
