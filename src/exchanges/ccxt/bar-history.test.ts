/** The past of every kind of exchange, page by page: those that tell the next bars, a window of them, or the latest. */

import { expect, it, onTestFinished } from 'vitest';
import type { CandleRow } from '../../core/domain/candles.ts';
import { openBarHistory, type BarHistory } from './bar-history.ts';
import { barAt, createBinanceMarket } from './testing/binance-market.ts';
import { coinbaseAnswers } from './testing/coinbase-answers.ts';
import { NOON } from './testing/feed-fixture.ts';
import { krakenAnswers } from './testing/kraken-answers.ts';
import { json, startLoopback, type Answer, type Loopback } from './testing/loopback.ts';
import type { VenueId } from './venues.ts';

const MINUTE = 60_000;
const DAY = 1_440;

interface Past {
  readonly history: BarHistory;
  readonly exchange: Loopback;
}

async function aPast(venue: VenueId, answer: (url: URL) => Answer | undefined): Promise<Past> {
  const exchange = await startLoopback(answer);
  let waited = 0;
  const history = openBarHistory({
    venue,
    clock: {
      now: () => NOON + waited,
      // Whoever waits is told at once that the time is over.
      setTimer: (ms, callback) => {
        waited += ms;
        const timer = setImmediate(callback);
        return () => clearImmediate(timer);
      },
    },
    random: () => 0,
    fetch: exchange.fetch,
    requestGapMs: 1,
  });
  onTestFinished(() => history.close());
  return { history, exchange };
}

/** Minutes from noon. */
const at = (minute: number): number => NOON + minute * MINUTE;

function minutes(first: number, last: number): readonly CandleRow[] {
  return Array.from({ length: last - first + 1 }, (_, i) => barAt(at(first + i)));
}

/** All pages of a range, as a download reads them. */
async function read({ history }: Past, symbol: string, from: number, to: number) {
  const bars: CandleRow[] = [];
  let pages = 0;
  for (let since = from; since < to; pages += 1) {
    const page = await history.page({ symbol, timeframe: '1m', from: since, to });
    if (!page.ok) throw new Error(page.error.sentence);
    bars.push(...page.value.bars);
    since = page.value.next;
  }
  return { bars, pages };
}

const asked = ({ exchange }: Past, path: string): number =>
  exchange.asked.filter((request) => request.includes(path)).length;

it('Binance: further back than a feed reads, with a hole that is wider than a page', async () => {
  const market = createBinanceMarket(() => NOON);
  for (let minute = -100_000; minute < -97_000; minute += 1) market.withheld.add(at(minute));
  const past = await aPast('binanceus', market.answer);
  const reach = await past.history.reach('BTC/USDT', '1m');
  expect(reach).toEqual({ ok: true, value: { earliest: 0, end: at(-1) } });
  const { bars, pages } = await read(past, 'BTC/USDT', at(-101_000), at(-95_000));
  expect(bars).toEqual([...minutes(-101_000, -100_001), ...minutes(-97_000, -95_001)]);
  expect(pages).toBe(4);
});

it('Binance: a bar counts as closed some seconds after its end', async () => {
  const market = createBinanceMarket(() => NOON);
  market.ahead = 4_999;
  const past = await aPast('binanceus', market.answer);
  expect(await past.history.reach('BTC/USDT', '1m')).toMatchObject({ value: { end: at(-1) } });
  market.ahead = 5_000;
  const later = await aPast('binanceus', market.answer);
  expect(await later.history.reach('BTC/USDT', '1m')).toMatchObject({ value: { end: at(0) } });
});

it('Binance: "no bars" is not believed where there are later ones', async () => {
  const { answer } = createBinanceMarket(() => NOON);
  const past = await aPast('binanceus', (url) => {
    // Asked for no time, Binance tells its newest bars.
    if (url.pathname.endsWith('/klines') && !url.searchParams.has('startTime'))
      url.searchParams.set('startTime', String(NOON));
    return answer(url);
  });
  past.exchange.fault('/klines', json([]));
  const { bars } = await read(past, 'BTC/USDT', at(-50), at(-10));
  expect(bars).toEqual(minutes(-50, -11));
});

it('Binance: a bar that begins in the middle of its time is none', async () => {
  const row = (time: number): unknown => [
    time,
    '2',
    '3',
    '1',
    '2',
    '1',
    time,
    '0',
    1,
    '0',
    '0',
    '0',
  ];
  const { answer } = createBinanceMarket(() => NOON);
  const past = await aPast('binanceus', answer);
  past.exchange.fault('/klines', json([row(at(-5)), row(at(-4) + 17_000)]));
  const { bars } = await read(past, 'BTC/USDT', at(-5), at(-1));
  expect(bars).toEqual([[at(-5), 2, 3, 1, 2, 1], ...minutes(-4, -2)]);
});

it('Binance: the past of a halted pair can still be read', async () => {
  const past = await aPast('binanceus', createBinanceMarket(() => NOON).answer);
  expect((await past.history.reach('LUNA/USDT', '1m')).ok).toBe(true);
});

it('Coinbase: windows, gaps and all, and few of them before the pair was there', async () => {
  const bars = [...minutes(-1_000, -500), ...minutes(-450, 0)];
  const past = await aPast(
    'coinbase',
    coinbaseAnswers(() => NOON, bars),
  );
  const found = await read(past, 'BTC/USD', at(-400 * DAY), at(-100));
  expect(found.bars).toEqual([...minutes(-1_000, -500), ...minutes(-450, -101)]);
  expect(asked(past, '/candles')).toBeLessThan(12);
});

it('Kraken: its latest bars, and that there are no older ones to be had', async () => {
  const past = await aPast(
    'kraken',
    krakenAnswers(() => NOON, minutes(-800, 0)),
  );
  const reach = await past.history.reach('BTC/USD', '1m');
  expect(reach).toEqual({ ok: true, value: { earliest: at(-719), end: at(-1) } });
  const { bars, pages } = await read(past, 'BTC/USD', at(-719), at(-1));
  expect({ bars, pages }).toEqual({ bars: minutes(-719, -2), pages: 1 });
});

it('refuses what an exchange does not have', async () => {
  const past = await aPast(
    'coinbase',
    coinbaseAnswers(() => NOON, []),
  );
  expect(await past.history.reach('PIG/USD', '1m')).toMatchObject({
    error: { code: 'SYMBOL_UNKNOWN' },
  });
  expect(await past.history.reach('BTC/USD', '4h')).toMatchObject({
    ok: false,
    error: { sentence: 'Coinbase has no bars of 4h; choose another timeframe.' },
  });
});

it('ends at once when it is closed', async () => {
  const past = await aPast('binanceus', createBinanceMarket(() => NOON).answer);
  past.exchange.fault('/klines', 'silence');
  const page = past.history.page({ symbol: 'BTC/USDT', timeframe: '1m', from: at(-9), to: at(-1) });
  past.history.close();
  expect(await page).toMatchObject({ ok: false });
});
