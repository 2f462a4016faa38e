/** The command line as a person meets it: a real process, its two outputs and its exit code. */

import { existsSync } from 'node:fs';
import { mkdir, open as openFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { piggy, startPiggy, type Ended } from './testing/run-piggy.ts';

/** Linux's device on which every write fails as on a full disk. */
const FULL_DISK = '/dev/full';
const CSV = 'timestamp,open,high,low,close,volume';

function onSample(...args: readonly string[]): Promise<Ended> {
  return piggy(['backtest', '--candles', 'sample', ...args]);
}

/** Daily bars that rise and fall, so that averages cross. */
function dailyCsv(bars: number): string {
  const lines = Array.from({ length: bars }, (_, day) => {
    const price = 100 + 20 * Math.sin(day / 6);
    const [open, close] = [price.toFixed(2), (price + 0.5).toFixed(2)];
    return [
      day * 86_400_000 + Date.UTC(2024, 0, 1),
      open,
      (price + 1).toFixed(2),
      (price - 1).toFixed(2),
      close,
      5,
    ].join(',');
  });
  return `${[CSV, ...lines].join('\n')}\n`;
}

describe('piggy backtest', () => {
  it('writes nothing but the document to standard output with --json -, the same bytes each time', async () => {
    const [first, second] = await Promise.all([onSample('--json', '-'), onSample('--json', '-')]);
    expect(first.code).toBe(0);
    const document: unknown = JSON.parse(first.out);
    expect(document).toMatchObject({
      schema: 'cryptopiggy.backtest/1',
      input: {
        strategy: 'sma-cross',
        params: { fast: 10, slow: 30 },
        limits: 'on',
        candles: { synthetic: true },
      },
      summary: { bars: 17_520, startingBalance: 10_000 },
    });
    expect(second.out).toBe(first.out);
  });

  it('prints figures and writes the same document to a file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'BTC.csv.gz'), gzipSync(dailyCsv(200)));
    const args = ['backtest', '--candles', 'BTC.csv.gz', '--timeframe', '1d', '--limits', 'off'];
    const [table, raw] = await Promise.all([
      piggy([...args, '--json', 'out.json'], folder),
      piggy([...args, '--json', '-'], folder),
    ]);
    expect(table).toMatchObject({ code: 0, err: '' });
    expect(table.out).toMatch(/Closed trades\s+\d+\n/);
    expect(table.out).not.toMatch(/NaN|undefined|Infinity|SYNTHETIC/);
    expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe(raw.out);
    expect((await readdir(folder)).toSorted()).toEqual(['BTC.csv.gz', 'out.json']);
  });

  it('puts warnings on standard error and goes on', async () => {
    const folder = await temporaryFolder();
    const lines = dailyCsv(60).split('\n');
    lines.splice(20, 2);
    await writeFile(join(folder, 'gap.csv'), lines.join('\n'));
    const ended = await piggy(['backtest', '--candles', 'gap.csv', '--json', '-'], folder);
    expect(ended.code).toBe(0);
    expect(ended.err).toBe('Warning: 2 bars are missing in 1 gap, which ends at line 21.\n');
    expect(JSON.parse(ended.out)).toMatchObject({
      input: { candles: { warnings: [{ code: 'GAPS', count: 2 }] } },
    });
  });

  it('labels the sample synthetic', async () => {
    expect((await onSample()).out).toMatch(/^SYNTHETIC candles: generated, not traded\.\n/);
  });

  it('leaves an earlier report alone when a later run fails', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'out.json'), 'earlier');
    await writeFile(join(folder, 'bad.csv'), `${CSV}\n1,2,3\n`);
    const ended = await piggy(['backtest', '--candles', 'bad.csv', '--json', 'out.json'], folder);
    expect(ended.code).toBe(2);
    expect(await readFile(join(folder, 'out.json'), 'utf8')).toBe('earlier');
  });

  it('does not write its report over the candles', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'mine.csv'), dailyCsv(50));
    const ended = await piggy(
      ['backtest', '--candles', 'mine.csv', '--json', './mine.csv'],
      folder,
    );
    expect(ended).toEqual({
      code: 2,
      out: '',
      err: 'error: The report would overwrite the candles in ./mine.csv. Give --json another file.\n',
    });
    expect(await readFile(join(folder, 'mine.csv'), 'utf8')).toBe(dailyCsv(50));
  });

  it.skipIf(!existsSync(FULL_DISK))('says that standard output cannot be written', async () => {
    const full = await openFile(FULL_DISK, 'w');
    const ended = await piggy(['backtest', '--candles', 'sample', '--json', '-'], '.', full.fd);
    await full.close();
    expect(ended).toMatchObject({
      code: 2,
      err: 'error: Standard output could not be written: the disk is full.\n',
    });
  });

  it('ends quietly when its reader closes early', async () => {
    const { process: child, ended } = startPiggy([
      'backtest',
      '--candles',
      'sample',
      '--json',
      '-',
    ]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { err } = await ended;
    expect(err).toBe('');
  });
});

