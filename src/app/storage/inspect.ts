/** Looks at a database file before it is opened for writing, without changing a byte of it. */

import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { schemaVersion } from './migrations.ts';

export type Inspection =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sound'; readonly version: number }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly detail: string };

/** SQLite's result codes (sqlite.org/rescode.html); extended codes carry them in their lowest byte. */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** @param latest - The newest schema version this app knows. */
export async function inspect(path: string, latest: number): Promise<Inspection> {
  if (!(await holdsSomething(path))) return { kind: 'absent' };
  try {
    return look(path, latest);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { kind: 'damaged', detail: error.message };
  }
}

/** Read-only, because the last writing connection to close a damaged file would write its log into it. */
function look(path: string, latest: number): Inspection {
  using database = new DatabaseSync(path, { readOnly: true });
  const version = schemaVersion(database);
  if (version > latest) return { kind: 'newer', version };
  // quick_check reads every page, but leaves out comparing each index with its table: long runs make large files.
  const answer = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  return answer === 'ok' ? { kind: 'sound', version } : { kind: 'damaged', detail: String(answer) };
}

async function holdsSomething(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return false;
  const code = error.errcode & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
