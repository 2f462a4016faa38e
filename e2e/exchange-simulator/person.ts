/** A person who trades in the same account on the exchange's own pages, beside whoever holds the key. */

import { z } from 'zod';
import { parseUnits, type Units } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import { isOpen, type Order, type OrderDraft } from './matching/order.ts';

export const personOrderSchema = z.strictObject({
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  /** In the base currency. */
  quantity: z.string(),
  /** Left out for a market order. */
  price: z.string().optional(),
  /** For a stop-limit order, which needs a price too. */
  stopPrice: z.string().optional(),
});

export type PersonOrder = z.output<typeof personOrderSchema>;

/** By the exchange's number, or by an id that whoever placed it gave it. */
export const orderNameSchema = z.union([
  z.strictObject({ orderId: z.int() }),
  z.strictObject({ clientOrderId: z.string() }),
]);

export type OrderName = z.output<typeof orderNameSchema>;

export interface Person {
  /** Throws where the exchange refuses it; its minimums and steps are not asked about. */
  readonly place: (order: PersonOrder) => Order;
  /** Any open order, whoever placed it, and with it the other one of its list. */
  readonly cancel: (name: OrderName) => void;
  readonly cancelAll: () => void;
}

export interface PersonParts {
  readonly exchange: Exchange;
  /** What the pages of this exchange call the person's orders. */
  readonly clientIdOf: (count: number) => string;
  /** The latest open order with this client's id. */
  readonly byClientId: (clientOrderId: string) => Order | undefined;
}

export function createPerson({ exchange, clientIdOf, byClientId }: PersonParts): Person {
  let count = 0;
  const cancel = (order: Order): void => {
    count += 1;
    exchange.engine.cancel(order, clientIdOf(count));
  };
  return {
    place: (asked) => {
      exchange.catchUp();
      if (exchange.market(asked.symbol) === undefined) {
        throw new RangeError(`There is no market ${asked.symbol}.`);
      }
      count += 1;
      const placed = exchange.engine.place(draftOf(asked, clientIdOf(count)));
      if (placed.ok) return placed.value;
      throw new RangeError(placed.refusal.msg);
    },
    cancel: (name) => {
      exchange.catchUp();
      const order =
        'orderId' in name ? exchange.store.byId(name.orderId) : byClientId(name.clientOrderId);
      if (order === undefined || !isOpen(order)) throw new RangeError('No such order is open.');
      cancel(order);
    },
    cancelAll: () => {
      exchange.catchUp();
      for (const { orderId } of exchange.store.open()) {
        const order = exchange.store.byId(orderId);
        // The other one of its list may have taken it along.
        if (order && isOpen(order)) cancel(order);
      }
    },
  };
}

function draftOf(asked: PersonOrder, clientOrderId: string): OrderDraft {
  const { symbol, side, price, stopPrice } = asked;
  if (stopPrice !== undefined && price === undefined) {
    throw new RangeError('A stop needs a price to trade at.');
  }
  const quantity = amountOf(asked.quantity);
  if (quantity === 0n) throw new RangeError('Nothing is ordered.');
  return {
    symbol,
    clientOrderId,
    side: side === 'buy' ? 'BUY' : 'SELL',
    type: stopPrice !== undefined ? 'STOP_LOSS_LIMIT' : price === undefined ? 'MARKET' : 'LIMIT',
    timeInForce: 'GTC',
    quantity,
    quoteQuantity: 0n,
    price: price === undefined ? 0n : amountOf(price),
    stopPrice: stopPrice === undefined ? 0n : amountOf(stopPrice),
  };
}

function amountOf(text: string): Units {
  const value = parseUnits(text);
  if (value === undefined) throw new RangeError(`${text} is no amount.`);
  return value;
}
