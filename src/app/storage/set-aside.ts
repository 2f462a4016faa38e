/** Moves a database that cannot be used out of the way, whole, so that nothing ever overwrites it. */

import { access, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** SQLite keeps the newest commits in `-wal`: without it the file is older than it was. */
const COMPANIONS = ['-wal', '-shm'] as const;

/**
 * @param label - Why: becomes part of the new name.
 * @param time - ms UTC, becomes part of the new name.
 * @returns the new file name, without its folder
 */
export async function setAside(
  path: string,
  label: 'damaged' | 'newer',
  time: number,
): Promise<string> {
  const name = await freeName(path, `${basename(path)}.${label}-${stamp(time)}`);
  const target = join(dirname(path), name);
  for (const companion of COMPANIONS) {
    if (await exists(path + companion)) await rename(path + companion, target + companion);
  }
  await rename(path, target);
  return name;
}

async function freeName(path: string, wanted: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? wanted : `${wanted}-${attempt}`;
    if (!(await exists(join(dirname(path), name)))) return name;
  }
}

/** `2026-11-04-09-30-00`, UTC: fit for file names on every system, and no log takes it for a key. */
export function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
