/** What an error means for an order that was being sent, cancelled or looked up; and what a person can do about it. */

import {
  AccountSuspended,
  AuthenticationError,
  BadRequest,
  BadSymbol,
  CancelPending,
  DDoSProtection,
  DuplicateOrderId,
  ExchangeNotAvailable,
  InsufficientFunds,
  InvalidNonce,
  InvalidOrder,
  NetworkError,
  OnMaintenance,
  OrderNotFound,
  PermissionDenied,
  RateLimitExceeded,
  RequestTimeout,
} from 'ccxt';
import type { ExchangeFailure } from '../../../core/ports/exchange.ts';
import { ToldToWait } from './private-fetch.ts';

/**
 * `refused`: nothing was done. `unknown`: it may have been done. `not-found`: there is no such order. `exists`: the
 * client id was used before, so an earlier sending has arrived. `unavailable`: nothing was done, and asking again helps.
 */
export type OrderErrorKind = 'refused' | 'unknown' | 'not-found' | 'exists' | 'unavailable';

export interface OrderError {
  readonly kind: OrderErrorKind;
  /** What a read that meets it fails with. */
  readonly code: ExchangeFailure['code'];
  /** Whether reading again may help; an order is never sent again. */
  readonly retry: boolean;
  readonly sentence: string;
}

interface Row {
  /** @param text what ccxt says, mostly with the exchange's own answer in it */
  readonly matches: (error: unknown, text: string) => boolean;
  readonly kind: OrderErrorKind;
  readonly says: (venue: string) => string;
}

const isA =
  (...classes: readonly (new (message: string) => Error)[]) =>
  (error: unknown): boolean =>
    classes.some((known) => error instanceof known);

const says =
  (words: RegExp) =>
  (_: unknown, text: string): boolean =>
    words.test(text);

const either =
  (...conditions: readonly Row['matches'][]): Row['matches'] =>
  (error, text) =>
    conditions.some((matches) => matches(error, text));

/** Binance's own code in its answer; an address with an order's id in it can hold the same digits. */
const code = (...codes: readonly number[]): Row['matches'] =>
  says(new RegExp(`"code":\\s*"?(?:${codes.join('|')})\\b`));

/** The first row that fits: what a class cannot tell, the exchange's own code or word in the text does. */
const ROWS: readonly Row[] = [
  {
    // Once a private call has worked, ccxt takes Binance's -2015 for a rate limit.
    matches: either(code(-2015), isA(PermissionDenied), says(/EAccount:Invalid permissions/)),
    kind: 'refused',
    says: (venue) =>
      `${venue} says the key is not allowed to do this: let it read and trade there, or check its list of IP addresses.`,
  },
  {
    matches: isA(AccountSuspended),
    kind: 'refused',
    says: (venue) => `${venue} has locked the account: ask its support why.`,
  },
  {
    matches: either(isA(AuthenticationError), says(/Invalid signature/)),
    kind: 'refused',
    says: (venue) => `${venue} does not accept the key: check key and secret, or make a new pair.`,
  },
  {
    // Kraken's nonce is a count: another program that uses the key counts too.
    matches: says(/EAPI:Invalid nonce/),
    kind: 'unavailable',
    says: (venue) =>
      `${venue} refused a request that came out of turn: give this app a key that nothing else uses.`,
  },
  {
    matches: isA(InvalidNonce),
    kind: 'unavailable',
    says: (venue) =>
      `This computer's clock differs from ${venue}'s: set it to network time and try again.`,
  },
  {
    matches: either(isA(InsufficientFunds), says(/INSUFFICIENT_FUND/)),
    kind: 'refused',
    says: (venue) =>
      `${venue} says there is not enough money for the order: buy for less, or pay in more.`,
  },
  {
    matches: either(isA(DuplicateOrderId), says(/Duplicate order|cl_ord_id already/)),
    kind: 'exists',
    says: (venue) => `${venue} has an order with this id already; it is looked up.`,
  },
  {
    matches: isA(CancelPending),
    kind: 'unknown',
    says: (venue) => `${venue} is still cancelling the order; it is looked up.`,
  },
  {
    matches: isA(OrderNotFound),
    kind: 'not-found',
    says: (venue) => `${venue} has no such order; look at its list of orders.`,
  },
  {
    matches: either(isA(BadSymbol), says(/Unknown asset pair/)),
    kind: 'refused',
    says: (venue) =>
      `${venue} does not trade this pair; choose one of its pairs, written as in BTC/USDT.`,
  },
  {
    matches: says(/MAX_NUM|[Oo]rders limit exceeded/),
    kind: 'refused',
    says: (venue) => `${venue} allows no more open orders: cancel some of them there.`,
  },
  {
    matches: says(/NOTIONAL|minimum not met|MIN_SIZE|too.small/i),
    kind: 'refused',
    says: (venue) => `The order is worth less than the least that ${venue} takes: buy for more.`,
  },
  {
    matches: says(/immediately|STOP_PRICE_ABOVE_LAST|STOP_PRICE_BELOW_LAST/),
    kind: 'refused',
    says: (venue) =>
      `${venue} refuses the order because the price has passed it already: choose another price.`,
  },
  {
    // Told before the order is looked at.
    matches: either(isA(DDoSProtection, RateLimitExceeded), says(/RESOURCE_EXHAUSTED/)),
    kind: 'unavailable',
    says: (venue) => `${venue} says it was asked too often: wait a minute and try again.`,
  },
  {
    matches: isA(OnMaintenance),
    kind: 'unavailable',
    says: (venue) => `${venue} is under maintenance: wait until it is back.`,
  },
  {
    matches: says(/ 451 /),
    kind: 'refused',
    says: (venue) => `${venue} does not serve the place you connect from: choose another exchange.`,
  },
  {
    // Binance's -1006 and -1007, and every 5xx: the order may exist.
    matches: either(
      isA(RequestTimeout, ExchangeNotAvailable, NetworkError),
      says(/Deadline elapsed/),
    ),
    kind: 'unknown',
    says: (venue) =>
      `${venue} did not answer in time: check the internet connection and its status page.`,
  },
  {
    // Whatever else Kraken says of an order, and Binance from -11xx on, is said before it is placed.
    matches: either(
      isA(InvalidOrder, BadRequest),
      says(/"E(?:Order|Query|Trade):|"code":\s*"?-(?:11|2[01])\d\d\b|"success":\s*false/),
    ),
    kind: 'refused',
    says: (venue) =>
      `${venue} refuses the order as it is: its price or amount breaks a rule of the pair; choose others.`,
  },
];

/** Whatever nobody has foreseen may have happened after the order took effect. */
const UNFORESEEN: Pick<Row, 'kind' | 'says'> = {
  kind: 'unknown',
  says: (venue) => `${venue} gave an answer that cannot be made sense of: look at its status page.`,
};

export function orderError(error: unknown, venue: string): OrderError {
  if (error instanceof ToldToWait) return meaning('unavailable', saysToWait(venue, error.ms));
  const text = error instanceof Error ? error.message : String(error);
  const row = ROWS.find(({ matches }) => matches(error, text)) ?? UNFORESEEN;
  return meaning(row.kind, row.says(venue));
}

function meaning(kind: OrderErrorKind, sentence: string): OrderError {
  const retry = kind === 'unknown' || kind === 'unavailable';
  return { kind, code: retry ? 'EXCHANGE_UNAVAILABLE' : 'EXCHANGE_REFUSED', retry, sentence };
}

/** Nothing was sent. */
export function saysToWait(venue: string, ms: number): string {
  return `${venue} asks us to wait ${Math.ceil(ms / 1_000)} s: nothing is sent until then.`;
}
