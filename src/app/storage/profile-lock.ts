/** Lets one process use a data folder at a time; a killed one leaves no lock behind. */

import { DatabaseSync } from 'node:sqlite';

/** SQLite's result code for a lock that someone else holds (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

/**
 * Holds an exclusive SQLite transaction on an empty file: a lock of the operating system's, which it drops with the
 * process, however that ends. Nothing else may open this file: on POSIX, closing any handle to it drops the lock.
 * @returns the release (idempotent), or `null` when another process, or this one, holds the lock
 */
export function takeProfileLock(path: string): (() => void) | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === SQLITE_BUSY
  );
}
