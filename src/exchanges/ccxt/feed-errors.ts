/** What went wrong with a read, from ccxt's error: a code, a sentence a person can act on, and whether to ask again. */

import {
  ArgumentsRequired,
  AuthenticationError,
  BadRequest,
  BadSymbol,
  DDoSProtection,
  ExchangeNotAvailable,
  NetworkError,
  NotSupported,
  OnMaintenance,
  RateLimitExceeded,
  RequestTimeout,
  RestrictedLocation,
} from 'ccxt';
import type { FeedFailure } from '../../core/ports/market-feed.ts';
import { fail } from '../../core/domain/result.ts';

/** The answer of one attempt. `retry` says that asking again may help. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FeedFailure; readonly retry: boolean };

export type FailedRead = Extract<Read<never>, { ok: false }>;

interface Meaning {
  readonly classes: readonly (new (message: string) => Error)[];
  readonly code: FeedFailure['code'];
  readonly retry: boolean;
  readonly says: (venue: string) => string;
}

/** The first row that fits is the meaning: a class stands before the classes that it extends. */
const MEANINGS: readonly Meaning[] = [
  {
    classes: [BadSymbol],
    code: 'SYMBOL_UNKNOWN',
    retry: false,
    says: (venue) => `${venue} does not know this pair any more; choose another.`,
  },
  {
    classes: [RestrictedLocation],
    code: 'FEED_REFUSED',
    retry: false,
    says: (venue) => `${venue} does not serve the place you connect from; choose another exchange.`,
  },
  {
    classes: [AuthenticationError],
    code: 'FEED_REFUSED',
    retry: false,
    says: (venue) => `${venue} does not let us read its prices; choose another exchange.`,
  },
  {
    classes: [BadRequest, NotSupported, ArgumentsRequired],
    code: 'FEED_REFUSED',
    retry: false,
    says: (venue) => `${venue} refused what it was asked for; a newer version of the app may help.`,
  },
  {
    classes: [DDoSProtection, RateLimitExceeded],
    code: 'FEED_UNAVAILABLE',
    retry: true,
    says: (venue) =>
      `${venue} says it was asked too often; reading goes on when it allows it again.`,
  },
  {
    classes: [OnMaintenance],
    code: 'FEED_UNAVAILABLE',
    retry: true,
    says: (venue) => `${venue} is under maintenance; wait until it is back.`,
  },
  {
    classes: [ExchangeNotAvailable],
    code: 'FEED_UNAVAILABLE',
    retry: true,
    says: (venue) => `${venue} is not available at the moment; look at its status page.`,
  },
  {
    classes: [RequestTimeout],
    code: 'FEED_UNAVAILABLE',
    retry: true,
    says: (venue) => `${venue} did not answer in time; check the internet connection.`,
  },
  {
    classes: [NetworkError],
    code: 'FEED_UNAVAILABLE',
    retry: true,
    says: (venue) => `${venue} cannot be reached; check the internet connection.`,
  },
];

/** Reading prices twice does no harm, so whatever ccxt has no class for is asked again. */
export function readFailure(thrown: unknown, venue: string): FailedRead {
  const meaning = MEANINGS.find(({ classes }) => classes.some((known) => thrown instanceof known));
  if (meaning === undefined) return unreadable(venue, 'an answer');
  return { ...fail(meaning.code, meaning.says(venue)), retry: meaning.retry };
}

/** @param what - What could not be made sense of: `an order book of BTC/USDT`. */
export function unreadable(venue: string, what: string): FailedRead {
  const sentence = `${venue} sent ${what} that cannot be used; wait, or choose another exchange if it goes on.`;
  return { ...fail('FEED_UNAVAILABLE', sentence), retry: true };
}

/** Something that the exchange does not offer, whenever it is asked. */
export function refused(sentence: string): FailedRead {
  return { ...fail('FEED_REFUSED', sentence), retry: false };
}

export function symbolUnknown(venue: string, symbol: string): FailedRead {
  const sentence = `${venue} has no spot pair ${symbol}; choose one of its pairs, written as in BTC/USDT.`;
  return { ...fail('SYMBOL_UNKNOWN', sentence), retry: false };
}
