/** What an error means for an order that was being sent, cancelled or looked up; and what a person can do about it. */

import {
  AuthenticationError,
  BadRequest,
  BadSymbol,
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
import { CanWithdraw } from './key-rights.ts';

/**
 * `refused`: nothing was done. `unknown`: it may have been done. `not-found`: there is no such order. `exists`: the
 * client id was used before, so an earlier sending has arrived. `unavailable`: nothing was done, and asking again helps.
 */
export type OrderErrorKind = 'refused' | 'unknown' | 'not-found' | 'exists' | 'unavailable';

export interface OrderError {
  readonly kind: OrderErrorKind;
  readonly sentence: string;
}

interface Row {
  readonly matches: (error: unknown, text: string) => boolean;
  readonly kind: OrderErrorKind;
  readonly says: (venue: string) => string;
}

const isA =
  (...classes: readonly (new (message: string) => Error)[]) =>
  (error: unknown): boolean =>
    classes.some((known) => error instanceof known);

/** The first row that fits: what a class cannot tell, the exchange's own code or word in the text does. */
const ROWS: readonly Row[] = [
  {
    matches: isA(CanWithdraw),
    kind: 'refused',
    says: (venue) =>
      `This key can withdraw from ${venue}, so it is refused: make one that may read and trade, and nothing else.`,
  },
  {
    // Once a private call has worked, ccxt takes Binance's -2015 for a rate limit.
    matches: (error, text) => text.includes('-2015') || isA(PermissionDenied)(error),
    kind: 'refused',
    says: (venue) =>
      `${venue} says the key is not allowed to trade: enable spot trading for it, or check its list of IP addresses.`,
  },
  {
    matches: (error, text) => isA(AuthenticationError)(error) || text.includes('Invalid signature'),
    kind: 'refused',
    says: (venue) => `${venue} does not accept the key: check key and secret, or make a new pair.`,
  },
  {
    matches: isA(InvalidNonce),
    kind: 'refused',
    says: (venue) =>
      `This computer's clock differs from ${venue}'s: set it to network time and try again.`,
  },
  {
    matches: isA(InsufficientFunds),
    kind: 'refused',
    says: (venue) => `${venue} says there is not enough money for the order.`,
  },
  {
    matches: (error, text) => isA(DuplicateOrderId)(error) || text.includes('Duplicate order'),
    kind: 'exists',
    says: (venue) => `${venue} has an order with this id already.`,
  },
  {
    matches: isA(OrderNotFound),
    kind: 'not-found',
    says: (venue) => `${venue} has no such order.`,
  },
  {
    matches: isA(BadSymbol),
    kind: 'refused',
    says: (venue) => `${venue} does not trade this pair any more.`,
  },
  {
    matches: (_, text) => /NOTIONAL|minimum not met/i.test(text),
    kind: 'refused',
    says: (venue) => `The order is worth less than the least that ${venue} takes.`,
  },
  {
    matches: isA(InvalidOrder, BadRequest),
    kind: 'refused',
    says: (venue) =>
      `${venue} refuses the order as it is: its price or amount breaks a rule of the pair.`,
  },
  {
    // Told before the order is looked at.
    matches: (error, text) =>
      isA(DDoSProtection, RateLimitExceeded)(error) || text.includes('RESOURCE_EXHAUSTED'),
    kind: 'unavailable',
    says: (venue) => `${venue} says it was asked too often.`,
  },
  {
    matches: isA(OnMaintenance),
    kind: 'unavailable',
    says: (venue) => `${venue} is under maintenance.`,
  },
  {
    // Binance's -1006 and -1007, and every 5xx: the order may exist.
    matches: isA(RequestTimeout, ExchangeNotAvailable, NetworkError),
    kind: 'unknown',
    says: (venue) => `${venue} did not answer in time.`,
  },
];

/** Whatever nobody has foreseen may have happened after the order took effect. */
const UNFORESEEN: Pick<Row, 'kind' | 'says'> = {
  kind: 'unknown',
  says: (venue) => `${venue} gave an answer that cannot be made sense of.`,
};

export function orderError(error: unknown, venue: string): OrderError {
  const text = error instanceof Error ? error.message : String(error);
  const { kind, says } = ROWS.find(({ matches }) => matches(error, text)) ?? UNFORESEEN;
  return { kind, sentence: says(venue) };
}
