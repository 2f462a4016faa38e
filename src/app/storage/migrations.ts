/** How the profile's database came to its present form: one SQL step per version, never edited once released. */

import type { DatabaseSync } from 'node:sqlite';
import { rename, rm } from 'node:fs/promises';
import { makePrivate } from './private-file.ts';
import { TRADING_SCHEMA } from './trading-schema.ts';

export interface Migration {
  /** Of the schema after this step: 1, 2, 3 … */
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE backtest_runs (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
        config TEXT NOT NULL,
        source_id TEXT NOT NULL,
        source_name TEXT NOT NULL,
        synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
        candles TEXT NOT NULL,
        summary TEXT,
        error TEXT,
        CHECK ((state = 'done') = (summary IS NOT NULL)),
        CHECK ((state = 'failed') = (error IS NOT NULL))
      ) STRICT;
      CREATE INDEX backtest_runs_by_age ON backtest_runs (created_at);
      CREATE TABLE backtest_outcomes (
        run_id TEXT PRIMARY KEY NOT NULL REFERENCES backtest_runs (id) ON DELETE CASCADE,
        trades BLOB NOT NULL,
        denials BLOB NOT NULL,
        time BLOB NOT NULL,
        equity BLOB NOT NULL,
        curve BLOB NOT NULL
      ) STRICT;
    `,
  },
  { version: 2, sql: TRADING_SCHEMA },
  {
    version: 3,
    sql: ['paper', 'live']
      .map(
        (mode) => `
          CREATE TABLE ${mode}_equity (
            account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
            time INTEGER NOT NULL,
            equity REAL NOT NULL,
            PRIMARY KEY (account_id, time)
          ) STRICT, WITHOUT ROWID;
        `,
      )
      .join(''),
  },
  {
    version: 4,
    sql: ['paper', 'live']
      .map(
        (mode) => `
          CREATE TABLE ${mode}_removed_bots (
            account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (account_id, id)
          ) STRICT, WITHOUT ROWID;
        `,
      )
      .join(''),
  },
];

export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

export function schemaVersion(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (typeof version !== 'number') throw new Error('SQLite did not tell its user_version.');
  return version;
}

/**
 * Brings the database to the last version, each step in its own transaction: after a crash it is at one version or
 * the other. Before a step on a database that holds something, a copy is written next to it.
 * @param backupPath - Names the copy of a version.
 */
export async function migrate(
  database: DatabaseSync,
  migrations: readonly Migration[],
  backupPath: (version: number) => string,
): Promise<void> {
  const isNew = schemaVersion(database) === 0;
  for (const migration of migrations) {
    const version = schemaVersion(database);
    if (migration.version <= version) continue;
    if (!isNew) await backUp(database, backupPath(version));
    apply(database, migration);
  }
}

/** Under another name until it is complete, so that half a copy is never taken for a whole one. */
async function backUp(database: DatabaseSync, path: string): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  // SQLite writes a copy into an empty file as well as into a new one, and this one is nobody else's.
  await makePrivate(partial);
  database.prepare('VACUUM INTO ?').run(partial);
  await rename(partial, path);
}

function apply(database: DatabaseSync, { version, sql }: Migration): void {
  inTransaction(database, () => {
    database.exec(sql);
    database.exec(`PRAGMA user_version = ${version}`);
  });
}

/**
 * All of `work` or nothing; on disk when it returns, unless it is a part of something that is written together. Takes the
 * write lock at once, so that two writers wait instead of failing half-way.
 */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  const isPart = database.isTransaction;
  database.exec(isPart ? 'SAVEPOINT part' : 'BEGIN IMMEDIATE');
  try {
    work();
    database.exec(isPart ? 'RELEASE part' : 'COMMIT');
  } catch (error) {
    // A disk that is full may have ended it already.
    if (database.isTransaction) database.exec(isPart ? 'ROLLBACK TO part' : 'ROLLBACK');
    throw error;
  }
}
