/** The stop on disk: there before anything else, never weakened, and never lost to a damaged file or a full disk. */

import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { rethrow } from '../testing/rethrow.ts';
import { openStopDisk, reserveStopDisk } from './stop-disk.ts';
import { StopLatch } from './stop-latch.ts';
import type { PlaceReport } from './stop-order.ts';

const FILE = 'stop-order.json';

interface Stage {
  readonly folder: string;
  /** As another process, or the next start, has it. */
  readonly latch: () => StopLatch;
}

async function stage(): Promise<Stage> {
  const folder = await temporaryFolder();
  reserveStopDisk(folder);
  let ids = 0;
  const latch = (): StopLatch =>
    new StopLatch({
      disk: openStopDisk(folder),
      newId: () => `order-${(ids += 1)}`,
      now: () => 1_000 + ids,
      reportFault: rethrow,
    });
  return { folder, latch };
}

const SOLD: PlaceReport = {
  key: 'live 1',
  account: 'live',
  venue: 'Binance US',
  state: 'carried-out',
  sentence: 'Nothing of ours is open there.',
  time: 2_000,
  cancelled: ['l1-1'],
  notCancelled: [],
  kept: [],
  sold: ['BTC/USDT'],
  notSold: [],
};

/** The file's name is taken by a folder: as on a disk that takes nothing new, writing it fails. */
async function blockWrites(folder: string): Promise<void> {
  await mkdir(join(folder, FILE, 'in-the-way'), { recursive: true });
}

it('gives the ids of sales once, also where the clock was set back and another run gave some', async () => {
  const folder = await temporaryFolder();
  let now = 1_767_614_400_000;
  const ids: string[] = [];
  for (let run = 0; run < 5; run += 1) {
    const latch = new StopLatch({
      disk: openStopDisk(folder),
      newId: randomUUID,
      now: () => now,
      reportFault: rethrow,
    });
    for (let sale = 0; sale < 5; sale += 1) ids.push(latch.newSaleId('l1a2b3c'));
    now -= 2_000;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id.length <= 18)).toBe(true);
});

it('is in force, on disk and told to the others where one who listens throws', async () => {
  const folder = await temporaryFolder();
  const faults: unknown[] = [];
  const latch = new StopLatch({
    disk: openStopDisk(folder),
    newId: randomUUID,
    now: () => 1_000,
    reportFault: (error) => faults.push(error),
  });
  const told: string[] = [];
  latch.onChange(() => {
    throw new Error('This one is broken.');
  });
  latch.onChange(() => told.push(latch.order?.id ?? 'none'));
  const order = latch.press(true);
  expect(told).toEqual([order.id]);
  expect(openStopDisk(folder).read()?.id).toBe(order.id);
  expect(faults).toEqual([new Error('This one is broken.')]);
});

describe('a stop', () => {
  it('is on disk when it was pressed, for this user alone, and holds at the next start', async () => {
    const { folder, latch } = await stage();
    const first = latch();
    expect(first.holds('live')).toBe(false);
    first.press(true);
    expect(first.trouble).toBeNull();
    const next = latch();
    expect(next.order).toEqual(first.order);
    expect([next.holds('paper'), next.holds('live'), next.order?.flatten]).toEqual([
      true,
      true,
      true,
    ]);
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, FILE))).mode & 0o777).toBe(0o600);
    }
  });

  it('pressed again never forgets that everything is to be sold, and has to be proven anew', async () => {
    const { latch } = await stage();
    const first = latch();
    first.press(true);
    first.report([SOLD]);
    expect(latch().order?.places).toEqual([SOLD]);
    expect(first.press(false)).toMatchObject({ flatten: true, places: [] });
    expect(latch().order?.flatten).toBe(true);
  });

  it('ends for a side that is armed, and for that one alone', async () => {
    const { folder, latch } = await stage();
    const first = latch();
    first.press(false);
    first.report([SOLD]);
    expect(first.release(['paper'])).toBeNull();
    expect([latch().holds('paper'), latch().holds('live')]).toEqual([false, true]);
    expect(latch().order?.places).toEqual([SOLD]);
    expect(first.release(['live'])).toBeNull();
    expect(first.order).toBeNull();
    expect(latch().order).toBeNull();
    await expect(stat(join(folder, FILE))).rejects.toThrow('ENOENT');
  });

  it('that another process presses is taken up, and armed over by nobody who does not know of it', async () => {
    const { latch } = await stage();
    const [one, other] = [latch(), latch()];
    other.press(true);
    one.look();
    expect(one.order).toEqual(other.order);
    one.report([SOLD]);
    other.press(false);
    expect(one.release(['paper', 'live'])).toMatch(/pressed again/);
    expect(one.order?.flatten).toBe(true);
    expect(latch().order?.flatten).toBe(true);
    one.look();
    expect(one.order?.places).toEqual([]);
    expect(one.release(['paper', 'live'])).toBeNull();
    expect(latch().order).toBeNull();
  });

  it('whose file somebody deletes is written again', async () => {
    const { folder, latch } = await stage();
    const first = latch();
    first.press(false);
    await rm(join(folder, FILE));
    first.look();
    expect(latch().order).toEqual(first.order);
  });
});

describe('a disk that fails', () => {
  it.each(['', '{', '{"id":1}', 'null', '\u0000\u0001\u0002', '[]'])(
    'leaves a stop, not none, where the file holds %j',
    async (text) => {
      const { folder, latch } = await stage();
      await writeFile(join(folder, FILE), text);
      const found = latch();
      expect([found.holds('paper'), found.holds('live')]).toEqual([true, true]);
      expect(found.order).toMatchObject({ isDamaged: true, flatten: false });
    },
  );

  it('damaged at any byte never turns a stop into none', async () => {
    const { folder, latch } = await stage();
    latch().press(true);
    const whole = await readFile(join(folder, FILE));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        await writeFile(join(folder, FILE), damaged);
        expect(latch().holds('live') || latch().holds('paper')).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('that takes no new file keeps the stop in the place that was laid out for it', async () => {
    const { folder, latch } = await stage();
    const first = latch();
    await blockWrites(folder);
    first.press(true);
    expect(first.trouble).toBeNull();
    await rm(join(folder, FILE), { recursive: true });
    const next = latch();
    expect(next.order).toEqual(first.order);
    next.report([SOLD]);
    expect(latch().order?.places).toEqual([SOLD]);
    expect(next.release(['paper', 'live'])).toBeNull();
    expect(latch().order).toBeNull();
  });

  it('that takes nothing at all is told of, and the stop holds in this run', async () => {
    const { folder, latch } = await stage();
    const first = latch();
    await rm(join(folder, 'stop-order.reserve'));
    await blockWrites(folder);
    first.press(true);
    expect(first.holds('live')).toBe(true);
    expect(first.trouble).toMatch(/could not be written to disk/);
    await rm(join(folder, FILE), { recursive: true });
    first.look();
    expect(first.trouble).toBeNull();
    expect(latch().order).toEqual(first.order);
  });
});
