/** Where a person's data lives by default, as each system wants it. */

import { access, constants, mkdir } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

export type Platform = 'windows' | 'macos' | 'linux' | 'other';

export function platformOf(nodePlatform: NodeJS.Platform): Platform {
  switch (nodePlatform) {
    case 'win32':
      return 'windows';
    case 'darwin':
      return 'macos';
    case 'linux':
      return 'linux';
    default:
      return 'other';
  }
}

/**
 * `%APPDATA%\CryptoPiggy`, `~/Library/Application Support/CryptoPiggy`, or `$XDG_DATA_HOME/cryptopiggy`.
 * @param home - The user's home folder, absolute.
 */
export function defaultDataDir(
  platform: Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  switch (platform) {
    case 'windows': {
      const roaming = environment['APPDATA'] ?? '';
      const base = win32.isAbsolute(roaming) ? roaming : win32.join(home, 'AppData', 'Roaming');
      return win32.join(base, 'CryptoPiggy');
    }
    case 'macos':
      return posix.join(home, 'Library', 'Application Support', 'CryptoPiggy');
    case 'linux':
    case 'other': {
      // A relative XDG path is to be ignored (XDG Base Directory Specification).
      const data = environment['XDG_DATA_HOME'] ?? '';
      const base = posix.isAbsolute(data) ? data : posix.join(home, '.local', 'share');
      return posix.join(base, 'cryptopiggy');
    }
  }
}

/**
 * Creates the folder where it is missing, for this user only.
 * @throws Error with a sentence for the person where it cannot be used
 */
export async function createDataDir(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new Error(
      `The data folder ${path} cannot be used${reason}. Choose another with --data-dir, or make it writable.`,
      { cause },
    );
  }
}
