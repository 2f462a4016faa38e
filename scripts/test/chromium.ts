/** Finds a Chromium for the end-to-end tests, and gets one where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How long one installer may take, in ms. */
const INSTALL_WITHIN = 5 * 60_000;

const root = path.join(import.meta.dirname, '../..');

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];
const windowsFolders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

/** Where a Chromium may be, likeliest first. */
export function candidates({ platform, env }: Surroundings): readonly string[] {
  if (env['CHROMIUM_PATH']) return [env['CHROMIUM_PATH']];
  return [...installedFor(platform, env), chromium.executablePath()];
}

function installedFor(platform: NodeJS.Platform, env: Surroundings['env']): readonly string[] {
  if (platform === 'win32') {
    return windowsFolders.flatMap((folder) => {
      const base = env[folder];
      return base ? windowsPrograms.map((program) => path.win32.join(base, program)) : [];
    });
  }
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)));
  return platform === 'darwin' ? [...macApplications, ...onPath] : onPath;
}

/** The first candidate that works, or null. */
export function findChromium(surroundings: Surroundings): string | null {
  return candidates(surroundings).find((file) => works(file, surroundings.platform)) ?? null;
}

/** Whether it is a browser and not, as on Ubuntu, a script that says how to install one. */
function works(file: string, platform: NodeJS.Platform): boolean {
  if (!existsSync(file)) return false;
  // On Windows, asking for the version would open a window.
  if (platform === 'win32') return true;
  const run = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return run.status === 0 && /\d+\.\d+\.\d+/.test(run.stdout);
}

interface Installer {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
}

const isDebian = (): boolean =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Ways to get a Chromium, best first: Debian's own package brings the libraries it needs. */
function installers(): readonly Installer[] {
  const isRoot = process.getuid?.() === 0;
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  const dependencies = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  const playwright = {
    name: 'Playwright',
    commands: [[process.execPath, cli, 'install', ...dependencies, 'chromium']],
  };
  if (!isRoot || !isDebian()) return [playwright];
  const apt = {
    name: 'apt-get',
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    ],
  };
  return [apt, playwright];
}

function install({ name, commands }: Installer): void {
  console.log(`No Chromium was found; getting one with ${name}.`);
  for (const [program = '', ...args] of commands) {
    const run = spawnSync(program, args, { stdio: 'inherit', timeout: INSTALL_WITHIN });
    if (run.status !== 0) return;
  }
}

/** A working Chromium's path, got from Debian or Playwright where there is none; throws a sentence where that fails. */
export function ensureChromium(): string {
  const surroundings = { platform: process.platform, env: process.env };
  const found = findChromium(surroundings);
  if (found !== null) return found;
  if (process.env['CHROMIUM_PATH']) {
    throw new Error(
      `CHROMIUM_PATH names ${process.env['CHROMIUM_PATH']}, which is no working Chromium. Correct it or unset it.`,
    );
  }
  for (const installer of installers()) {
    install(installer);
    const installed = findChromium(surroundings);
    if (installed !== null) return installed;
  }
  throw new Error(
    'The end-to-end tests need a Chromium, and none could be installed. Install Chromium or Google Chrome, ' +
      'or set CHROMIUM_PATH to the program, and run npm test again.',
  );
}
