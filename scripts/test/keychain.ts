/** Gets the programs of a real Secret Service for the vault's tests where they are missing and can be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** How long one command of apt-get may take, in ms. */
const INSTALL_WITHIN = 5 * 60_000;

/** The programs that the tests start, and the Debian packages that bring them. */
const PACKAGES = {
  'dbus-run-session': 'dbus',
  'dbus-send': 'dbus',
  'gnome-keyring-daemon': 'gnome-keyring',
  'secret-tool': 'libsecret-tools',
} as const;

const APT = 'apt-get';

type Program = keyof typeof PACKAGES;

const programs = Object.keys(PACKAGES) as readonly Program[];

/** Which of the programs are not on the search path. */
export function missingPrograms(searchPath: string): readonly Program[] {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== '');
  return programs.filter(
    (program) => !folders.some((folder) => existsSync(path.join(folder, program))),
  );
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** How a command is run as root: `[]` for who is root, `['sudo', '-n']`, or null where it cannot be. */
  readonly asRoot: readonly string[] | null;
  readonly hasApt: boolean;
}

/** Why they cannot be installed here, or null where they can. */
export function obstacle({ platform, asRoot, hasApt }: Surroundings): string | null {
  if (platform !== 'linux') return 'they need Linux';
  if (!hasApt) return 'this system has no apt-get';
  return asRoot === null ? 'installing them with apt-get needs root' : null;
}

/** A build server may use sudo; on a person's computer nothing is installed behind their back. */
function wayToRoot(): readonly string[] | null {
  if (process.getuid?.() === 0) return [];
  const sudo = ['sudo', '-n'] as const;
  if (!process.env['CI']) return null;
  return spawnSync(sudo[0], [sudo[1], 'true']).status === 0 ? sudo : null;
}

function install(missing: readonly Program[], asRoot: readonly string[]): void {
  const packages = [...new Set(missing.map((program) => PACKAGES[program]))];
  console.log(`The keychain's tests need ${packages.join(', ')}; getting them with apt-get.`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [program = APT, ...rest] = [...asRoot, APT, ...args];
    const run = spawnSync(program, rest, { stdio: 'inherit', timeout: INSTALL_WITHIN, env });
    if (run.status !== 0) return;
  }
}

/** Installs what is missing; where that cannot be, says which tests will be skipped and why. */
export function ensureKeyring(): void {
  const searchPath = process.env['PATH'] ?? '';
  const missing = missingPrograms(searchPath);
  if (missing.length === 0) return;
  const asRoot = wayToRoot();
  const inTheWay = obstacle({
    platform: process.platform,
    asRoot,
    hasApt: existsSync('/usr/bin/apt-get'),
  });
  if (inTheWay === null && asRoot !== null) install(missing, asRoot);
  const still = missingPrograms(searchPath);
  if (still.length === 0) return;
  const why = inTheWay ?? 'apt-get failed';
  console.warn(
    `\nSKIPPED: the vault's tests on a real keychain will not run, because ${why}. Missing: ${still.join(', ')}.`,
  );
}
