/** Downloads into a real folder from a table of bars: what is asked, what is kept, what is said. */

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fail } from '../../core/domain/result.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { downloadSeries, type DownloadRequest } from './download.ts';
import { PageLog } from './page-log.ts';
import type { SeriesName } from './series-name.ts';
import { SeriesStore } from './series-store.ts';
import { barsBetween, tableHistory, type TableHistory } from './testing/table-history.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const END = START + 60 * HOUR;
const SERIES: SeriesName = { exchange: 'binanceus', symbol: 'BTC/USDT', timeframe: '1h' };
const ALL = barsBetween('1h', START, END);

const at = (hour: number): number => START + hour * HOUR;

function download(
  folder: string,
  history: TableHistory,
  range: Partial<DownloadRequest> = {},
  onPage: (abort: () => void) => void = () => {},
) {
  const ending = new AbortController();
  return downloadSeries(
    { series: SERIES, from: START, to: null, ...range },
    {
      store: new SeriesStore(folder),
      history,
      onProgress: () => onPage(() => ending.abort()),
      signal: ending.signal,
    },
  );
}

/** Names and bytes of all that counts. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.lock'));
  const entries = names.map(
    async (name) => [name, await readFile(join(folder, name), 'hex')] as const,
  );
  return new Map(await Promise.all(entries));
}

/** Vitest's matcher is typed `any`. */
function containing(words: string): unknown {
  return expect.stringContaining(words);
}

const bare = async (folder: string) => {
  const found = await new SeriesStore(folder).find(SERIES);
  if (!found.ok || found.value === null) throw new Error('There is no series.');
  const { bars, firstTime, lastTime, covered, gaps } = found.value;
  return { bars, firstTime, lastTime, covered, gaps };
};

it('keeps every closed bar of the range, and says how far it is', async () => {
  const folder = await temporaryFolder();
  const fractions: number[] = [];
  const history = tableHistory({ bars: ALL, end: END, barsPerPage: 20 });
  const done = await downloadSeries(
    { series: SERIES, from: START, to: null },
    {
      store: new SeriesStore(folder),
      history,
      onProgress: ({ fraction }) => fractions.push(fraction),
      signal: new AbortController().signal,
    },
  );
  expect(done).toMatchObject({ ok: true, value: { pages: 3, bars: 60, remark: null } });
  expect(fractions).toEqual([1 / 3, 2 / 3, 1]);
  expect(await bare(folder)).toEqual({
    bars: 60,
    firstTime: START,
    lastTime: at(59),
    covered: [{ from: START, to: END }],
    gaps: [],
  });
  const store = new SeriesStore(folder);
  const kept = done.ok ? await store.load(done.value.series) : done;
  expect(kept.ok && [...kept.value.close]).toEqual(ALL.map((bar) => bar[4]));
});

it('asks again only for what is new', async () => {
  const folder = await temporaryFolder();
  await download(folder, tableHistory({ bars: ALL, end: at(40) }));
  const before = await contents(folder);
  const same = tableHistory({ bars: ALL, end: at(40) });
  expect(await download(folder, same)).toMatchObject({ ok: true, value: { pages: 0, bars: 0 } });
  expect(same.asked).toEqual([]);
  expect(await contents(folder)).toEqual(before);
  const later = tableHistory({ bars: ALL, end: at(43) });
  expect(await download(folder, later)).toMatchObject({ ok: true, value: { bars: 3 } });
  expect(later.asked.map(({ from, to }) => [from, to])).toEqual([[at(40), at(43)]]);
});

it('tells gaps apart: those of the exchange, and those that were not asked for', async () => {
  const folder = await temporaryFolder();
  const bars = barsBetween('1h', START, END, [at(5), at(6), at(50)]);
  await download(folder, tableHistory({ bars, end: END }), { to: at(20) });
  await download(folder, tableHistory({ bars, end: END }), { from: at(30) });
  expect((await bare(folder)).gaps).toEqual([
    { from: at(5), to: at(7), bars: 2, cause: 'exchange' },
    { from: at(20), to: at(30), bars: 10, cause: 'not-downloaded' },
    { from: at(50), to: at(51), bars: 1, cause: 'exchange' },
  ]);
});

it('does not take a bar that is late for one that is missing', async () => {
  const folder = await temporaryFolder();
  const late = barsBetween('1h', START, at(39));
  await download(folder, tableHistory({ bars: late, end: at(40) }));
  expect((await bare(folder)).covered).toEqual([{ from: START, to: at(39) }]);
  await download(folder, tableHistory({ bars: ALL, end: at(40) }));
  expect(await bare(folder)).toMatchObject({ bars: 40, gaps: [] });
});

it('begins where the exchange begins to tell, and says so', async () => {
  const folder = await temporaryFolder();
  const history = tableHistory({ bars: ALL, end: END, earliest: at(50) });
  const done = await download(folder, history);
  expect(done).toMatchObject({
    value: { remark: containing('begin at 2024-01-03 02:00 UTC') },
  });
  expect(await bare(folder)).toMatchObject({ bars: 10, firstTime: at(50) });
});

