/** Whether a built file is older than what it is built from. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** @returns the time of the newest file or folder under `entry`, in ms; a folder's own time tells of deleted files. */
function newestChange(entry: string): number {
  const stats = statSync(entry);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(entry).map((name) => newestChange(path.join(entry, name)));
  return Math.max(stats.mtimeMs, ...inside);
}

/** Whether `output` is missing or older than anything in `sources`; sources that do not exist are left out. */
export function isStale(output: string, sources: readonly string[]): boolean {
  const built = statSync(output, { throwIfNoEntry: false });
  if (built === undefined) return true;
  return sources
    .filter((source) => statSync(source, { throwIfNoEntry: false }) !== undefined)
    .some((source) => newestChange(source) > built.mtimeMs);
}
