/** Writes a report's JSON to a file or to standard output, whole or not at all. */

import { createWriteStream, rmSync, type Stats } from 'node:fs';
import { lstat, realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT_FAULT } from './exit-codes.ts';

/** @returns a sentence where the file could not be written, else `null`. Throws what `chunks` throws. */
export async function writeDocument(
  target: string,
  chunks: Iterable<string>,
): Promise<string | null> {
  if (target === '-') {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
    return null;
  }
  try {
    const found = await statOrNull(target);
    if (found === null && (await isLink(target))) return danglingLink(target);
    if (found === null || found.isFile()) await replaceFile(target, found !== null, chunks);
    else await pipeline(Readable.from(chunks), createWriteStream(target));
    return null;
  } catch (error) {
    // Only the system's own errors are about the target; any other is a fault in the report.
    if (!isSystemError(error)) throw error;
    return `The report could not be written to ${target}: ${reasonOf(error)}.`;
  }
}

/** Whether both are there and are one file, by whatever names. `-` is none. */
export async function isSameFile(first: string, second: string): Promise<boolean> {
  const [a, b] = await Promise.all([statOrNull(first), statOrNull(second)]);
  return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
}

/** What ends the process from outside; half a report must not stay behind. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Beside the target, so that the rename stays on one disk. Devices and pipes are never replaced, but written to. */
async function replaceFile(
  target: string,
  exists: boolean,
  chunks: Iterable<string>,
): Promise<void> {
  // The file behind a link, so that the link stays.
  const path = exists ? await realpath(target) : target;
  const unfinished = `${path}.${process.pid}.unfinished`;
  const interrupted = (): void => {
    rmSync(unfinished, { force: true });
    process.exit(EXIT_FAULT);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    await pipeline(Readable.from(chunks), createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isSymbolicLink() === true;
}

function danglingLink(target: string): string {
  return `The report could not be written to ${target}: it is a link to a file that is not there.`;
}

/** `null` for what is not there or cannot be looked at: writing then says why. */
async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
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

/** Why a file could not be written, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
