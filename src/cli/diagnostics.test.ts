/** The report from the command line, and what `piggy serve` leaves in its log: neither holds a secret. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { piggy, startPiggy } from './testing/run-piggy.ts';

it('is written for a profile that has traded', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  await piggy(['paper', '--replay', 'sample', '--cash', '1000', '--data-dir', dataDir]);
  const out = join(dataDir, 'report.json');
  const ended = await piggy(['diagnostics', '--data-dir', dataDir, '--out', out]);
  expect(ended).toEqual({ code: 0, out: '', err: '' });
  expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({
    app: { shell: 'command line' },
    profile: { paper: [{ trades: 320, newestOrders: { filled: expect.any(Number) as unknown } }] },
  });
});

it('says so where it cannot be written', async () => {
  const folder = await temporaryFolder();
  const out = join(folder, 'none', 'report.json');
  const { code, err } = await piggy(['diagnostics', '--data-dir', folder, '--out', out]);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: The report could not be written to .*report\.json/);
});

it('piggy serve keeps what it tells in the data folder', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  await piggy(['paper', '--replay', 'sample', '--cash', '1000', '--data-dir', dataDir]);
  // A profile that is damaged is set aside, and the person is told.
  await writeFile(join(dataDir, 'cryptopiggy.sqlite'), 'this is not a database, and long enough');
  const serving = startPiggy(['serve', '--port', '0', '--data-dir', dataDir]);
  await expect.poll(() => linesOf(dataDir)).toContain('damaged');
  serving.process.kill('SIGTERM');
  const { err } = await serving.ended;
  expect(err).toContain('damaged');
  const { out } = await piggy(['diagnostics', '--data-dir', dataDir]);
  expect(out).toContain('damaged');
});

async function linesOf(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'logs');
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('');
}
