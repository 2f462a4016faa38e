/** Finds Electron's program, or downloads it; without ever importing the `electron` package, which would block. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the process runs as root; null where there is no such thing. */
  readonly userId: number | null;
}

export type Found =
  | { readonly ok: true; readonly program: string }
  | { readonly ok: false; readonly why: string };

/** How long a server may take to answer before it counts as unreachable, in ms. */
const ANSWER_WITHIN = 4000;
/** How long the whole download may take, in ms: 120 MB over a slow line. */
const DOWNLOAD_WITHIN = 15 * 60_000;

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};

/** Why no window can open here, whatever is installed; null where one can. */
export function whyNoWindow({ platform, env, userId }: Surroundings): string | null {
  if (programs[platform] === undefined) return `Electron does not exist for ${platform}.`;
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'There is no screen here.';
  if (userId === 0) return 'You are root, and Electron keeps its sandbox only for ordinary users.';
  return null;
}

/** Electron's program where it is already on this machine: in ELECTRON_OVERRIDE_DIST_PATH, or downloaded before. */
export function installedElectron(
  packageFolder: string,
  { platform, env }: Pick<Surroundings, 'platform' | 'env'>,
): string | null {
  const name = programs[platform];
  if (name === undefined) return null;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  // path.txt is written last: without it a download was cut short.
  if (!override && !existsSync(path.join(packageFolder, 'path.txt'))) return null;
  const program = path.join(override || path.join(packageFolder, 'dist'), name);
  return existsSync(program) ? program : null;
}

/** Downloads Electron's program with its package's own installer, which checks it against checksums in the package. */
export async function downloadElectron(
  packageFolder: string,
  surroundings: Surroundings,
): Promise<Found> {
  const unreachable = await whyUnreachable(surroundings.env);
  if (unreachable !== null) return { ok: false, why: unreachable };
  console.log('Downloading Electron, about 120 MB; this happens once.');
  const run = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    timeout: DOWNLOAD_WITHIN,
  });
  const program = installedElectron(packageFolder, surroundings);
  if (run.status === 0 && program !== null) return { ok: true, program };
  const [reason = 'no reason given'] = run.stderr.trim().split('\n');
  return { ok: false, why: `Electron could not be downloaded (${reason}).` };
}

/** One quick question to the server, so that a start without a network does not wait for the installer's own timeouts. */
async function whyUnreachable(env: Surroundings['env']): Promise<string | null> {
  // Through a proxy only the installer knows the way.
  if (env['ELECTRON_GET_USE_PROXY']) return null;
  const server =
    env['npm_config_electron_mirror'] || env['ELECTRON_MIRROR'] || 'https://github.com/electron/';
  try {
    await fetch(server, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return null;
  } catch {
    return `Electron is not on this machine yet, and ${new URL(server).host} does not answer.`;
  }
}

/** How a program ended: with an exit code or by a signal, the other one being null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const CRASHES: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGABRT',
  'SIGBUS',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
]);

/** Whether Electron ended because the system lacks a library or a sandbox for it, rather than by the app's own doing. */
export function couldNotRun({ code, signal }: Ending): boolean {
  if (signal !== null) return CRASHES.has(signal);
  // 126 and 127 are the loader's; Windows reports what went wrong as a number far above any program's own.
  return code === 126 || code === 127 || (code !== null && code > 255);
}
