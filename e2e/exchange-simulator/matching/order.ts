/** Orders, trades and order lists as the exchange keeps them. */

import type { Units } from '../decimal.ts';
import type { ORDER_TYPES } from '../symbols.ts';
import type { Fees } from './fees.ts';

export type Side = 'BUY' | 'SELL';
export type OrderType = (typeof ORDER_TYPES)[number];
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';
export type OrderStatus = 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED';
export type Execution = 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED';

/** What a client asks for, once its parameters are read. */
export interface OrderDraft {
  readonly symbol: string;
  readonly clientOrderId: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  /** In the base currency. */
  readonly quantity: Units;
  /** What a market order may spend or earn, in the quote currency; 0 where `quantity` decides. */
  readonly quoteQuantity: Units;
  /** 0 for market orders. */
  readonly price: Units;
  /** 0 where there is no trigger. */
  readonly stopPrice: Units;
}

export interface Order extends OrderDraft {
  readonly orderId: number;
  /** −1 outside a list. */
  readonly listId: number;
  /** Those of the moment it was placed. */
  readonly fees: Fees;
  readonly status: OrderStatus;
  /** In the book; a stop is not before it triggers. */
  readonly working: boolean;
  /** ms UTC; −1 for a stop that has not triggered. */
  readonly workingSince: number;
  readonly filled: Units;
  readonly filledQuote: Units;
  /** ms UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Fill {
  readonly tradeId: number;
  readonly orderId: number;
  readonly listId: number;
  readonly symbol: string;
  readonly side: Side;
  readonly price: Units;
  readonly quantity: Units;
  /** Price times quantity. */
  readonly quote: Units;
  readonly commission: Units;
  readonly commissionAsset: string;
  readonly isMaker: boolean;
  /** ms UTC. */
  readonly time: number;
}

/** Two orders over the same coins of which one at most is filled. */
export interface OrderList {
  readonly listId: number;
  readonly clientId: string;
  readonly symbol: string;
  readonly orderIds: readonly [number, number];
  /** ms UTC. */
  readonly createdAt: number;
}

export function isOpen({ status }: Order): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}

export function isStop({ type }: OrderDraft): boolean {
  return type === 'STOP_LOSS_LIMIT' || type === 'TAKE_PROFIT_LIMIT';
}

/** A sell's stop loss and a buy's take profit wait for a fall, the others for a rise. */
export function triggersAt(
  order: Pick<OrderDraft, 'type' | 'side' | 'stopPrice'>,
  last: Units,
): boolean {
  const waitsForFall = (order.type === 'STOP_LOSS_LIMIT') === (order.side === 'SELL');
  return waitsForFall ? last <= order.stopPrice : last >= order.stopPrice;
}
