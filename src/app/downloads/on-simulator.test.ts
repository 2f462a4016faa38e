/** Downloads from the exchange simulator through ccxt as it is: whole, resumed, and under every fault the same. */

import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { FaultInput } from '../../../e2e/exchange-simulator/faults.ts';
import { candlesFromRows } from '../../core/domain/candles.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import { downloadSeries, type DownloadRequest } from './download.ts';
import { SeriesStore } from './series-store.ts';
import { aSimulatedExchange, NOW, type SimulatedExchange } from './testing/simulated-exchange.ts';

const HOUR = 3_600_000;
const SERIES = { exchange: 'binanceus', symbol: 'BTC/USDT', timeframe: '1h' } as const;
const THIS_HOUR = NOW - 30 * 60_000;
/** Three pages. */
const FROM = THIS_HOUR - 2_500 * HOUR;

function download(
  folder: string,
  exchange: SimulatedExchange,
  changes: Partial<DownloadRequest> = {},
  timeoutMs?: number,
) {
  return downloadSeries(
    { series: SERIES, from: FROM, to: null, ...changes },
    {
      store: new SeriesStore(folder),
      history: exchange.open(timeoutMs),
      onProgress: () => {},
      signal: new AbortController().signal,
    },
  );
}

/** Vitest's matchers are typed `any`. */
function containing(words: string): unknown {
  return expect.stringContaining(words);
}

function matching(words: RegExp): unknown {
  return expect.stringMatching(words);
}

async function hashOf(folder: string): Promise<string | undefined> {
  const found = await new SeriesStore(folder).find(SERIES);
  return found.ok ? found.value?.sha256 : undefined;
}

it('keeps what the exchange has, bar for bar, without the one that is forming', async () => {
  const exchange = await aSimulatedExchange();
  const folder = await temporaryFolder();
  const done = await download(folder, exchange);
  expect(done).toMatchObject({ ok: true, value: { bars: 2_500, pages: 3, remark: null } });
  const store = new SeriesStore(folder);
  const kept = done.ok ? await store.load(done.value.series) : done;
  const truth = candlesFromRows(await exchange.hours(FROM, THIS_HOUR));
  expect(kept.ok && kept.value).toEqual(truth);
  expect(exchange.asked).toHaveLength(3);
});

it('asked again, asks the exchange for nothing, and an hour later for one bar', async () => {
  const exchange = await aSimulatedExchange();
  const folder = await temporaryFolder();
  await download(folder, exchange);
  await download(folder, exchange);
  expect(exchange.asked).toHaveLength(3);
  exchange.simulator.control.advance(HOUR);
  expect(await download(folder, exchange)).toMatchObject({ value: { bars: 1, pages: 1 } });
  expect(exchange.asked.slice(3)).toEqual([containing(`startTime=${THIS_HOUR}`)]);
});

it('begins where the pair begins, however early it is asked for', async () => {
  const exchange = await aSimulatedExchange();
  const folder = await temporaryFolder();
  const done = await download(folder, exchange, { from: Date.UTC(2017, 0, 1) });
  expect(done).toMatchObject({ ok: true, value: { bars: 9_599, series: { gaps: [] } } });
  // The years before the pair was there are one page.
  expect(exchange.asked.length).toBeLessThan(13);
});

const FAULTS: readonly (readonly [string, readonly FaultInput[]])[] = [
  ['429 with Retry-After', [{ kind: 'rate-limit', path: '/klines', retryAfterSeconds: 90 }]],
  ['418 with Retry-After', [{ kind: 'ban', path: '/klines', retryAfterSeconds: 300 }]],
  ['broken connections', [{ kind: 'reset', path: '/klines', times: 6 }]],
  ['answers of 502', [{ kind: 'server-error', path: '/klines', status: 502, times: 3 }]],
  ['silence', [{ kind: 'timeout', path: '/klines' }]],
  [
    'all of it',
    [
      { kind: 'reset', path: '/exchangeInfo' },
      { kind: 'server-error', path: '/time', status: 503 },
      { kind: 'rate-limit', path: '/klines', retryAfterSeconds: 20 },
      { kind: 'reset', path: '/klines', times: 2, effect: 'after' },
    ],
  ],
];

it.each(FAULTS)('under %s it comes to the same bytes', async (_, faults) => {
  const exchange = await aSimulatedExchange();
  const [calm, stormy] = [await temporaryFolder(), await temporaryFolder()];
  await download(calm, exchange);
  for (const fault of faults) exchange.simulator.control.fault(fault);
  expect(await download(stormy, exchange, {}, 1_000)).toMatchObject({ ok: true });
  expect(await hashOf(stormy)).toBe(await hashOf(calm));
  expect(exchange.waits.length).toBeGreaterThan(0);
});

it('waits as long as the exchange says, and not for a ban of hours', async () => {
  const exchange = await aSimulatedExchange();
  const folder = await temporaryFolder();
  exchange.simulator.control.fault({ kind: 'ban', path: '/klines', retryAfterSeconds: 7_200 });
  expect(await download(folder, exchange)).toMatchObject({
    ok: false,
    error: { sentence: matching(/asked too often; ask again in 7[12]\d\d seconds/) },
  });
  expect((await readdir(folder)).filter((name) => name.endsWith('.bin'))).toEqual([]);
});

it('gives up on an exchange that stays away, keeps what it has, and goes on from there', async () => {
  const exchange = await aSimulatedExchange();
  const folder = await temporaryFolder();
  await download(folder, exchange, { to: FROM + 1_000 * HOUR });
  exchange.simulator.control.fault({ kind: 'reset', path: '/klines', times: 1_000 });
  expect(await download(folder, exchange)).toMatchObject({
    error: { sentence: 'Binance US cannot be reached; check the internet connection.' },
  });
  exchange.simulator.control.clearFaults();
  const before = exchange.asked.length;
  expect(await download(folder, exchange)).toMatchObject({ ok: true, value: { bars: 1_500 } });
  expect(exchange.asked[before]).toContain(`startTime=${FROM + 1_000 * HOUR}`);
});

it('refuses a pair that the exchange does not have', async () => {
  const exchange = await aSimulatedExchange();
  const series = { ...SERIES, symbol: 'PIG/USDT' };
  expect(await download(await temporaryFolder(), exchange, { series })).toMatchObject({
    error: { code: 'SYMBOL_UNKNOWN', sentence: containing('no spot pair PIG/USDT') },
  });
});
