/** `piggy data` over what was downloaded and imported: listed, checked, exported, and run on. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { aDataStage, type DataStage } from './testing/data-stage.ts';
import { piggy } from './testing/run-piggy.ts';

const BTC = ['--exchange', 'binanceus', '--symbol', 'BTC/USDT'] as const;
const SERIES = 'binanceus:BTC/USDT:1h';

async function aDownload(): Promise<DataStage> {
  const stage = await aDataStage();
  await stage.data('download', ...BTC, '--timeframe', '1h', '--from', '2026-01-01');
  return stage;
}

const document = z.object({ summary: z.unknown(), trades: z.unknown() });

async function reportOn(stage: DataStage, candles: string): Promise<unknown> {
  const { out } = await piggy(
    ['backtest', '--candles', candles, '--json', '-', '--data-dir', stage.folder].concat(
      candles.endsWith('.csv') ? ['--timeframe', '1h'] : [],
    ),
  );
  return document.parse(JSON.parse(out));
}

it('a series is exported, imported, and both are listed, sound and the same to a backtest', async () => {
  const stage = await aDownload();
  const csv = join(stage.folder, 'BTC-USDT_1h.csv');
  expect(await stage.data('export', SERIES, '--out', csv)).toEqual({ code: 0, out: '', err: '' });
  const json = join(stage.folder, 'BTC-USDT_1h.json');
  await stage.data('export', SERIES, '--out', json);
  expect(await reportOn(stage, csv)).toEqual(await reportOn(stage, SERIES));

  const imported = await stage.data('import', csv);
  expect(imported.out).toMatch(
    /^BTC-USDT_1h\.csv: BTC\/USDT 1h, 348 bars, 2026-01-01 00:00 to 2026-01-15 11:00 UTC\. Its id is [0-9a-f]{32}\.\n$/,
  );
  await stage.data('import', json, '--symbol', 'BTC/EUR');
  const { out } = await stage.data('list');
  const rows = out.trimEnd().split('\n');
  expect(rows[0]).toMatch(
    /^candles +exchange +symbol +bar +from \(UTC\) +to +bars +missing +size$/,
  );
  expect(rows[1]).toMatch(
    /^binanceus:BTC\/USDT:1h +Binance US +BTC\/USDT +1h +2026-01-01 00:00 +2026-01-15 11:00 +348 +0 +0\.0 MB$/,
  );
  expect(rows[2]).toMatch(/^[0-9a-f]{8} \(BTC-USDT_1h\.csv\) +– +BTC\/USDT +1h /);
  expect(rows[3]).toMatch(/^[0-9a-f]{8} \(BTC-USDT_1h\.json\) +– +BTC\/EUR +1h /);

  const again = await stage.data('export', rows[2]?.slice(0, 8) ?? '', '--out', '-');
  expect(again.out).toBe(await readFile(csv, 'utf8'));
  const checked = await stage.data('check');
  expect(checked).toMatchObject({ code: 0, err: '' });
  expect(checked.out.match(/348 bars, sound\./g)).toHaveLength(3);
}, 60_000);

it('a damaged series is found, and the others are still looked at', async () => {
  const stage = await aDownload();
  const csv = join(stage.folder, 'own.csv');
  await stage.data('export', SERIES, '--out', csv);
  await stage.data('import', csv);
  const series = join(stage.folder, 'series-simulated');
  const name = (await readdir(series)).find((each) => each.endsWith('.bin')) ?? '';
  const bytes = await readFile(join(series, name));
  bytes[1_000] = 255 - (bytes[1_000] ?? 0);
  await writeFile(join(series, name), bytes);
  const { code, out, err } = await stage.data('check');
  expect(code).toBe(2);
  expect(out).toContain('348 bars, sound.');
  expect(err).toContain(`${SERIES}: The stored candles `);
  expect(err).toContain('its checksum does not match');
  expect(err).toContain('error: 1 defect found.');
  const run = await piggy(['backtest', '--candles', SERIES, '--data-dir', stage.folder]);
  expect(run).toMatchObject({ code: 2, out: '' });
}, 30_000);

it('says what is not there, and what to do', async () => {
  const stage = await aDataStage();
  expect((await stage.data('list')).out).toContain('"piggy data download --help" says how');
  const refused = async (...args: readonly string[]) => {
    const { code, out, err } = await stage.data(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  const missing = `BTC/USDT 1h, Binance US has not been downloaded into ${stage.folder}. Download it, as in: piggy data download --exchange binanceus --symbol BTC/USDT --timeframe 1h`;
  expect(await refused('export', SERIES, '--out', 'a.csv')).toContain(missing);
  expect(await refused('check', SERIES)).toContain(missing);
  expect(await refused('export', 'deadbeef', '--out', 'a.csv')).toContain('No kept candles are');
  expect(await refused('export', SERIES, '--out', 'a.xls')).toContain('ends in .csv or .json');
  expect(await refused('import', join(stage.folder, 'none.csv'))).toContain('none.csv');
  const run = await piggy(['backtest', '--candles', SERIES, '--data-dir', stage.folder]);
  expect(run.err).toContain(missing);
}, 60_000);
