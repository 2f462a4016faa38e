/** Who may read a profile: its owner, in any folder, under any umask, old files included. */

import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate, MIGRATIONS } from './migrations.ts';
import { connect, openSqliteStorage } from './sqlite-storage.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** Name and permissions of every file in a folder. */
async function modesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder);
  const modes = await Promise.all(
    names.map(async (name) => {
      const { mode } = await stat(join(folder, name));
      return [name, (mode & 0o777).toString(8)] as const;
    }),
  );
  return Object.fromEntries(modes.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

async function openFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  return folder;
}

describe.skipIf(process.platform === 'win32')('the files of a profile', () => {
  it("are the owner's alone while it is open and afterwards", async () => {
    const folder = await openFolder();
    const path = join(folder, 'profile.sqlite');
    const { storage } = await openSqliteStorage({ path, now: 0 });
    storage.settings.set('a', 1);
    expect(await modesIn(folder)).toEqual({
      'profile.sqlite': '600',
      'profile.sqlite-shm': '600',
      'profile.sqlite-wal': '600',
    });
    storage.close();
    expect(Object.values(await modesIn(folder))).toEqual(['600']);
  });

  it('that an older version left readable are mended at opening, copies and what was set aside too', async () => {
    const folder = await openFolder();
    const path = join(folder, 'profile.sqlite');
    const left = ['', '.damaged-2026-01-01-00-00-00', '.version-2-2026-01-01-00-00-00'];
    for (const end of left) {
      if (end === '') (await openSqliteStorage({ path, now: 0 })).storage.close();
      else await writeFile(path + end, 'old');
      await chmod(path + end, 0o644);
    }
    // Not ours.
    await writeFile(join(folder, 'profile.sqlitebrowser'), 'notes');
    await chmod(join(folder, 'profile.sqlitebrowser'), 0o644);
    const { storage } = await openSqliteStorage({ path, now: 0 });
    const { 'profile.sqlitebrowser': notes, ...ours } = await modesIn(folder);
    expect(notes).toBe('644');
    expect(new Set(Object.values(ours))).toEqual(new Set(['600']));
    storage.close();
  });

  it('that cannot be used are set aside for the owner alone, beside a new one', async () => {
    const folder = await openFolder();
    const path = join(folder, 'profile.sqlite');
    await writeFile(path, 'x'.repeat(10_000));
    await chmod(path, 0o644);
    const { storage, findings } = await openSqliteStorage({ path, now: 0 });
    expect(findings).toMatchObject([{ code: 'PROFILE_DAMAGED' }]);
    const modes = await modesIn(folder);
    expect(Object.keys(modes).length).toBeGreaterThan(1);
    expect(new Set(Object.values(modes))).toEqual(new Set(['600']));
    storage.close();
  });

  it('that are copied before a migration are copied for the owner alone', async () => {
    const folder = await openFolder();
    const path = join(folder, 'profile.sqlite');
    const before = connect(path);
    await migrate(before, MIGRATIONS.slice(0, 2), () => '');
    before.close();
    const { storage } = await openSqliteStorage({ path, now: 0 });
    const modes = await modesIn(folder);
    expect(Object.keys(modes).some((name) => name.includes('.version-'))).toBe(true);
    expect(new Set(Object.values(modes))).toEqual(new Set(['600']));
    storage.close();
    const copy = Object.keys(modes).find((name) => name.includes('.version-')) ?? '';
    using database = new DatabaseSync(join(folder, copy), { readOnly: true });
    expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 2 });
  });
});
