/** Paper trading from the command line, and the commands that reach it while it runs. */

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveControl } from '../app/control/server.ts';
import { temporaryFolder } from '../app/storage/testing/temporary-folder.ts';
import { piggy, startPiggy, type Ended } from './testing/run-piggy.ts';

const pausedSentence = (): unknown =>
  expect.stringMatching(/^Paused at bar \d+ of \d+\. Run the same command to go on\.\n$/);

/** One bar of the sample, an hour, every fifth of a second: time enough to look at it. */
const SLOWLY = ['--speed', '18000x'];

/** A hundred bars a second: under way for minutes, and well into its trades when it is looked at. */
const BRISKLY = ['--speed', '360000x'];

function onSample(...args: readonly string[]): Promise<Ended> {
  return piggy(['paper', '--replay', 'sample', '--cash', '1000', ...args]);
}

/** Asks until the process that was just started answers. */
async function untilRunning(dataDir: string): Promise<Ended> {
  for (;;) {
    const status = await piggy(['status', '--data-dir', dataDir]);
    if (status.code === 0) return status;
  }
}

describe('piggy paper', () => {
  it('writes the report of the backtest, to the byte', async () => {
    const folder = await temporaryFolder();
    const [paper, backtest] = [join(folder, 'paper.json'), join(folder, 'backtest.json')];
    expect(await onSample('--json', paper)).toMatchObject({ code: 0, err: '' });
    await piggy(['backtest', '--candles', 'sample', '--cash', '1000', '--json', backtest]);
    expect(await readFile(paper, 'utf8')).toBe(await readFile(backtest, 'utf8'));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'paused by %s and started again, it ends with the report of one go, to the byte',
    async (signal) => {
      const dataDir = await temporaryFolder();
      const files = ['whole.json', 'paused.json'].map((name) => join(dataDir, name));
      const [whole = '', paused = ''] = files;
      const inOneGo = await onSample('--json', whole);
      const args = ['paper', '--replay', 'sample', '--cash', '1000', '--json', paused];
      args.push('--data-dir', dataDir);
      const first = startPiggy([...args, ...BRISKLY]);
      await untilRunning(dataDir);
      first.process.kill(signal);
      expect(await first.ended).toMatchObject({
        code: 1,
        out: '',
        err: pausedSentence(),
      });
      expect(await piggy(args)).toEqual(inOneGo);
      expect(await readFile(paused, 'utf8')).toBe(await readFile(whole, 'utf8'));
    },
    30_000,
  );

  it('killed and started again, it goes on with what it had', async () => {
    const dataDir = await temporaryFolder();
    const args = ['paper', '--replay', 'sample', '--cash', '1000', '--data-dir', dataDir];
    const first = startPiggy(args);
    await untilRunning(dataDir);
    first.process.kill('SIGKILL');
    await first.ended;
    const rest = await piggy(args);
    expect(rest).toMatchObject({ code: 0, err: '' });
    // An entry that was decided and not sent yet is lost with the process, never sent late: the end may differ by it.
    expect(rest.out).toContain('Closed trades');
  }, 20_000);

  it('refuses to go on with an account that was begun with other settings', async () => {
    const dataDir = await temporaryFolder();
    const slow = startPiggy([
      'paper',
      '--replay',
      'sample',
      '--cash',
      '1000',
      '--data-dir',
      dataDir,
      ...SLOWLY,
    ]);
    await untilRunning(dataDir);
    expect(await onSample('--data-dir', dataDir)).toMatchObject({
      code: 2,
      err: `error: Another CryptoPiggy is using the data in ${dataDir}.\n`,
    });
    slow.process.kill('SIGINT');
    expect(await slow.ended).toMatchObject({
      code: 1,
      out: '',
      err: pausedSentence(),
    });
    const other = await piggy([
      'paper',
      '--replay',
      'sample',
      '--cash',
      '999',
      '--data-dir',
      dataDir,
    ]);
    expect(other.code).toBe(2);
    expect(other.err).toContain('another recording or with other settings');
  }, 20_000);

  it.each([
    [['--speed', '0x'], 'Write max, or a factor of at least 0.1, as in 60x.'],
    [['--speed', 'fast'], 'Write max, or a factor of at least 0.1, as in 60x.'],
    [['--data-dir', ''], 'Give the name of a folder.'],
    [['--replay', 'nowhere.csv'], 'nowhere.csv: there is no such file.'],
    [['--strategy', 'magic'], 'There is no strategy "magic".'],
    [['--symbol', 'ETH/BTC'], 'nothing in this recording tells what BTC is worth'],
    [['--limits', 'off'], "unknown option '--limits'"],
    [['--data-dir', '/dev/null'], 'The data folder /dev/null cannot be used'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, out, err } = await onSample(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  it.each(['profile.lock', 'cryptopiggy.sqlite', 'control-token', 'control.sock'])(
    'refuses a data folder in which %s is something else',
    async (name) => {
      const dataDir = await temporaryFolder();
      await mkdir(join(dataDir, name));
      const { code, out, err } = await onSample('--data-dir', dataDir);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^error: The data folder .* cannot be used: .* or mend it\.\n$/);
    },
  );

  it('ends at the first Ctrl+C, however long the next bar takes', async () => {
    const dataDir = await temporaryFolder();
    const slow = startPiggy([
      'paper',
      '--replay',
      'sample',
      '--data-dir',
      dataDir,
      '--speed',
      '1x',
    ]);
    await untilRunning(dataDir);
    slow.process.kill('SIGINT');
    expect(await slow.ended).toEqual({
      code: 1,
      out: '',
      err: pausedSentence(),
    });
  });
});

describe('piggy status, stop and arm', () => {
  it('say that nothing runs in the folder', async () => {
    const dataDir = await temporaryFolder();
    for (const command of ['status', 'stop', 'arm']) {
      expect(await piggy([command, '--data-dir', dataDir])).toEqual({
        code: 2,
        out: '',
        err: `error: No CryptoPiggy is running with the data in ${dataDir}. Start it, or name another folder with --data-dir.\n`,
      });
    }
  });

  it('speak of the process, not of a window, when it ends before it answers', async () => {
    const dataDir = await temporaryFolder();
    const token = new Uint8Array(32).fill(7);
    const server = await serveControl({
      dataDir,
      token,
      platform: process.platform,
      serve: (channel) => channel.onMessage(() => channel.close()),
    });
    const { code, err } = await piggy(['stop', '--data-dir', dataDir]);
    await server.close();
    expect({ code, err }).toEqual({
      code: 2,
      err: `error: The CryptoPiggy that runs with the data in ${dataDir} did not answer. Ask for its status before you rely on anything.\n`,
    });
  });

  it('a stopped account that is replayed to the end says why it did nothing', async () => {
    const dataDir = await temporaryFolder();
    const args = ['paper', '--replay', 'sample', '--cash', '1000', '--data-dir', dataDir];
    const slow = startPiggy([...args, ...SLOWLY]);
    await untilRunning(dataDir);
    await piggy(['stop', '--data-dir', dataDir]);
    slow.process.kill('SIGINT');
    await slow.ended;
    const rest = await piggy(args);
    expect(rest).toMatchObject({
      code: 0,
      err: 'Trading was halted at the end: no bot has entered anything since it was stopped. While it runs, piggy arm lets them trade again.\n',
    });
    expect(rest.out).toMatch(/Closed trades +0/);
  }, 20_000);

  it('stop the account that runs; the stop outlives the process, and arm ends it', async () => {
    const dataDir = await temporaryFolder();
    const args = [
      'paper',
      '--replay',
      'sample',
      '--cash',
      '1000',
      '--data-dir',
      dataDir,
      ...SLOWLY,
    ];
    const first = startPiggy(args);
    const status = await untilRunning(dataDir);
    expect(status.out).toMatch(/^PAPER on Synthetic sample .*: active\nEquity {8}1000\.00 USD\n/);
    const stopped = await piggy(['stop', '--flatten', '--data-dir', dataDir]);
    expect(stopped).toMatchObject({ code: 0, err: '' });
    expect(stopped.out).toContain('trading is halted until it is armed again');
    first.process.kill('SIGKILL');
    await first.ended;
    startPiggy(args);
    expect((await untilRunning(dataDir)).out).toContain(': halted\n');
    expect(await piggy(['arm', '--data-dir', dataDir])).toMatchObject({ code: 0 });
    const json = await piggy(['status', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(json.out)).toMatchObject({
      paper: { mode: 'paper', tradingState: 'active', fault: null },
      live: null,
    });
  }, 20_000);
});
