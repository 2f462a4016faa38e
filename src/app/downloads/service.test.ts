/** Downloads through the contract: started, watched, cancelled, and then candles like any others. */

import { expect, it } from 'vitest';
import type { DownloadProgressEvent } from '../../contract/downloads.ts';
import { fail } from '../../core/domain/result.ts';
import { aDownloadStage } from './testing/download-service.ts';
import { barsBetween, tableHistory, type TableHistory } from './testing/table-history.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const END = START + 20 * HOUR;
const BTC = {
  exchange: 'binanceus',
  symbol: 'BTC/USDT',
  timeframe: '1h',
  from: START,
  to: null,
} as const;
const BTC_ID = 'binanceus:BTC/USDT:1h';

const table = (without: readonly number[] = []): TableHistory =>
  tableHistory({ bars: barsBetween('1h', START, END, without), end: END });

const states = (events: readonly DownloadProgressEvent[]): readonly string[] =>
  events.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);

/** A history whose pages after the first wait for `release`. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const history = table();
  let isClosed = false;
  const opened: TableHistory = {
    ...history,
    page: async (wanted) => {
      if (history.asked.length > 0) await promise;
      return isClosed ? fail('FEED_UNAVAILABLE', 'Closed.') : history.page(wanted);
    },
    close: () => {
      isClosed = true;
      resolve();
    },
  };
  return { history: opened, release: resolve };
}

it('is watched to its end, and what it brought is among the candles', async () => {
  const stage = await aDownloadStage(async () => table([START + 5 * HOUR]));
  const events = await stage.watched(await stage.start(BTC));
  expect(states(events).at(-1)).toBe('done');
  expect(events.at(-1)).toEqual({
    state: 'done',
    pages: 4,
    bars: 19,
    fraction: 1,
    remark: null,
    sourceId: BTC_ID,
    error: null,
  });
  expect(await stage.series()).toMatchObject([
    {
      id: BTC_ID,
      name: 'BTC/USDT 1h, Binance US',
      synthetic: false,
      symbol: 'BTC/USDT',
      bars: 19,
      warnings: [
        {
          code: 'GAPS',
          count: 1,
          sentence:
            '1 bar is missing in 1 gap, from 2024-01-01 05:00 UTC on: the exchange has none.',
        },
      ],
    },
  ]);
  const chart = await stage.client.call('candles.chart', { sourceId: BTC_ID });
  expect(chart.ok && chart.value.time).toHaveLength(19);
  expect(await stage.client.call('candles.check', { sourceId: BTC_ID })).toEqual({
    ok: true,
    value: {
      problems: [],
      gaps: [{ from: START + 5 * HOUR, to: START + 6 * HOUR, bars: 1, cause: 'exchange' }],
    },
  });
  const format = 'csv' as const;
  const file = await stage.client.call('candles.export', { sourceId: BTC_ID, format });
  expect(file).toMatchObject({ value: { fileName: 'BTC-USDT_1h.csv', mimeType: 'text/csv' } });
  expect(file.ok && new TextDecoder().decode(file.value.bytes).split('\n')).toHaveLength(21);
});

it('is cancelled in the middle, and what it has read stays', async () => {
  const { history } = held();
  const stage = await aDownloadStage(async () => history);
  const downloadId = await stage.start(BTC);
  const events = await stage.watched(downloadId, ({ pages }) => {
    if (pages === 1) void stage.client.call('downloads.cancel', { downloadId });
  });
  expect(events.at(-1)).toMatchObject({ state: 'cancelled', pages: 1, error: null });
  expect(await stage.series()).toMatchObject([{ bars: 5 }]);
});

it('waits for the one before it, is cancelled while it waits, and is listed', async () => {
  const { history, release } = held();
  const stage = await aDownloadStage(async () => history);
  const first = await stage.start(BTC);
  const second = await stage.start({ ...BTC, timeframe: '4h' });
  expect(await stage.client.call('downloads.start', { ...BTC, from: 0 })).toMatchObject({
    error: { code: 'DOWNLOAD_BUSY' },
  });
  await stage.client.call('downloads.cancel', { downloadId: second });
  expect(states(await stage.watched(second))).toEqual(['cancelled']);
  release();
  await stage.watched(first);
  expect((await stage.list()).map(({ id, progress }) => [id, progress.state])).toEqual([
    [second, 'cancelled'],
    [first, 'done'],
  ]);
});

it('fails with a sentence', async () => {
  const away = async () => fail('FEED_UNAVAILABLE', 'Binance US cannot be reached.');
  const stage = await aDownloadStage(async () => ({ ...table(), page: away }));
  expect((await stage.watched(await stage.start(BTC))).at(-1)).toMatchObject({
    state: 'failed',
    error: { code: 'FEED_UNAVAILABLE', sentence: 'Binance US cannot be reached.' },
  });
  expect(await stage.series()).toEqual([]);
});

it('that breaks down says so, and the next one is not held up', async () => {
  let opened = 0;
  const stage = await aDownloadStage(async () => {
    opened += 1;
    if (opened === 1) throw new Error('No library.');
    return table();
  });
  const first = await stage.watched(await stage.start(BTC));
  expect(first.at(-1)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
  expect(stage.faults.map(String)).toEqual(['Error: No library.']);
  expect((await stage.watched(await stage.start(BTC))).at(-1)?.state).toBe('done');
});

it.each([
  ['a pair without a slash', { symbol: 'BTCUSDT' }],
  ['an end before its start', { to: START }],
])('is refused with %s', async (_, change) => {
  const stage = await aDownloadStage(async () => table());
  const answer = await stage.client.call('downloads.start', { ...BTC, ...change });
  expect(answer).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_INVALID' } });
});

it('that does not exist is said to be gone', async () => {
  const stage = await aDownloadStage(async () => table());
  await expect(stage.watched('gone')).rejects.toThrow('DOWNLOAD_NOT_FOUND');
  expect(await stage.client.call('downloads.cancel', { downloadId: 'gone' })).toMatchObject({
    error: { code: 'DOWNLOAD_NOT_FOUND' },
  });
});

it('is over before the app is, and its series is deleted like a file', async () => {
  const { history } = held();
  const stage = await aDownloadStage(async () => history);
  const id = await stage.start(BTC);
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = stage.watched(id, ({ pages }) => pages === 1 && resolve());
  await promise;
  expect(await stage.client.call('candles.delete', { sourceId: BTC_ID })).toMatchObject({
    error: { code: 'CANDLE_SOURCE_NOT_FOUND' },
  });
  await stage.close();
  expect((await over).at(-1)?.state).toBe('cancelled');
  expect(await stage.client.call('downloads.start', BTC)).toMatchObject({ ok: false });
  const release = await stage.store.lock(BTC);
  expect(await stage.client.call('candles.delete', { sourceId: BTC_ID })).toMatchObject({
    error: { code: 'DOWNLOAD_BUSY' },
  });
  release?.();
  await stage.client.call('candles.delete', { sourceId: BTC_ID });
  expect(await stage.series()).toEqual([]);
  expect(await stage.store.list(() => {})).toEqual([]);
});
