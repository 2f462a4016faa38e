/** Writes of several turns that are on disk together or not at all. */

import type { DatabaseSync } from 'node:sqlite';
import type { WriteUnit } from './trading-store.ts';

export function beginUnit(database: DatabaseSync): WriteUnit {
  database.exec('BEGIN IMMEDIATE');
  const drop = (): void => {
    // A disk that is full may have ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
  };
  return {
    keep() {
      try {
        database.exec('COMMIT');
      } catch (error) {
        drop();
        throw error;
      }
    },
    drop,
  };
}
