import { readdir } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from './sqlite-storage.ts';
import { latestVersion, migrate, MIGRATIONS, schemaVersion } from './migrations.ts';
import { startChild } from './testing/child-process.ts';
import { STEPS } from './testing/migration-steps.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const [first, second] = STEPS;
const pigs = (database: DatabaseSync): unknown[] =>
  database
    .prepare('SELECT * FROM pig')
    .all()
    .map((row) => ({ ...row }));

it('the real migrations count up from 1 without a hole', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

it('takes an empty file to the last version without a backup, and does nothing the second time', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'profile.sqlite');
  for (const _start of [1, 2]) {
    using database = connect(path);
    await migrate(database, MIGRATIONS, (version) => `${path}.version-${version}`);
    expect(schemaVersion(database)).toBe(latestVersion(MIGRATIONS));
  }
  expect(await readdir(folder)).toEqual(['profile.sqlite']);
});

it('copies what a database holds before each step', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'profile.sqlite');
  const backupPath = (version: number): string => `${path}.version-${version}`;
  using database = connect(path);
  await migrate(database, [first], backupPath);
  await migrate(database, STEPS, backupPath);
  expect(pigs(database)).toEqual([{ name: 'Rosa', weight: 95.5 }]);
  using backup = new DatabaseSync(backupPath(1), { readOnly: true });
  expect([schemaVersion(backup), pigs(backup)]).toEqual([1, [{ name: 'Rosa' }]]);
});

it('a step that fails leaves the version before it, whole', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  using database = connect(path);
  const broken = { ...second, sql: `${second.sql}; INSERT INTO nowhere VALUES (1)` };
  const attempt = migrate(database, [first, broken], (version) => `${path}.version-${version}`);
  await expect(attempt).rejects.toThrow('nowhere');
  expect([schemaVersion(database), pigs(database)]).toEqual([1, [{ name: 'Rosa' }]]);
});

it('a process killed in the middle of a step leaves the version before it, and the next start completes it', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const child = startChild(new URL('./testing/migrating-child.ts', import.meta.url), path);
  expect(await child.ended).toBe('SIGKILL');
  using database = connect(path);
  expect([schemaVersion(database), pigs(database)]).toEqual([1, [{ name: 'Rosa' }]]);
  await migrate(database, STEPS, (version) => `${path}.again-${version}`);
  expect(pigs(database)).toEqual([{ name: 'Rosa', weight: 95.5 }]);
});

it('a profile of version 1 keeps its backtests when the tables of trading come', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'profile.sqlite');
  const [one] = MIGRATIONS;
  using database = connect(path);
  await migrate(database, one === undefined ? [] : [one], () => 'unused');
  database.exec(
    `INSERT INTO backtest_runs VALUES ('r1', 'Mine', 5, 'queued', '{}', 's', 'file.csv', 0, '{}', NULL, NULL)`,
  );
  await migrate(database, MIGRATIONS, (version) => `${path}.version-${version}`);
  expect(schemaVersion(database)).toBe(latestVersion(MIGRATIONS));
  expect(database.prepare('SELECT id, name FROM backtest_runs').all()).toMatchObject([
    { id: 'r1', name: 'Mine' },
  ]);
  expect(database.prepare('SELECT count(*) AS n FROM paper_accounts').get()).toMatchObject({
    n: 0,
  });
  using backup = new DatabaseSync(`${path}.version-1`, { readOnly: true });
  expect(backup.prepare('SELECT name FROM backtest_runs').get()).toMatchObject({ name: 'Mine' });
});
