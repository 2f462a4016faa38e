/** What the engine's pump needs of an exchange. Orders go out approved by the risk gate, or not at all. */

import type { RestingExits } from '../bot/desk.ts';
import type { Fee, Fill } from '../domain/fill.ts';
import type { Side } from '../domain/order.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Failure, Result } from '../domain/result.ts';
import type { OrderAllowance } from '../orders/order-budget.ts';
import type { OrderEvent } from '../orders/order-record.ts';
import type { ApprovedOrder } from '../risk/approved-order.ts';
import type { Quote } from './market-feed.ts';

/**
 * What is known right after sending an order. `unknown`: it may or may not exist; look it up. `shown` is the order with
 * the fills that the answer itself told of; `null` where it told none, and for a pair.
 */
export type SubmitAnswer =
  | {
      readonly kind: 'accepted';
      readonly exchangeId: string | null;
      readonly shown: ExchangeOrder | null;
    }
  | { readonly kind: 'rejected'; readonly refusal: Refusal; readonly sentence: string }
  | { readonly kind: 'unknown'; readonly sentence: string };

/**
 * `cancelled` with what it had traded by then, in base (`null` where the exchange does not say);
 * `gone`: it had ended already; look it up to learn how.
 */
export type CancelAnswer =
  | { readonly kind: 'cancelled'; readonly filledAmount: number | null }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly sentence: string };

/** An order as the exchange shows it when asked. */
export interface ExchangeOrder {
  /** The client order id it was sent with; `null` for one that was placed without. */
  readonly orderId: string | null;
  readonly exchangeId: string | null;
  readonly symbol: string;
  /** Left out where the exchange does not say. */
  readonly side?: Side;
  readonly state: 'open' | 'filled' | 'cancelled' | 'expired' | 'rejected';
  /** Oldest first. */
  readonly fills: readonly Fill[];
}

/** What an account holds of a currency: at hand, and promised to open orders. */
export interface HeldAmount {
  readonly free: number;
  readonly locked: number;
}

export type HeldAmounts = Readonly<Record<string, HeldAmount>>;

export function totalHeld(held: HeldAmount | undefined): number {
  return held === undefined ? 0 : held.free + held.locked;
}

/** A trade of the account, whoever made it: this app, another program, or a person. */
export interface AccountTrade {
  /** The exchange's own ids, of the trade and of its order. */
  readonly id: string;
  readonly exchangeOrderId: string | null;
  readonly symbol: string;
  readonly side: Side;
  /** ms UTC. */
  readonly time: number;
  /** In base. */
  readonly amount: number;
  /** In quote. */
  readonly price: number;
  readonly fee: Fee;
}

export type ExchangeFailure = Failure<'EXCHANGE_UNAVAILABLE' | 'EXCHANGE_REFUSED'>;

export type TopOfBook = Pick<Quote, 'bid' | 'ask'>;

export interface ExchangePort {
  /** As shown to the person: `Paper`, `Binance US`. */
  readonly name: string;
  readonly restingExits: RestingExits;
  /**
   * How long an order that was sent may not be found although it has arrived, ms. Only after that time of asking, and
   * together with trades and balances, does "not found" prove that it never did.
   */
  readonly arrivalMs: number;
  /** How many orders it may be sent, under its own limits; left out, the cautious figure holds. */
  readonly orderAllowance?: OrderAllowance;
  /**
   * @param heldBack asked right before the order leaves, after whatever it waited for on the way: why it must not, as a
   * sentence; `null` where it may
   */
  submit(order: ApprovedOrder, heldBack?: () => string | null): Promise<SubmitAnswer>;
  /** A stop and a target of which one fill ends both. Called only where `restingExits` is `pair`. */
  submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<SubmitAnswer>;
  cancel(orderId: string, symbol: string): Promise<CancelAnswer>;
  /** `null` when the exchange has no such order. */
  find(orderId: string, symbol: string): Promise<Result<ExchangeOrder | null, ExchangeFailure>>;
  /** Everything on the book, ours and others'. */
  openOrders(
    symbols: readonly string[],
  ): Promise<Result<readonly ExchangeOrder[], ExchangeFailure>>;
  /** What somebody buys and sells at this moment, in quote; fails where nobody does. */
  topOfBook(symbol: string): Promise<Result<TopOfBook, ExchangeFailure>>;
  /** By currency, whoever put it there and whatever rests. */
  balances(): Promise<Result<HeldAmounts, ExchangeFailure>>;
  /**
   * Trades of the account in these pairs, ours and others', oldest first.
   * @param since ms UTC, inclusive
   */
  trades(
    symbols: readonly string[],
    since: number,
  ): Promise<Result<readonly AccountTrade[], ExchangeFailure>>;
  /** News of our orders as it comes, at least once each. The answer ends it. */
  listen(listener: (event: OrderEvent) => void): () => void;
}
