/** Whether a database takes a write now, without the wait that a writer grants another. */

import type { DatabaseSync } from 'node:sqlite';

export function isWritable(database: DatabaseSync): boolean {
  const patience = database.prepare('PRAGMA busy_timeout').get()?.['timeout'];
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE');
    database.exec('ROLLBACK');
    return true;
  } catch {
    // Whatever refuses it refuses an event too.
    return false;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${Number(patience ?? 0)}`);
  }
}
