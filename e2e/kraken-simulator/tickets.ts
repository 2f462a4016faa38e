/** What Kraken knows of an order beside what is matched: its type as asked for, its flags, its client's id. */

import type { Exchange } from '../exchange-simulator/exchange.ts';
import { isOpen, type Order } from '../exchange-simulator/matching/order.ts';

export const ORDER_TYPES = [
  'market',
  'limit',
  'stop-loss',
  'stop-loss-limit',
  'take-profit',
  'take-profit-limit',
] as const;
export type KrakenOrderType = (typeof ORDER_TYPES)[number];

export interface Ticket {
  readonly type: KrakenOrderType;
  readonly clientId: string | undefined;
  readonly userRef: number | undefined;
  readonly flags: readonly string[];
  /** What it waited for before it was in the book; 0 where nothing. */
  readonly trigger: bigint;
  /** 0 for what trades at the market's price. */
  readonly limit: bigint;
}

export interface Tickets {
  /** Of an order that a person placed on the exchange's pages. */
  readonly saveByHand: (order: Order) => void;
  readonly save: (order: Order, ticket: Ticket) => void;
  readonly of: (order: Order) => Ticket;
  /** The open order with this client's id: there is one at most. */
  readonly openByClientId: (clientId: string) => Order | undefined;
}

export function createTickets(exchange: Exchange): Tickets {
  const tickets = new Map<number, Ticket>();
  return {
    save: (order, ticket) => {
      tickets.set(order.orderId, ticket);
    },
    saveByHand: (order) => {
      const { orderId, type, price: limit, stopPrice: trigger } = order;
      const kind = trigger > 0n ? 'stop-loss-limit' : type === 'MARKET' ? 'market' : 'limit';
      tickets.set(orderId, {
        type: kind,
        clientId: undefined,
        userRef: undefined,
        flags: [],
        trigger,
        limit,
      });
    },
    of: ({ orderId }) => {
      const ticket = tickets.get(orderId);
      if (ticket === undefined) throw new Error(`Order ${orderId} has no ticket.`);
      return ticket;
    },
    openByClientId: (clientId) =>
      exchange.store
        .open()
        .find((order) => isOpen(order) && tickets.get(order.orderId)?.clientId === clientId),
  };
}

/** Like `OQCLML-BW3P3-BUCMWZ`, and the same order's at every asking. */
export function txid({ orderId }: Pick<Order, 'orderId'>): string {
  return `OSIMUL-ORDER-${orderId.toString().padStart(6, '0')}`;
}

export function tradeTxid(trade: { readonly tradeId: number }): string {
  return `TSIMUL-TRADE-${trade.tradeId.toString().padStart(6, '0')}`;
}

/** `undefined` for what cannot be an order's or a trade's id. */
export function numberOf(id: string): number | undefined {
  const digits = /^[OT][0-9A-Z]{5}-[0-9A-Z]{5}-([0-9A-Z]{6})$/.exec(id)?.[1];
  if (digits === undefined) return undefined;
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}
