/** The exchanges that prices are read from; how they differ is a row here, not a branch elsewhere. */

import { binance, binanceus, coinbase, kraken, pro, type Exchange } from 'ccxt';

/** What every exchange object is opened with. */
export interface ExchangeSettings {
  /** ms until an unanswered request is given up. */
  readonly timeout: number;
  readonly enableRateLimit: boolean;
  /** ms between two requests; left out, the exchange's own. */
  readonly rateLimit?: number;
  readonly fetchImplementation: (url: string, init: RequestInit) => Promise<Response>;
}

/** How order books are streamed. */
export interface VenueStream {
  /** @param server - `ws://HOST:PORT` in place of the exchange's own. */
  readonly open: (settings: ExchangeSettings, server?: string) => Exchange;
  /** Levels of each side that the exchange is asked for; it does not take every number. */
  readonly levels: number;
  /** Whether the exchange goes on telling that many as the price moves, or the changes to those at the beginning. */
  readonly window: 'follows' | 'fixed';
}

export interface Venue {
  /** As shown to the person. */
  readonly name: string;
  readonly open: (settings: ExchangeSettings) => Exchange;
  /** Most bars in one answer. */
  readonly barsPerPage: number;
  /**
   * What "bars from a time on" is answered with: the `next` bars that there are, however far away; those in the
   * `window` of one page after it, which may be none although later ones exist; or the `latest` page and nothing older.
   */
  readonly answersWith: 'next' | 'window' | 'latest';
  /** `null` where order books are polled alone. */
  readonly stream: VenueStream | null;
}

// Spot alone: the global exchange would otherwise be asked for its futures' markets too.
const SPOT_ONLY = { fetchMarkets: { types: ['spot'] }, fetchMargins: false };

// One try for the book that the changes begin with: what fails is dialled again, later and later.
const BINANCE_STREAM = { ...SPOT_ONLY, watchOrderBook: { maxRetries: 1 } };

/**
 * Binance tells changes, every 100 ms, to a book that is read once by REST; ccxt ends the stream at a hole in them.
 * @param levels - That are read: the more, the later the price moves beyond them, and the more it costs of the number of
 *   requests that Binance allows.
 */
const binanceStream = (
  Pro: typeof pro.binance | typeof pro.binanceus,
  levels: number,
): VenueStream => ({
  open: (settings, server) =>
    new Pro({ ...settings, ...at(server, 'spot', '/ws'), options: BINANCE_STREAM }),
  levels,
  window: 'fixed',
});

function at(server: string | undefined, name: string, path: string): object {
  return server === undefined ? {} : { urls: { api: { ws: { [name]: `${server}${path}` } } } };
}

const VENUES = {
  binanceus: {
    name: 'Binance US',
    open: (settings) => new binanceus({ ...settings, options: SPOT_ONLY }),
    barsPerPage: 1_000,
    answersWith: 'next',
    stream: binanceStream(pro.binanceus, 500),
  },
  binance: {
    name: 'Binance',
    open: (settings) => new binance({ ...settings, options: SPOT_ONLY }),
    barsPerPage: 1_000,
    answersWith: 'next',
    stream: binanceStream(pro.binance, 1_000),
  },
  kraken: {
    name: 'Kraken',
    open: (settings) => new kraken({ ...settings }),
    barsPerPage: 720,
    answersWith: 'latest',
    stream: {
      open: (settings, server) => new pro.kraken({ ...settings, ...at(server, 'publicV2', '/v2') }),
      levels: 25,
      window: 'follows',
    },
  },
  coinbase: {
    name: 'Coinbase',
    // Its currencies are three more requests, and none of its markets' rules depends on them.
    open: (settings) => new coinbase({ ...settings, has: { fetchCurrencies: false } }),
    barsPerPage: 300,
    answersWith: 'window',
    // Its stream begins with the whole book, thousands of levels, and ccxt does not look at its sequence.
    stream: null,
  },
} as const satisfies Readonly<Record<string, Venue>>;

export type VenueId = keyof typeof VENUES;

export const DEFAULT_VENUE: VenueId = 'binanceus';

export function venue(id: VenueId): Venue {
  return VENUES[id];
}
