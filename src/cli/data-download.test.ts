/** `piggy data download` as a person runs it: real processes against the exchange simulator, some of them killed. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { aDataStage, type DataStage } from './testing/data-stage.ts';
import { piggy } from './testing/run-piggy.ts';

const PIGGY = join(import.meta.dirname, 'piggy.ts');
const BTC = ['download', '--exchange', 'binanceus', '--symbol', 'BTC/USDT'] as const;
const HOURS = [...BTC, '--timeframe', '1h', '--from', '2025-06-01'] as const;

/** The bytes of the series, whatever its file is called. */
async function columns({ folder }: DataStage): Promise<readonly string[]> {
  const series = join(folder, 'series-simulated');
  const names = (await readdir(series)).filter((name) => name.endsWith('.bin'));
  return Promise.all(names.map((name) => readFile(join(series, name), 'hex')));
}

it('downloads, says what it has, and brings only what is new when it is run again', async () => {
  const stage = await aDataStage();
  const first = await stage.data(...HOURS);
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toBe(
    'BTC/USDT 1h, Binance US: 5,484 bars, 2025-06-01 00:00 to 2026-01-15 11:00 UTC. 5,484 bars new.\n',
  );
  expect(first.err).toMatch(
    /BTC\/USDT 1h, Binance US: 100 %, 6 pages, 5,484 bars, [\d,]+ bars\/s\n$/,
  );
  const before = await columns(stage);
  const again = await stage.data(...HOURS, '--to', 'now');
  expect(again.err + again.out).toMatch(/ Nothing new\.\n$/);
  expect(await columns(stage)).toEqual(before);
  const earlier = await stage.data(...BTC, '--timeframe', '1h', '--from', '2025-05-31T20:00');
  expect(earlier.out).toMatch(/ 4 bars new\.\n$/);
  const day = ['--from', '2025-05-01', '--to', '2025-05-02'] as const;
  const apart = await stage.data(...BTC, '--timeframe', '1h', ...day);
  expect(apart.out.split('\n').slice(1)).toEqual([
    'Not downloaded are the bars of 1 gap, 716 bars in all:',
    '  2025-05-02 00:00 to 2025-05-31 20:00 UTC, 716 bars',
    '',
  ]);
}, 30_000);

it('killed at any moment, goes on where it was and comes to the same bytes', async () => {
  const [killed, whole] = [await aDataStage(), await aDataStage()];
  await whole.data(...HOURS);
  for (const pages of [1, 0, 2]) {
    const silent = killed.silentAfter(pages);
    const run = killed.start(...HOURS);
    await silent;
    run.process.kill('SIGKILL');
    expect((await run.ended).code).toBe(null);
  }
  const last = await killed.data(...HOURS);
  expect(last).toMatchObject({ code: 0 });
  expect(last.out).toContain(
    ': 5,484 bars, 2025-06-01 00:00 to 2026-01-15 11:00 UTC. 2,484 bars new.',
  );
  expect(await columns(killed)).toEqual(await columns(whole));
}, 60_000);

it('is done by one process at a time, and stopped politely says how to go on', async () => {
  const stage = await aDataStage();
  const silent = stage.silentAfter(2);
  const run = stage.start(...HOURS);
  await silent;
  expect((await stage.data(...HOURS)).err).toContain(
    'BTC/USDT 1h, Binance US is being downloaded already, here or by another CryptoPiggy.',
  );
  run.process.kill('SIGINT');
  expect(await run.ended).toMatchObject({
    code: 2,
    out: '',
    err:
      'Note: asking the simulator at ' +
      stage.simulator.restUrl +
      '.\n' +
      'error: The download was stopped. What was read is kept: asked for again, it goes on from there.\n',
  });
  expect((await stage.data(...HOURS)).out).toContain(': 5,484 bars,');
}, 30_000);

/** Vitest's matcher is typed `any`. */
function containing(words: string): unknown {
  return expect.stringContaining(words);
}

const REFUSALS: readonly (readonly [readonly string[], string])[] = [
  [['--exchange', 'mtgox'], 'Choose one of binanceus, binance, kraken, coinbase.'],
  [['--symbol', 'BTCUSDT'], 'Write the pair with a slash, as in BTC/USDT.'],
  [
    ['--symbol', 'PIG/USDT'],
    'error: Binance US has no spot pair PIG/USDT; choose one of its pairs',
  ],
  [['--timeframe', '2h'], 'Choose one of 1m, 5m, 15m, 1h, 4h, 1d.'],
  [['--from', 'yesterday'], 'Write a date, as in 2024-01-31'],
  [['--from', '2024-02-30'], 'Write a date, as in 2024-01-31'],
  [['--to', '2025-05-01'], 'is not after the start 2025-06-01 00:00 UTC'],
  [['--from', '2027-01-01'], 'No bar of 1h from 2027-01-01 00:00 UTC on is closed yet.'],
];

it('says what is wrong with what it is given', async () => {
  const stage = await aDataStage();
  for (const [wrong, words] of REFUSALS) {
    const { code, out, err } = await stage.data(...HOURS, ...wrong);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  }
}, 60_000);

it('says where it cannot keep anything', async () => {
  const stage = await aDataStage();
  await writeFile(join(stage.folder, 'series-simulated'), 'in the way');
  const { code, err } = await stage.data(...HOURS);
  expect({ code, err }).toEqual({
    code: 2,
    err: containing('a file stands where a folder is needed; choose another one.'),
  });
  const file = join(stage.folder, 'settings.json');
  expect((await piggy(['data', ...HOURS, '--data-dir', file])).err).toContain(
    `error: The data folder ${file} cannot be used: a part of the path is not a folder.`,
  );
});

it.skipIf(process.platform === 'win32')(
  'whose disk is full keeps what it has, and goes on when there is room',
  async () => {
    const stage = await aDataStage();
    // 96 kB for a file: two pages.
    const shell = ['-c', 'ulimit -f 96 && exec "$@"', 'bash', process.execPath, PIGGY];
    const args = ['data', ...HOURS, '--data-dir', stage.folder];
    const full = await promisify(execFile)('bash', [...shell, ...args]).catch(failed);
    expect(full).toEqual({
      code: 2,
      stderr: containing(
        `error: The candles cannot be kept in ${join(stage.folder, 'series-simulated')}: a file would become larger than is allowed; raise the limit.`,
      ),
    });
    expect((await stage.data(...HOURS)).out).toMatch(/: 5,484 bars, .* 3,484 bars new\.\n$/);
  },
  30_000,
);

const failure = z.object({ code: z.number(), stderr: z.string() });

function failed(error: unknown): z.infer<typeof failure> {
  return failure.parse(error);
}

it('explains itself', async () => {
  expect((await piggy(['data', '--help'])).out).toContain('binanceus:BTC/USDT:1h');
  expect((await piggy(['data', 'download', '--help'])).out).toContain('goes on where');
});
