/** The books as CSV from the command line, from a profile that a replay has left. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrate, MIGRATIONS } from '../app/storage/migrations.ts';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { piggy } from './testing/run-piggy.ts';

it('writes the round trips and the fills of the account', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  await piggy(['paper', '--replay', 'sample', '--cash', '1000', '--data-dir', dataDir]);
  const trades = await piggy(['export', 'trades', '--data-dir', dataDir]);
  expect(trades).toMatchObject({ code: 0, err: '' });
  const lines = trades.out.trim().split('\r\n');
  expect(lines[0]).toMatch(/^bot,pair,/);
  expect(lines).toHaveLength(1 + 320);

  const live = await piggy(['export', 'trades', '--account', 'live', '--data-dir', dataDir]);
  expect(live).toMatchObject({ code: 2, out: '' });
  expect(live.err).toContain('There is no live account in');

  const out = join(dataDir, 'tax.csv');
  expect(await piggy(['export', 'tax', '--out', out, '--data-dir', dataDir])).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  const rows = (await readFile(out, 'utf8')).trim().split('\r\n');
  expect(rows[0]).toMatch(/^date,pair,side,amount,price,fee,fee_currency,realised_pnl/);
  expect(rows).toHaveLength(1 + 2 * 320);
  const realised = rows.slice(1).reduce((sum, row) => sum + Number(row.split(',')[7]), 0);
  // The account began with 1,000 and ended with this and nothing held.
  expect(realised).toBeCloseTo(19.42, 1);
}, 20_000);

it('says what is missing or in the way', async () => {
  const folder = await temporaryFolder();
  const refused = async (dataDir: string, what = 'tax') => {
    const { code, out, err } = await piggy(['export', what, '--data-dir', dataDir]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  expect(await refused(join(folder, 'none'))).toContain('There is no profile at');
  await mkdir(join(folder, 'bad'));
  await writeFile(join(folder, 'bad', 'cryptopiggy.sqlite'), 'not a database at all');
  expect(await refused(join(folder, 'bad'))).toContain('is damaged');
  expect(await refused(folder, 'everything')).toContain(
    "'everything' is invalid for argument 'what'",
  );
  const old = new DatabaseSync(join(folder, 'cryptopiggy.sqlite'));
  await migrate(old, MIGRATIONS.slice(0, 3), () => 'unused');
  old.close();
  expect(await refused(folder)).toContain('older version of CryptoPiggy. Start the app once');
});
