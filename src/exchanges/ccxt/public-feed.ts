/** The live market feed for paper trading: an exchange's public data through ccxt, by stream and by polling. It needs no key. */

import type {
  FeedEvent,
  FeedFailure,
  FeedWants,
  MarketFeed,
} from '../../core/ports/market-feed.ts';
import type { Result } from '../../core/domain/result.ts';
import { watchConnection } from './connection-watch.ts';
import type { FeedClock } from './feed-clock.ts';
import type { Read } from './feed-errors.ts';
import { keepReading } from './keep-reading.ts';
import { publicFetch, type Fetch } from './public-fetch.ts';
import { createPublicReader } from './public-reader.ts';
import { createRatePause } from './rate-pause.ts';
import { readBarsAsTheyClose, readQuotes } from './regular-reads.ts';
import { askPatiently, type Patience } from './retry.ts';
import { streamSource, type StreamSource } from './stream/stream-source.ts';
import { keepQuoting } from './stream/streamed-quotes.ts';
import { DEFAULT_VENUE, venue as venueOf, type ExchangeSettings, type VenueId } from './venues.ts';

export interface CcxtFeedOptions {
  readonly venue?: VenueId;
  readonly clock: FeedClock;
  /** From 0 inclusive to 1 exclusive: spreads retries. */
  readonly random: () => number;
  /** How requests leave; the platform's by default. */
  readonly fetch?: Fetch;
  /** ms from one reading of an order book to the next. */
  readonly pollMs?: number;
  /** A stream that tells nothing for this long, ms, is read too; never by default. */
  readonly quietMs?: number;
  /** ms until an unanswered request is given up. */
  readonly timeoutMs?: number;
  /** ms between two requests, in place of the exchange's own limit: for a server that is not the exchange. */
  readonly requestGapMs?: number;
  /** `false` polls order books only; by default the exchange's stream is used where it has one. */
  readonly stream?: boolean;
  /**
   * `ws://HOST:PORT` in place of the exchange's own: for a server that is not the exchange. Without it nothing is
   * streamed where requests leave by another `fetch`: two places' prices would be mixed.
   */
  readonly streamServer?: string;
}

export interface CcxtFeed extends MarketFeed {
  /** Ends every subscription and request. */
  close(): void;
}

const POLL_MS = 10_000;
const TIMEOUT_MS = 5_000;

export function createCcxtFeed(options: CcxtFeedOptions): CcxtFeed {
  const { clock, random, pollMs = POLL_MS, timeoutMs = TIMEOUT_MS, requestGapMs } = options;
  const venue = venueOf(options.venue ?? DEFAULT_VENUE);
  const now = (): number => clock.now();
  const closing = new AbortController();
  const pause = createRatePause(now);
  const settings = (ending: AbortSignal): ExchangeSettings => ({
    timeout: timeoutMs,
    enableRateLimit: true,
    ...(requestGapMs === undefined ? {} : { rateLimit: requestGapMs }),
    fetchImplementation: publicFetch({
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      pause,
      closing: ending,
      now,
    }),
  });
  const exchange = venue.open(settings(closing.signal));
  const reader = createPublicReader(exchange, venue, now);
  const patience: Patience = { clock, random, pauseMs: pause.leftMs, closing: closing.signal };

  const answer = async <T>(ask: () => Promise<Read<T>>): Promise<Result<T, FeedFailure>> => {
    const read = await askPatiently(ask, patience);
    return read.ok ? read : { ok: false, error: read.error };
  };

  const streamOf = (symbol: string): StreamSource | null => {
    const { streamServer: server } = options;
    const isElsewhere = options.fetch !== undefined && server === undefined;
    if (options.stream === false || isElsewhere || venue.stream === null) return null;
    return streamSource({ symbol, stream: venue.stream, server, reader, exchange, settings, now });
  };

  const subscribe = (wants: FeedWants, listener: (event: FeedEvent) => void): (() => void) => {
    const watch = watchConnection(venue.name, listener);
    const parts = { reader, now, pollMs };
    const audience = { listener, watch };
    const ends = [
      ...wants.quotes.map((symbol) => {
        const poll = readQuotes(symbol, parts);
        const source = streamOf(symbol);
        if (source === null) return keepReading(poll, patience, audience);
        const { quietMs = null } = options;
        return keepQuoting({ ...source, poll, quietMs }, patience, audience);
      }),
      ...wants.bars.map(({ symbol, timeframe }) =>
        keepReading(readBarsAsTheyClose(symbol, timeframe, parts), patience, audience),
      ),
    ];
    return () => ends.forEach((end) => end());
  };

  return {
    name: venue.name,
    instrument: (symbol) => answer(() => reader.instrument(symbol)),
    closedBars: (symbol, timeframe, from, to) =>
      answer(() => reader.closedBars(symbol, timeframe, from, to)),
    time: async () => {
      const time = await reader.serverTime();
      return time.ok ? time.value : null;
    },
    subscribe,
    close: () => closing.abort(),
  };
}