it('stopped or refused in the middle, it keeps what it has and goes on from there', async () => {
  const folder = await temporaryFolder();
  const whole = await temporaryFolder();
  await download(whole, tableHistory({ bars: ALL, end: END }));
  const stopped = await download(folder, tableHistory({ bars: ALL, end: END }), {}, (abort) =>
    abort(),
  );
  expect(stopped).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  expect((await bare(folder)).bars).toBe(5);

  const history = tableHistory({ bars: ALL, end: END });
  const failing: TableHistory = {
    ...history,
    page: async (wanted) =>
      wanted.from >= at(30) ? fail('FEED_UNAVAILABLE', 'Away.') : history.page(wanted),
  };
  expect(await download(folder, failing)).toMatchObject({ error: { sentence: 'Away.' } });
  const rest = tableHistory({ bars: ALL, end: END });
  await download(folder, rest);
  expect(rest.asked[0]?.from).toBe(at(30));
  expect(await contents(folder)).toEqual(await contents(whole));
});

it('finds the pages of a killed download, but for the one that was being written', async () => {
  const folder = await temporaryFolder();
  await download(folder, tableHistory({ bars: ALL, end: at(10) }));
  const path = new SeriesStore(folder).logPath(SERIES);
  const log = await PageLog.create(path);
  for (const from of [10, 20]) {
    await log.append({
      span: { from: at(from), to: at(from + 10) },
      bars: ALL.slice(from, from + 10),
    });
  }
  await log.close();
  await writeFile(path, (await readFile(path)).subarray(0, -7));
  const history = tableHistory({ bars: ALL, end: END });
  await download(folder, history);
  expect(history.asked[0]?.from).toBe(at(20));
  expect(await bare(folder)).toMatchObject({ bars: 60, gaps: [] });
});

it.each([
  ['an end before the start', { from: at(10), to: at(5) }, 'is not after the start'],
  ['a start that is not over yet', { from: END + HOUR }, 'is closed yet. Choose an earlier start'],
  ['less than a bar', { from: at(1) + 1, to: at(1) + 2 }, 'No bar of 1h begins in that range'],
])('refuses %s', async (_, range, words) => {
  const history = tableHistory({ bars: ALL, end: END });
  const refused = await download(await temporaryFolder(), history, range);
  expect(refused).toMatchObject({
    error: { code: 'RANGE_INVALID', sentence: containing(words) },
  });
});

it('counts pages once that a crash has left after they were made part of the series', async () => {
  const folder = await temporaryFolder();
  await download(folder, tableHistory({ bars: ALL, end: END }));
  const before = await contents(folder);
  const log = await PageLog.create(new SeriesStore(folder).logPath(SERIES));
  await log.append({ span: { from: at(10), to: at(20) }, bars: ALL.slice(10, 20) });
  await log.close();
  await download(folder, tableHistory({ bars: ALL, end: END }));
  expect(await contents(folder)).toEqual(before);
});

it('leaves nothing behind of what a crash has left', async () => {
  const folder = await temporaryFolder();
  const left = ['binanceus_BTC-USDT_1h.0123456789abcdef.bin', 'binanceus_BTC-USDT_1h.new.bin'];
  for (const name of left) await writeFile(join(folder, name), 'half');
  await download(folder, tableHistory({ bars: ALL, end: END }));
  expect((await readdir(folder)).toSorted()).toEqual([
    expect.stringMatching(/^binanceus_BTC-USDT_1h\.[0-9a-f]{16}\.bin$/),
    'binanceus_BTC-USDT_1h.json',
    'binanceus_BTC-USDT_1h.lock',
  ]);
});

it('is done by one at a time', async () => {
  const folder = await temporaryFolder();
  const release = await new SeriesStore(folder).lock(SERIES);
  const refused = await download(folder, tableHistory({ bars: ALL, end: END }));
  expect(refused).toMatchObject({ error: { code: 'SERIES_BUSY' } });
  release?.();
  expect(await download(folder, tableHistory({ bars: ALL, end: END }))).toMatchObject({ ok: true });
});

it('says what is wrong with the folder', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const refused = await download(join(file, 'series'), tableHistory({ bars: ALL, end: END }));
  expect(refused).toMatchObject({
    error: { code: 'DISK_UNUSABLE', sentence: containing('is not a folder') },
  });
});

it('comes to the same bytes in whatever parts and order it is downloaded', async () => {
  const cut = fc.integer({ min: 0, max: 60 });
  const part = fc.tuple(cut, cut).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const absent = fc.uniqueArray(fc.integer({ min: 0, max: 57 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 6 }),
      absent,
      fc.nat(9),
      async (parts, holes, size) => {
        const bars = barsBetween('1h', START, END, holes.map(at));
        const [whole, split] = await Promise.all([own(), own()]);
        const history = () => tableHistory({ bars, end: END, barsPerPage: 1 + size });
        await download(whole, history());
        for (const [from, to] of parts)
          await download(split, history(), { from: at(from), to: at(to) });
        await download(split, history());
        expect(await contents(split)).toEqual(await contents(whole));
        await Promise.all([whole, split].map((folder) => rm(folder, { recursive: true })));
      },
    ),
    { numRuns: 40 },
  );
}, 30_000);

/** Not for the whole test: there are too many of them. */
function own(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'cryptopiggy-test-'));
}
