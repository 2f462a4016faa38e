/** Storage in one SQLite file: every acknowledged change survives a kill at any moment. */

import { DatabaseSync } from 'node:sqlite';
import type { Finding } from '../../contract/app.ts';
import { inspect } from './inspect.ts';
import { latestVersion, migrate, MIGRATIONS, type Migration } from './migrations.ts';
import { makePrivate, mendFamily } from './private-file.ts';
import { setAside, stamp } from './set-aside.ts';
import { createRunStore } from './sqlite-runs.ts';
import { createSettingsStore } from './sqlite-settings.ts';
import { createTradingStore } from './sqlite-trading.ts';
import type { Storage } from './storage.ts';

export interface SqliteOptions {
  /** The file; its folder must exist. */
  readonly path: string;
  /** ms UTC: names what is set aside and backed up. */
  readonly now: number;
  readonly migrations?: readonly Migration[];
  /** How long a writer waits for another before it gives up, ms. */
  readonly busyTimeoutMs?: number;
}

export interface OpenedStorage {
  readonly storage: Storage;
  readonly findings: readonly Finding[];
}

const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the file, or a new one where there is none or it cannot be used; what could not be used stays beside it
 * under another name, and is a finding.
 */
export async function openSqliteStorage(options: SqliteOptions): Promise<OpenedStorage> {
  const { path, now, migrations = MIGRATIONS, busyTimeoutMs } = options;
  await mendFamily(path);
  const findings = await makeWay(path, now, latestVersion(migrations));
  await makePrivate(path);
  const database = connect(path, busyTimeoutMs);
  try {
    await migrate(database, migrations, (version) => `${path}.version-${version}-${stamp(now)}`);
    return { storage: storageOver(database), findings };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function makeWay(path: string, now: number, latest: number): Promise<readonly Finding[]> {
  const inspection = await inspect(path, latest);
  switch (inspection.kind) {
    case 'absent':
    case 'sound':
      return [];
    case 'newer': {
      const name = await setAside(path, 'newer', now);
      const sentence = `The profile was written by a newer version of CryptoPiggy. It was kept as ${name}, and a new one was started. Install the newer version and rename the file back to use it.`;
      return [{ code: 'PROFILE_NEWER', sentence }];
    }
    case 'damaged': {
      const name = await setAside(path, 'damaged', now);
      const sentence = `The profile's database is damaged. It was kept as ${name}, and a new one was started. Restore a backup over it if you have one.`;
      return [{ code: 'PROFILE_DAMAGED', sentence }];
    }
  }
}

/** FULL: a commit is on disk before it is acknowledged. WAL: a reader never waits for a writer. */
export function connect(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): DatabaseSync {
  const database = new DatabaseSync(path, {
    timeout: busyTimeoutMs,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
  });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  return database;
}

function storageOver(database: DatabaseSync): Storage {
  return {
    runs: createRunStore(database),
    paper: createTradingStore(database, 'paper'),
    live: createTradingStore(database, 'live'),
    settings: createSettingsStore(database),
    close() {
      if (database.isOpen) database.close();
    },
  };
}
