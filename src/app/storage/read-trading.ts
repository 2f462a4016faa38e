/** Looks into a profile's books without opening it for writing: also while a CryptoPiggy is using it. */

import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { inspect } from './inspect.ts';
import { latestVersion, MIGRATIONS } from './migrations.ts';
import { createSettingsStore } from './sqlite-settings.ts';
import { createTradingReader } from './sqlite-trading-reader.ts';
import type { SettingsStore } from './storage.ts';

export type BooksReader = ReturnType<typeof createTradingReader>;
export type SettingsReader = Pick<SettingsStore, 'get'>;

/** The first version of the schema that has books of trading. */
const FIRST_WITH_TRADING = 2;

/** @param path of the profile's database */
export async function readTrading<T>(
  path: string,
  mode: 'paper' | 'live',
  read: (books: BooksReader, settings: SettingsReader) => T | Promise<T>,
): Promise<Result<T, Failure<'NO_PROFILE' | 'PROFILE_UNREADABLE'>>> {
  const inspection = await inspect(path, latestVersion(MIGRATIONS));
  switch (inspection.kind) {
    case 'absent':
      return fail('NO_PROFILE', `There is no profile at ${path}.`);
    case 'damaged':
      return fail('PROFILE_UNREADABLE', `The profile's database at ${path} is damaged.`);
    case 'newer':
      return fail(
        'PROFILE_UNREADABLE',
        `The profile at ${path} was written by a newer version of CryptoPiggy.`,
      );
    case 'sound': {
      if (inspection.version < FIRST_WITH_TRADING) {
        return fail('NO_PROFILE', `The profile at ${path} has never traded.`);
      }
      if (inspection.version < latestVersion(MIGRATIONS)) {
        return fail(
          'PROFILE_UNREADABLE',
          `The profile at ${path} was written by an older version of CryptoPiggy. Start the app once: it brings the profile up to date.`,
        );
      }
      using database = new DatabaseSync(path, { readOnly: true });
      return ok(await read(createTradingReader(database, mode), createSettingsStore(database)));
    }
  }
}
