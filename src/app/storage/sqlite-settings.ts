/** Settings as rows: a JSON value under a name. */

import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { SettingsStore } from './storage.ts';

export function createSettingsStore(database: DatabaseSync): SettingsStore {
  return {
    get(key) {
      const row = database.prepare('SELECT value FROM settings WHERE key = ?').get(key);
      return row === undefined ? null : (JSON.parse(valueRow.parse(row).value) as unknown);
    },
    set(key, value) {
      database
        .prepare(
          `INSERT INTO settings (key, value) VALUES (?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        )
        .run(key, JSON.stringify(value));
    },
  };
}

const valueRow = z.object({ value: z.string() });
