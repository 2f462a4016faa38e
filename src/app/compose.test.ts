import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CONFIG, HELD_WORKER } from './backtest/testing/service-fixture.ts';
import { AppStartError } from './compose.ts';
import { connect } from './storage/sqlite-storage.ts';
import { startChild } from './storage/testing/child-process.ts';
import { temporaryFolder } from './storage/testing/temporary-folder.ts';
import { anApp, type AppFixture } from './testing/app-fixture.ts';

async function runToTheEnd({ client }: AppFixture, name: string): Promise<string> {
  const input = { name, sourceId: 'waves', config: CONFIG };
  const started = await client.call('backtest.start', input);
  if (!started.ok) throw new Error(started.error.sentence);
  const { promise, resolve } = Promise.withResolvers<void>();
  client.subscribe('backtest.progress', started.value, {
    onEvent: () => {},
    onEnd: () => resolve(),
  });
  await promise;
  return started.value.runId;
}

function runNames({ client }: AppFixture): Promise<readonly string[]> {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const stop = client.subscribe(
    'backtest.runs',
    {},
    {
      onEvent: (runs) => resolve(runs.map(({ name, state }) => `${name}: ${state}`)),
      onEnd: () => {},
    },
  );
  return promise.finally(stop);
}

it('runs, renames, exports, and has it all again after a restart', async () => {
  const folder = await temporaryFolder();
  const first = await anApp(folder);
  expect(await first.client.call('app.info', {})).toEqual({
    ok: true,
    value: { version: '1.2.3', shell: 'browser', platform: 'linux' },
  });
  const runId = await runToTheEnd(first, 'Waves');
  await first.client.call('backtest.rename', { runId, name: 'Renamed' });
  const exported = await first.client.call('backtest.export', { runId, format: 'json' });
  expect(exported.ok).toBe(true);
  await first.app.close();

  const second = await anApp(folder);
  expect(await runNames(second)).toEqual(['Renamed: done']);
  expect(await second.client.call('backtest.export', { runId, format: 'json' })).toEqual(exported);
  expect([...first.faults, ...second.faults, ...second.app.findings]).toEqual([]);
});

it('refuses a folder that another app uses, and takes it when that has closed', async () => {
  const folder = await temporaryFolder();
  const first = await anApp(folder);
  await expect(anApp(folder)).rejects.toThrow(AppStartError);
  expect(await runNames(first)).toEqual([]);
  await first.app.close();
  await anApp(folder);
});

it('takes a folder whose app was killed', async () => {
  const folder = await temporaryFolder();
  const script = new URL('./storage/testing/locking-child.ts', import.meta.url);
  const child = startChild(script, join(folder, 'profile.lock'));
  for await (const line of child.lines) {
    expect(line).toBe('held');
    await expect(anApp(folder)).rejects.toThrow('Another CryptoPiggy is using');
    await child.kill();
  }
  await anApp(folder);
});

it('closes in the middle of a run, once, however often it is asked', async () => {
  const folder = await temporaryFolder();
  const held = await anApp(folder, HELD_WORKER);
  const atWork = Promise.withResolvers<void>();
  held.client.subscribe(
    'backtest.runs',
    {},
    {
      onEvent: (runs) => runs.some(({ state }) => state === 'running') && atWork.resolve(),
      onEnd: () => {},
    },
  );
  const over = runToTheEnd(held, 'Held');
  await atWork.promise;
  await Promise.all([held.app.close(), held.app.close()]);
  await held.app.close();
  await over;
  expect(await runNames(await anApp(folder))).toEqual(['Held: failed']);
});

it('says what it found: a damaged profile, runs that cannot be read', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'cryptopiggy.sqlite'), 'not a database '.repeat(100));
  const first = await anApp(folder);
  expect(first.app.findings.map(({ code }) => code)).toEqual(['PROFILE_DAMAGED']);
  expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toHaveLength(1);
  await runToTheEnd(first, 'Waves');
  await first.app.close();
  using database = connect(join(folder, 'cryptopiggy.sqlite'));
  database.exec(`UPDATE backtest_runs SET config = '[]'`);
  const second = await anApp(folder);
  expect(second.app.findings.map(({ code }) => code)).toEqual(['RUNS_UNREADABLE']);
});

it('leaves nothing locked when it fails to start', async () => {
  const folder = await temporaryFolder();
  const broken = connect(join(folder, 'cryptopiggy.sqlite'));
  broken.exec('CREATE TABLE backtest_runs (other TEXT)');
  broken.close();
  await expect(anApp(folder)).rejects.toThrow('already exists');
  await expect(anApp(folder)).rejects.toThrow('already exists');
});
