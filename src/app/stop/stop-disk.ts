/** Where a stop is kept: a file of its own, and a second one that was laid out before the disk could fill. */

import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { damagedOrder, mergeOrders, parseStopOrder, type StopOrder } from './stop-order.ts';

export interface StopDisk {
  /** `null` where no stop is kept. What is there and cannot be read is a stop. */
  read(): StopOrder | null;
  /** On disk when it returns. @throws Error where neither file can be written */
  write(order: StopOrder): void;
  /** Takes the stop away. @returns one that was pressed meanwhile, by another process; it is still there */
  remove(known: StopOrder): StopOrder | null;
}

const FILE = 'stop-order.json';

/** Bytes; written over in place, which needs no room on a disk that is full. */
const RESERVE_FILE = 'stop-order.reserve';
const RESERVE_BYTES = 16_384;

/** @param folder absolute, of the profile; it exists */
export function openStopDisk(folder: string): StopDisk {
  const path = join(folder, FILE);
  const reserve = join(folder, RESERVE_FILE);
  return {
    read() {
      const kept = [readOrder(path), readBlankable(reserve)].filter((order) => order !== null);
      return kept.reduce<StopOrder | null>(
        (all, order) => (all === null ? order : mergeOrders(all, order)),
        null,
      );
    },
    write(order) {
      const text = JSON.stringify(order);
      try {
        writeWhole(path, text);
      } catch (error) {
        if (Buffer.byteLength(text) > RESERVE_BYTES) throw error;
        return overwrite(reserve, text, 'r+');
      }
      clearReserve(reserve);
    },
    remove(known) {
      // Grabbed first: what is pressed from here on makes a new file.
      const ended = `${path}.ended`;
      if (moved(path, ended)) {
        const found = readOrder(ended);
        if (found !== null && isNewer(found, known)) {
          writeWhole(path, JSON.stringify(found));
          rmSync(ended, { force: true });
          return found;
        }
      }
      clearReserve(reserve);
      rmSync(ended, { force: true });
      return null;
    },
  };
}

/** Lays out the second place, once. @throws Error where the disk has no room for it */
export function reserveStopDisk(folder: string): void {
  const reserve = join(folder, RESERVE_FILE);
  if (readText(reserve) === null) overwrite(reserve, '', 'wx');
}

function isNewer(found: StopOrder, known: StopOrder): boolean {
  return found.id !== known.id && found.pressedAt >= known.pressedAt;
}

function readOrder(path: string): StopOrder | null {
  let text: string | null;
  try {
    text = readText(path);
  } catch {
    return damagedOrder('unreadable', 0);
  }
  return text === null ? null : (parseStopOrder(text) ?? damagedOrder('damaged', 0));
}

/** Blank is what the second place looks like while nothing is kept there. */
function readBlankable(path: string): StopOrder | null {
  return isBlank(path) ? null : readOrder(path);
}

function isBlank(path: string): boolean {
  try {
    return (readText(path) ?? '').replaceAll('\0', '').trim() === '';
  } catch {
    // It cannot be read: whoever reads it next says so.
    return false;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Whole or not at all, and for this user only. */
function writeWhole(path: string, text: string): void {
  const fresh = `${path}.${process.pid}.new`;
  try {
    overwriteWith(openSync(fresh, 'w', 0o600), Buffer.from(text));
    renameSync(fresh, path);
    syncFolderOf(path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function overwrite(path: string, text: string, flag: 'r+' | 'wx'): void {
  const bytes = Buffer.alloc(RESERVE_BYTES, ' ');
  bytes.write(text);
  overwriteWith(openSync(path, flag, 0o600), bytes);
}

function overwriteWith(file: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A name is on disk when its folder is; Windows has no such call. */
function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(join(path, '..'), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function clearReserve(reserve: string): void {
  if (!isBlank(reserve)) overwrite(reserve, '', 'r+');
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