describe('what is wrong gets one sentence, exit code 2 and no stack', () => {
  it.each([
    [
      ['--strategy', 'moon'],
      'There is no strategy "moon". Choose one of: sma-cross, rsi-reversion.',
    ],
    [['--param', 'fats=1'], 'There is no parameter "fats".'],
    [['--param', 'fast=ten'], 'Parameter fast is "ten", but must be a number.'],
    [['--param', 'fast=30'], 'fast must be less than slow'],
    [['--param', 'fast'], 'Write name=value, as in fast=10.'],
    [['--param', 'fast=1', '--param', 'fast=2'], 'fast is given twice'],
    [
      ['--cash', '0'],
      'The starting balance is 0, but must be a number from 0.01 to 1000000000000.',
    ],
    [['--cash', '1e999'], '"1e999" is not a number.'],
    [['--fee', '0x1'], '"0x1" is not a number.'],
    [['--fee', '1'], 'The taker fee is 1, but must be a fraction'],
    [['--slippage-bps', '-1'], 'The slippage is -1 basis points'],
    [['--timeframe', '2h'], 'Choose one of 1m, 5m, 15m, 1h, 4h, 1d.'],
    [['--sizing', 'fixed:50:60'], 'Write one number after the colon.'],
    [['--slippage-bps', '4000', '--half-spread-bps', '4000'], 'add up to 8000 basis points'],
    [['--sizing', 'fixed'], '"" is not a number.'],
    [['--sizing', 'risk:2'], 'The risk per trade is 2'],
    [['--limits', 'maybe'], 'Write on or off.'],
    [['--symbol', 'btcusdt'], '"btcusdt" is not a symbol'],
    [['--whitelist', 'BTC'], 'On the whitelist: "BTC" is not a symbol'],
    [['--json', join('no', 'such', 'folder.json')], 'there is no such folder'],
    [['--json', ''], 'Give the name of a file.'],
    [['--unknown'], "unknown option '--unknown'"],
  ])('%j', async (args, sentence) => {
    const ended = await onSample(...args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(sentence);
    expect(ended.err).not.toMatch(/\n\s+at |node:internal/);
  });

  it.each([
    ['absent.csv', null, 'absent.csv: there is no such file.'],
    ['empty.csv', '', 'empty.csv: the file is empty.'],
    ['header.csv', `${CSV}\n`, 'header.csv'],
    [
      'low.csv',
      `${CSV}\n1700006400000,5,4,6,5,1\n1700092800000,5,6,4,5,1\n`,
      'low.csv, line 2: high 4 is below low 6',
    ],
    ['binary.csv', '\u0000\u0001\u0002\u0000', 'binary.csv'],
    ['cut.csv.gz', gzipSync(dailyCsv(100)).subarray(0, 300), 'cut.csv.gz'],
  ])('%s', async (name, content, sentence) => {
    const folder = await temporaryFolder();
    if (content !== null) await writeFile(join(folder, name), content);
    const ended = await piggy(['backtest', '--candles', name], folder);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(sentence);
    expect(ended.err).not.toMatch(/\n\s+at |node:internal/);
  });

  it('a folder, and no command at all', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'candles.csv'));
    const [directory, nothing] = await Promise.all([
      piggy(['backtest', '--candles', 'candles.csv'], folder),
      piggy([]),
    ]);
    expect(directory).toMatchObject({ code: 2, out: '' });
    expect(directory.err).toMatch(/candles\.csv.*folder/);
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toContain('Usage: piggy');
  });
});

it('piggy strategies lists each with its parameters; --help ends well', async () => {
  const [listed, help] = await Promise.all([piggy(['strategies']), piggy(['backtest', '--help'])]);
  expect(listed.out).toContain('--param fast=10');
  expect(listed.out).toContain('rsi-reversion');
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).not.toMatch(/\{\}|\[object/);
});
