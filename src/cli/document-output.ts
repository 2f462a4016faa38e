/** Writes a report's JSON to a file or to standard output, whole or not at all. */

import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** @returns a sentence where the file could not be written, else `null`. */
export async function writeDocument(
  target: string,
  chunks: Iterable<string>,
): Promise<string | null> {
  if (target === '-') {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
    return null;
  }
  // Beside the target, so that the rename stays on one disk: a run that fails never leaves half a file.
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, target);
    return null;
  } catch (error) {
    await rm(unfinished, { force: true });
    return `The report could not be written to ${target}: ${reasonOf(error)}.`;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
