import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect, openSqliteStorage, type OpenedStorage } from './sqlite-storage.ts';
import { startChild } from './testing/child-process.ts';
import { aRunInfo, anOutcome, aStoredRun, SUMMARY } from './testing/run-builder.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

const NOON = Date.UTC(2026, 10, 4, 12);

async function open(path: string): Promise<OpenedStorage> {
  const opened = await openSqliteStorage({ path, now: NOON });
  onTestFinished(() => opened.storage.close());
  return opened;
}

describe('kept runs', () => {
  it('come back newest first, as they were stored, after a restart', async () => {
    const path = join(await temporaryFolder(), 'profile.sqlite');
    const { storage } = await open(path);
    await storage.runs.insert(aStoredRun({ id: 'old', createdAt: 1 }));
    await storage.runs.insert(aStoredRun({ id: 'new', createdAt: 2 }));
    const done = aRunInfo({
      id: 'old',
      createdAt: 1,
      name: 'Renamed',
      state: 'done',
      summary: SUMMARY,
    });
    await storage.runs.finish(done, anOutcome());
    storage.close();

    const again = (await open(path)).storage;
    const { runs, unreadable } = await again.runs.list();
    expect(unreadable).toEqual([]);
    expect(runs).toEqual([
      aStoredRun({ id: 'new', createdAt: 2 }),
      { ...aStoredRun(), info: done },
    ]);
    expect(await again.runs.outcome('old')).toEqual(anOutcome());
    expect(await again.runs.outcome('new')).toBeNull();
  });

  it('go with their outcome when deleted', async () => {
    const path = join(await temporaryFolder(), 'profile.sqlite');
    const { storage } = await open(path);
    await storage.runs.insert(aStoredRun());
    await storage.runs.finish(aRunInfo({ state: 'done', summary: SUMMARY }), anOutcome());
    await storage.runs.delete('run-1');
    using database = new DatabaseSync(path);
    expect(database.prepare('SELECT count(*) AS n FROM backtest_outcomes').get()?.['n']).toBe(0);
  });

  it('are not finished by half: a summary without its outcome is not kept', async () => {
    const { storage } = await open(join(await temporaryFolder(), 'profile.sqlite'));
    await storage.runs.insert(aStoredRun());
    const done = aRunInfo({ state: 'done', summary: SUMMARY });
    await storage.runs.finish(done, anOutcome());
    const renamed = { ...done, name: 'Twice' };
    await expect(storage.runs.finish(renamed, anOutcome())).rejects.toThrow('UNIQUE');
    expect((await storage.runs.list()).runs[0]?.info.name).toBe('First try');
  });

  it('that were never inserted cannot be changed', async () => {
    const { storage } = await open(join(await temporaryFolder(), 'profile.sqlite'));
    await expect(storage.runs.update(aRunInfo())).rejects.toThrow('run-1');
  });

  it('that no longer make sense are named, left alone, and hide no other', async () => {
    const path = join(await temporaryFolder(), 'profile.sqlite');
    const { storage } = await open(path);
    await storage.runs.insert(aStoredRun({ id: 'good' }));
    await storage.runs.insert(aStoredRun({ id: 'bad' }));
    using database = connect(path);
    database.exec(`UPDATE backtest_runs SET config = '{"symbol":' WHERE id = 'bad'`);
    const { runs, unreadable } = await storage.runs.list();
    expect([runs.map(({ info }) => info.id), unreadable]).toEqual([['good'], ['bad']]);
  });
});

describe('a file that cannot be used', () => {
  it('is set aside when it is no database, and a new one is started', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'profile.sqlite');
    await writeFile(path, 'this was a letter to the bank, twice as long as a header\n'.repeat(50));
    const before = await readFile(path);
    const { storage, findings } = await open(path);
    expect(findings).toEqual([
      {
        code: 'PROFILE_DAMAGED',
        sentence: containing('profile.sqlite.damaged-2026-11-04-12-00-00'),
      },
    ]);
    expect(await readFile(`${path}.damaged-2026-11-04-12-00-00`)).toEqual(before);
    expect((await storage.runs.list()).runs).toEqual([]);
  });

  it('is set aside when it was cut short', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'profile.sqlite');
    const { storage } = await open(path);
    await storage.runs.insert(aStoredRun());
    await storage.runs.finish(aRunInfo({ state: 'done', summary: SUMMARY }), anOutcome(100_000));
    storage.close();
    await truncate(path, 40_960);
    const { findings } = await open(path);
    expect(findings.map(({ code }) => code)).toEqual(['PROFILE_DAMAGED']);
  });

  it('is set aside when a newer version wrote it, with the commits that are still in its log', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'profile.sqlite');
    const { storage } = await open(path);
    await storage.runs.insert(aStoredRun());
    using newer = connect(path);
    newer.exec('PRAGMA user_version = 99');
    const { findings } = await open(path);
    expect(findings).toEqual([
      { code: 'PROFILE_NEWER', sentence: containing('Install the newer version') },
    ]);
    const kept = join(folder, 'profile.sqlite.newer-2026-11-04-12-00-00');
    using reopened = new DatabaseSync(kept, { readOnly: true });
    expect(reopened.prepare('SELECT id FROM backtest_runs').get()?.['id']).toBe('run-1');
  });

  it('never takes the name of one set aside before', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'profile.sqlite');
    for (const text of ['one', 'two']) {
      await writeFile(path, text.repeat(1_000));
      (await open(path)).storage.close();
    }
    const kept = (await readdir(folder)).filter((name) => name.includes('damaged'));
    expect(kept).toHaveLength(2);
  });
});

it('two connections see what the other has committed', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const one = (await open(path)).storage;
  const two = (await open(path)).storage;
  await one.runs.insert(aStoredRun({ id: 'a', createdAt: 1 }));
  await two.runs.insert(aStoredRun({ id: 'b', createdAt: 2 }));
  await one.runs.update(aRunInfo({ id: 'b', createdAt: 2, name: 'By the other' }));
  const seen = (await two.runs.list()).runs.map(({ info }) => [info.id, info.name]);
  expect(seen).toEqual([
    ['b', 'By the other'],
    ['a', 'First try'],
  ]);
});

it('a process killed while it writes loses nothing that it acknowledged', async () => {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  const child = startChild(new URL('./testing/writing-child.ts', import.meta.url), path);
  const acknowledged: string[] = [];
  for await (const id of child.lines) {
    acknowledged.push(id);
    if (acknowledged.length === 50) await child.kill();
  }
  const { storage, findings } = await open(path);
  expect(findings).toEqual([]);
  const done = (await storage.runs.list()).runs.filter(({ info }) => info.state === 'done');
  expect(done.map(({ info }) => info.id)).toEqual(expect.arrayContaining(acknowledged));
  for (const id of acknowledged) expect(await storage.runs.outcome(id)).toEqual(anOutcome(50_000));
});
