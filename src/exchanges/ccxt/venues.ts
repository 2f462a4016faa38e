/** The exchanges that prices are read from; how they differ is a row here, not a branch elsewhere. */

import { binance, binanceus, coinbase, kraken, type Exchange } from 'ccxt';

/** What every exchange object is opened with. */
export interface ExchangeSettings {
  /** ms until an unanswered request is given up. */
  readonly timeout: number;
  readonly enableRateLimit: boolean;
  /** ms between two requests; left out, the exchange's own. */
  readonly rateLimit?: number;
  readonly fetchImplementation: (url: string, init: RequestInit) => Promise<Response>;
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
}

// Spot alone: the global exchange would otherwise be asked for its futures' markets too.
const SPOT_ONLY = { fetchMarkets: { types: ['spot'] }, fetchMargins: false };

const VENUES = {
  binanceus: {
    name: 'Binance US',
    open: (settings) => new binanceus({ ...settings, options: SPOT_ONLY }),
    barsPerPage: 1_000,
    answersWith: 'next',
  },
  binance: {
    name: 'Binance',
    open: (settings) => new binance({ ...settings, options: SPOT_ONLY }),
    barsPerPage: 1_000,
    answersWith: 'next',
  },
  kraken: {
    name: 'Kraken',
    open: (settings) => new kraken({ ...settings }),
    barsPerPage: 720,
    answersWith: 'latest',
  },
  coinbase: {
    name: 'Coinbase',
    // Its currencies are three more requests, and none of its markets' rules depends on them.
    open: (settings) => new coinbase({ ...settings, has: { fetchCurrencies: false } }),
    barsPerPage: 300,
    answersWith: 'window',
  },
} as const satisfies Readonly<Record<string, Venue>>;

export type VenueId = keyof typeof VENUES;

export const DEFAULT_VENUE: VenueId = 'binanceus';

export function venue(id: VenueId): Venue {
  return VENUES[id];
}
