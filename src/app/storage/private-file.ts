/** Files of a profile are its owner's alone, whatever folder they lie in and whatever the process's umask says. */

import { chmod, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Read and written by the owner, by nobody else. Windows keeps to the folder's own rules. */
const OWNER_ONLY = 0o600;

/** SQLite's name for a database that is no file. */
const IN_MEMORY = ':memory:';

/**
 * Makes the file where there is none, empty: what SQLite writes into it, and the `-wal` and `-shm` that it makes beside
 * it, then have the file's own permissions from their first byte on.
 */
export async function makePrivate(path: string): Promise<void> {
  if (path === IN_MEMORY) return;
  await using file = await open(path, 'a', OWNER_ONLY);
  await file.chmod(OWNER_ONLY);
}

/** Mends what an older version left readable: the database, its companions, its backups and what was set aside. */
export async function mendFamily(path: string): Promise<void> {
  if (path === IN_MEMORY) return;
  const folder = dirname(path);
  const own = basename(path);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const isOurs =
      entry.name === own ||
      entry.name.startsWith(`${own}.`) ||
      COMPANIONS.has(entry.name.slice(own.length));
    if (!entry.isFile() || !entry.name.startsWith(own) || !isOurs) continue;
    await chmod(join(folder, entry.name), OWNER_ONLY).catch((error: unknown) => {
      // It has just gone: an app that ends takes `-wal` and `-shm` with it.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
  }
}

const COMPANIONS: ReadonlySet<string> = new Set(['-wal', '-shm', '-journal']);
