/** One read of an exchange's public data, tried once: what ccxt throws comes back as a value. */

import type { Exchange, MarketInterface, OHLCV } from 'ccxt';
import type { CandleRow } from '../../core/domain/candles.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import { ok } from '../../core/domain/result.ts';
import { DAY_MS, MINUTE_MS, type Timeframe } from '../../core/domain/timeframe.ts';
import type { Quote } from '../../core/ports/market-feed.ts';
import { firstBarFrom, formingBar } from './bar-clock.ts';
import { reachMs, readBars, type BarRange } from './bar-pages.ts';
import { readFailure, refused, symbolUnknown, unreadable, type Read } from './feed-errors.ts';
import { keptFresh } from './fresh.ts';
import { instrumentFromMarket } from './market-rules.ts';
import { BOOK_LEVELS, quoteFromBook } from './order-book.ts';
import { tradingStatus } from './pair-status.ts';
import type { Venue } from './venues.ts';

export interface PublicReader {
  /** ms to add to our clock for the exchange's. It may lag behind by a request's journey, and is never ahead. */
  clockOffset(): Promise<Read<number>>;
  /** The exchange's clock, asked anew, ms UTC. */
  serverTime(): Promise<Read<number>>;
  instrument(symbol: string): Promise<Read<Instrument>>;
  /** Timed by the exchange's clock. */
  quote(symbol: string): Promise<Read<Quote>>;
  /** Bars that start from `from` on and before `to`, ms UTC, and are closed by the exchange's clock. */
  closedBars(
    symbol: string,
    timeframe: Timeframe,
    from: number,
    to: number,
  ): Promise<Read<readonly CandleRow[]>>;
  /** Closed bars that start from `from` on, or as far back as can be read. */
  newBars(symbol: string, timeframe: Timeframe, from: number): Promise<Read<readonly CandleRow[]>>;
}

const RULES_LIFE_MS = DAY_MS;
/** A clock that is set right in the meantime misleads us no longer than this. */
const OFFSET_LIFE_MS = 10 * MINUTE_MS;

export function createPublicReader(
  exchange: Exchange,
  venue: Venue,
  now: () => number,
): PublicReader {
  const ask = async <T>(call: () => Promise<T>): Promise<Read<T>> => {
    try {
      return ok(await call());
    } catch (error) {
      return readFailure(error, venue.name);
    }
  };

  // loadMarkets() without `true` answers with its first failure for ever.
  const markets = keptFresh(() => ask(() => exchange.loadMarkets(true)), RULES_LIFE_MS, now);

  const serverTime = async (): Promise<Read<number>> => {
    const time = await ask(() => exchange.fetchTime());
    if (!time.ok) return time;
    return time.value ? ok(time.value) : unreadable(venue.name, 'a time');
  };

  const clockOffset = keptFresh(
    async () => {
      const time = await serverTime();
      return time.ok ? ok(time.value - now()) : time;
    },
    OFFSET_LIFE_MS,
    now,
  );

  const market = async (symbol: string): Promise<Read<MarketInterface>> => {
    const known = await markets();
    if (!known.ok) return known;
    const found = Object.hasOwn(known.value, symbol) ? known.value[symbol] : undefined;
    return found?.spot === true ? ok(found) : symbolUnknown(venue.name, symbol);
  };

  /** Starts of the earliest bar that can be read and of the one that is forming. */
  const readable = async (symbol: string, timeframe: Timeframe): Promise<Read<Readable>> => {
    const found = await market(symbol);
    if (!found.ok) return found;
    if (!Object.hasOwn(exchange.timeframes, timeframe)) return lengthUnknown(venue, timeframe);
    const offset = await clockOffset();
    if (!offset.ok) return offset;
    const forming = formingBar(timeframe, now() + offset.value);
    return ok({ earliest: forming - reachMs(venue, timeframe), forming });
  };

  const readRange = (symbol: string, range: BarRange): Promise<Read<readonly CandleRow[]>> => {
    const page = (since: number, limit: number): Promise<Read<readonly OHLCV[]>> =>
      ask(() => exchange.fetchOHLCV(symbol, range.timeframe, since, limit));
    return readBars(range, venue, page, unreadable(venue.name, `bars of ${symbol}`));
  };

  return {
    clockOffset,
    serverTime,
    instrument: async (symbol) => {
      const found = await market(symbol);
      if (!found.ok) return found;
      if (tradingStatus(found.value) === 'trades') return ok(instrumentFromMarket(found.value));
      return refused(
        `${venue.name} has halted trading of ${symbol}; choose another pair, or wait.`,
      );
    },
    quote: async (symbol) => {
      const found = await market(symbol);
      if (!found.ok) return found;
      const offset = await clockOffset();
      if (!offset.ok) return offset;
      const book = await ask(() => exchange.fetchOrderBook(symbol, BOOK_LEVELS));
      if (!book.ok) return book;
      const quote = quoteFromBook(symbol, book.value, now() + offset.value);
      return quote === null ? unreadable(venue.name, `an order book of ${symbol}`) : ok(quote);
    },
    closedBars: async (symbol, timeframe, from, to) => {
      const limits = await readable(symbol, timeframe);
      if (!limits.ok) return limits;
      const { earliest, forming } = limits.value;
      const range = {
        timeframe,
        from: firstBarFrom(timeframe, from),
        to: Math.min(firstBarFrom(timeframe, to), forming),
      };
      if (range.from < earliest && range.from < range.to) {
        return tooFarBack(venue, timeframe, earliest);
      }
      return readRange(symbol, range);
    },
    newBars: async (symbol, timeframe, from) => {
      const limits = await readable(symbol, timeframe);
      if (!limits.ok) return limits;
      const { earliest, forming } = limits.value;
      const begin = Math.max(firstBarFrom(timeframe, from), earliest);
      return readRange(symbol, { timeframe, from: begin, to: forming });
    },
  };
}

interface Readable {
  readonly earliest: number;
  readonly forming: number;
}

function lengthUnknown(venue: Venue, timeframe: Timeframe): Read<never> {
  return refused(
    `${venue.name} has no bars of ${timeframe}; choose another timeframe or exchange.`,
  );
}

function tooFarBack(venue: Venue, timeframe: Timeframe, earliest: number): Read<never> {
  const start = new Date(earliest).toISOString().slice(0, 16).replace('T', ' ');
  return refused(
    `Bars of ${timeframe} from ${venue.name} can be read from ${start} UTC on; ask for less, or for longer bars.`,
  );
}
