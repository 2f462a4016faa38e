/** Whether this copy of the app updates itself. A person can switch it off; not every kind of copy can do it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../app/data-dir.ts';
import { Updates, type UpdatesParts } from './updates.ts';

/** What electron-builder puts beside the program where it knows a release page; the library asks there. */
const SOURCE_FILE = 'app-update.yml';

export interface OwnCopy {
  /** Not run from the sources. */
  readonly isPackaged: boolean;
  /** `AUTO_UPDATE`. */
  readonly isWanted: boolean;
  readonly platform: Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder beside the program, absolute. */
  readonly resources: string;
}

/** @returns `null` where this copy does not update itself; what it does otherwise is told to `log` */
export function openUpdates(copy: OwnCopy, parts: UpdatesParts): Updates | null {
  if (!updatesItself(copy)) return null;
  parts.log(
    'CryptoPiggy looks for a new version twice a day, downloads it while nothing is open, and asks before it restarts. AUTO_UPDATE=0 ends that.',
  );
  return new Updates(parts);
}

function updatesItself(copy: OwnCopy): boolean {
  if (!copy.isPackaged || !copy.isWanted) return false;
  return isReplaceable(copy) && existsSync(join(copy.resources, SOURCE_FILE));
}

/** A deb belongs to the system's package manager. The variable is set by what starts an AppImage. */
function isReplaceable({ platform, environment }: OwnCopy): boolean {
  if (platform === 'windows' || platform === 'macos') return true;
  return Boolean(environment['APPIMAGE']);
}
