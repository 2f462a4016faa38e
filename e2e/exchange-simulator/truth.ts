/** What really happened at the exchange, in decimal strings: what a client's books must agree with. */

import { formatUnits } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import type { Fill, Order, OrderStatus, OrderType, Side } from './matching/order.ts';

export interface TrueOrder {
  readonly orderId: number;
  /** −1 outside a list. */
  readonly listId: number;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly status: OrderStatus;
  readonly quantity: string;
  readonly price: string;
  readonly stopPrice: string;
  readonly filled: string;
  readonly filledQuote: string;
  /** ms UTC. */
  readonly createdAt: number;
}

export interface TrueFill {
  readonly tradeId: number;
  readonly orderId: number;
  readonly symbol: string;
  readonly side: Side;
  readonly price: string;
  readonly quantity: string;
  readonly quote: string;
  readonly commission: string;
  readonly commissionAsset: string;
  readonly isMaker: boolean;
  /** ms UTC. */
  readonly time: number;
}

export interface Truth {
  /** ms UTC. */
  readonly time: number;
  readonly prices: Readonly<Record<string, string>>;
  readonly balances: Readonly<Record<string, { readonly free: string; readonly locked: string }>>;
  /** Oldest first. */
  readonly orders: readonly TrueOrder[];
  readonly fills: readonly TrueFill[];
}

export function accountTruth(exchange: Exchange): Truth {
  return {
    time: exchange.now(),
    prices: Object.fromEntries(
      exchange.symbols.map(({ name }) => [name, formatUnits(exchange.market(name)?.last() ?? 0n)]),
    ),
    balances: Object.fromEntries(
      exchange.account
        .balances()
        .map(({ asset, free, locked }) => [
          asset,
          { free: formatUnits(free), locked: formatUnits(locked) },
        ]),
    ),
    orders: exchange.store.all().map(trueOrder),
    fills: exchange.store.fills().map(trueFill),
  };
}

export function trueOrder(order: Order): TrueOrder {
  const { orderId, listId, clientOrderId, symbol, side, type, status, createdAt } = order;
  return {
    orderId,
    listId,
    clientOrderId,
    symbol,
    side,
    type,
    status,
    quantity: formatUnits(order.quantity),
    price: formatUnits(order.price),
    stopPrice: formatUnits(order.stopPrice),
    filled: formatUnits(order.filled),
    filledQuote: formatUnits(order.filledQuote),
    createdAt,
  };
}

function trueFill(fill: Fill): TrueFill {
  const { tradeId, orderId, symbol, side, commissionAsset, isMaker, time } = fill;
  return {
    tradeId,
    orderId,
    symbol,
    side,
    price: formatUnits(fill.price),
    quantity: formatUnits(fill.quantity),
    quote: formatUnits(fill.quote),
    commission: formatUnits(fill.commission),
    commissionAsset,
    isMaker,
    time,
  };
}
