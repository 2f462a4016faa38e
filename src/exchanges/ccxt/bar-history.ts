/** An exchange's closed bars from as far back as it keeps them, page by page, with the patience of a long download. */

import type { OHLCV } from 'ccxt';
import type { CandleRow } from '../../core/domain/candles.ts';
import { ok, type Result } from '../../core/domain/result.ts';
import { DAY_MS, timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { FeedFailure } from '../../core/ports/market-feed.ts';
import { formingBar } from './bar-clock.ts';
import { reachMs, readBars } from './bar-pages.ts';
import type { FeedClock } from './feed-clock.ts';
import { readFailure, refused, symbolUnknown, unreadable, type Read } from './feed-errors.ts';
import { publicFetch, type Fetch } from './public-fetch.ts';
import { createPublicReader } from './public-reader.ts';
import { createRatePause } from './rate-pause.ts';
import { askPatiently, toldToWait, type Patience } from './retry.ts';
import { venue as venueOf, type VenueId } from './venues.ts';

export interface BarHistoryOptions {
  readonly venue: VenueId;
  readonly clock: FeedClock;
  /** From 0 inclusive to 1 exclusive: spreads retries. */
  readonly random: () => number;
  /** How requests leave; the platform's by default. */
  readonly fetch?: Fetch;
  /** ms until an unanswered request is given up. */
  readonly timeoutMs?: number;
  /** ms between two requests, in place of the exchange's own limit: for a server that is not the exchange. */
  readonly requestGapMs?: number;
}

export interface Reach {
  /** Start of the earliest bar that the exchange tells, ms UTC; 0 where it tells all that it has. */
  readonly earliest: number;
  /** Start of the first bar that is not yet settled, ms UTC. */
  readonly end: number;
}

export interface WantedPage {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Start of the first bar, ms UTC. */
  readonly from: number;
  /** Start of the first bar that is not wanted, ms UTC: at most the end of the reach. */
  readonly to: number;
}

export interface BarPage {
  /** Oldest first, without gaps made up. */
  readonly bars: readonly CandleRow[];
  /** All that there is before this time is told, ms UTC: where the next page begins, or the end of what was wanted. */
  readonly next: number;
}

/** Failures are for a person: each came after minutes of asking again, or cannot be mended by it. */
export interface BarHistory {
  /** As shown to the person: `Binance US`. */
  readonly name: string;
  /** What can be read now. Refuses a pair or a timeframe that the exchange does not have. */
  reach(symbol: string, timeframe: Timeframe): Promise<Result<Reach, FeedFailure>>;
  page(wanted: WantedPage): Promise<Result<BarPage, FeedFailure>>;
  /** Ends every request. */
  close(): void;
}

const TIMEOUT_MS = 15_000;
/** Exchanges correct a bar shortly after its end, and some tell it only then. */
const SETTLES_AFTER_MS = 5_000;
/** Patience with an exchange or a network that is away: about two minutes. */
const ROUNDS = 5;
const BETWEEN_ROUNDS_MS = 10_000;
/** A ban for longer is told to the person instead of waited for. */
const LONGEST_PAUSE_MS = 15 * 60_000;

export function openBarHistory(options: BarHistoryOptions): BarHistory {
  const { clock, random, requestGapMs, timeoutMs = TIMEOUT_MS } = options;
  const venue = venueOf(options.venue);
  const now = (): number => clock.now();
  const closing = new AbortController();
  const pause = createRatePause(now);
  const exchange = venue.open({
    timeout: timeoutMs,
    enableRateLimit: true,
    ...(requestGapMs === undefined ? {} : { rateLimit: requestGapMs }),
    fetchImplementation: publicFetch({
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      pause,
      closing: closing.signal,
      now,
    }),
  });
  const reader = createPublicReader(exchange, venue, now);
  const patience: Patience = { clock, random, pauseMs: pause.leftMs, closing: closing.signal };

  const ask = async <T>(call: () => Promise<T>): Promise<Read<T>> => {
    try {
      return ok(await call());
    } catch (error) {
      return readFailure(error, venue.name);
    }
  };

  const readReach = async (symbol: string, timeframe: Timeframe): Promise<Read<Reach>> => {
    const markets = await ask(() => exchange.loadMarkets(true));
    if (!markets.ok) return markets;
    const market = Object.hasOwn(markets.value, symbol) ? markets.value[symbol] : undefined;
    if (market?.spot !== true) return symbolUnknown(venue.name, symbol);
    if (!Object.hasOwn(exchange.timeframes, timeframe)) {
      return refused(`${venue.name} has no bars of ${timeframe}; choose another timeframe.`);
    }
    const offset = await reader.clockOffset();
    if (!offset.ok) return offset;
    const time = now() + offset.value;
    const keepsAll = venue.answersWith !== 'latest';
    const earliest = keepsAll ? 0 : formingBar(timeframe, time) - reachMs(venue, timeframe);
    return ok({ earliest, end: formingBar(timeframe, time - SETTLES_AFTER_MS) });
  };

  const readPage = async ({ symbol, timeframe, from, to }: WantedPage): Promise<Read<BarPage>> => {
    const length = timeframeMs(timeframe);
    const end = Math.min(to, from + venue.barsPerPage * length);
    const unusable = unreadable(venue.name, `bars of ${symbol}`);
    let last: LastAnswer = { since: from, rows: [] };
    const read = await readBars(
      { timeframe, from, to: end },
      venue,
      async (since, limit) => {
        const rows = await ask(() => exchange.fetchOHLCV(symbol, timeframe, since, limit));
        if (!rows.ok) return rows;
        last = { since, rows: rows.value };
        // After an outage Binance has begun some bars in the middle of their time: those are none of the timeframe's.
        return ok(rows.value.filter(([time]) => time === undefined || time % length === 0));
      },
      unusable,
    );
    if (!read.ok) return read;
    const next = await after(last, { symbol, timeframe, from: end, to });
    if (!next.ok) return next;
    return ok({ bars: read.value, next: next.value });
  };

  /** Up to when everything is told by the last answer of a page that ends at `from`. */
  const after = async (
    { since, rows: [first] }: LastAnswer,
    { symbol, timeframe, from, to }: WantedPage,
  ): Promise<Read<number>> => {
    if (venue.answersWith === 'latest') return ok(to);
    if (first?.[0] !== undefined)
      return ok(Math.max(from, Math.min(formingBar(timeframe, first[0]), to)));
    if (venue.answersWith === 'window') return afterEmptyWindow({ symbol, timeframe, from, to });
    // "No bars from here on" is not believed where there is a later one.
    const newest = await ask(() => exchange.fetchOHLCV(symbol, timeframe, undefined, 1));
    if (!newest.ok) return newest;
    const time = newest.value.at(-1)?.[0] ?? 0;
    return time >= since ? unreadable(venue.name, `no bars of ${symbol}`) : ok(to);
  };

  /** Years before a pair was there would be thousands of windows of minutes: its days are looked at first. */
  const afterEmptyWindow = async ({
    symbol,
    timeframe,
    from,
    to,
  }: WantedPage): Promise<Read<number>> => {
    const day = formingBar('1d', from);
    const days = await ask(() => exchange.fetchOHLCV(symbol, '1d', day, venue.barsPerPage));
    if (!days.ok) return days;
    const first = days.value.find(([start]) => start !== undefined && start >= day)?.[0];
    const next = first ?? day + venue.barsPerPage * DAY_MS;
    return ok(Math.max(from, Math.min(formingBar(timeframe, next), to)));
  };

  return {
    name: venue.name,
    reach: (symbol, timeframe) => askLong(() => readReach(symbol, timeframe), patience),
    page: (wanted) => askLong(() => readPage(wanted), patience),
    close: () => closing.abort(),
  };
}

interface LastAnswer {
  readonly since: number;
  readonly rows: readonly OHLCV[];
}

/** Rounds of asking, between which the exchange is left alone as long as it wants to be. */
async function askLong<T>(
  ask: () => Promise<Read<T>>,
  patience: Patience,
): Promise<Result<T, FeedFailure>> {
  for (let round = 1; ; round += 1) {
    const pause = patience.pauseMs();
    if (pause > LONGEST_PAUSE_MS) return toldToWait(pause);
    if (pause > 0) await rest(pause, patience);
    const answer = await askPatiently(ask, patience);
    const isLast = round === ROUNDS || patience.closing.aborted;
    if (answer.ok || answer.error.code !== 'FEED_UNAVAILABLE' || isLast) return answer;
    if (patience.pauseMs() === 0) await rest(BETWEEN_ROUNDS_MS * round, patience);
  }
}

/** Resolves after `ms`, or when the history is closed. */
function rest(ms: number, { clock, closing }: Patience): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.setTimer(ms, resolve);
  closing.addEventListener('abort', () => resolve(), { once: true });
  if (closing.aborted) resolve();
  return promise.finally(cancel);
}
