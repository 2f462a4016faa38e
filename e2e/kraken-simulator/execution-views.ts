/** What the private streams say, in Kraken's words: an order is named in full once, and by its txid alone after that. */

import { ONE, type Units } from '../exchange-simulator/decimal.ts';
import type { UserEvent } from '../exchange-simulator/events.ts';
import type { Fill, Order } from '../exchange-simulator/matching/order.ts';
import type { KrakenPair } from './pairs.ts';
import { tradeTxid, txid, type Ticket } from './tickets.ts';

export interface ViewParts {
  readonly pairOf: (symbol: string) => KrakenPair;
  readonly ticketOf: (order: Order) => Ticket;
}

type Execution = Extract<UserEvent, { readonly kind: 'execution' }>;

/** One for each message: Kraken takes an order in twice, and closes it in a message of its own. */
export function executionRows(event: Execution, parts: ViewParts): readonly unknown[] {
  const { order, fill, execution } = event;
  switch (execution) {
    case 'NEW':
      return ['pending_new', 'new'].map((kind) => newRow(order, kind, parts));
    case 'TRADE': {
      const traded = fill === undefined ? [] : [tradeRow(order, fill, parts)];
      return order.status === 'FILLED' ? [...traded, endRow(order, 'filled')] : traded;
    }
    // At Kraken an order expires by its own time; what finds nobody to trade with is cancelled.
    case 'CANCELED':
    case 'EXPIRED':
      return [endRow(order, 'canceled')];
  }
}

/** What a subscription begins with. */
export function openRow(order: Order, parts: ViewParts): unknown {
  return newRow(order, 'new', parts);
}

function newRow(order: Order, kind: string, { pairOf, ticketOf }: ViewParts): unknown {
  const ticket = ticketOf(order);
  return {
    order_id: txid(order),
    ...(ticket.clientId !== undefined && { cl_ord_id: ticket.clientId }),
    order_userref: ticket.userRef ?? 0,
    symbol: streamName(pairOf(order.symbol)),
    order_qty: number(order.quantity),
    cum_cost: number(order.filledQuote),
    time_in_force: order.timeInForce,
    exec_type: kind,
    side: order.side.toLowerCase(),
    order_type: ticket.type,
    limit_price: number(ticket.limit),
    stop_price: number(ticket.trigger),
    order_status: kind,
    fee_usd_equiv: 0,
    fee_ccy_pref: 'fciq',
    timestamp: iso(order.createdAt),
  };
}

export function tradeRow(order: Order, fill: Fill, { pairOf, ticketOf }: ViewParts): unknown {
  return {
    order_id: txid(order),
    exec_id: tradeTxid(fill),
    exec_type: 'trade',
    trade_id: fill.tradeId,
    symbol: streamName(pairOf(fill.symbol)),
    side: fill.side.toLowerCase(),
    last_qty: number(fill.quantity),
    last_price: number(fill.price),
    liquidity_ind: fill.isMaker ? 'm' : 't',
    cost: number(fill.quote),
    order_userref: ticketOf(order).userRef ?? 0,
    order_status: order.status === 'FILLED' ? 'filled' : 'partially_filled',
    order_type: ticketOf(order).type,
    fee_usd_equiv: number(fill.commission),
    fees: [{ asset: fill.commissionAsset, qty: number(fill.commission) }],
    timestamp: iso(fill.time),
  };
}

function endRow(order: Order, kind: 'filled' | 'canceled'): unknown {
  const average = order.filled === 0n ? 0n : (order.filledQuote * ONE) / order.filled;
  const why = order.status === 'CANCELED' ? 'User requested' : 'Insufficient liquidity';
  return {
    timestamp: iso(order.updatedAt),
    order_status: kind,
    exec_type: kind,
    order_userref: 0,
    order_id: txid(order),
    cum_qty: number(order.filled),
    cum_cost: number(order.filledQuote),
    fee_usd_equiv: 0,
    avg_price: number(average),
    ...(kind === 'canceled' && { cancel_reason: why, reason: why }),
  };
}

export interface LedgerEntry {
  readonly type: 'trade' | 'deposit' | 'withdrawal';
  readonly asset: string;
  readonly amount: Units;
  readonly balance: Units;
  /** ms UTC. */
  readonly time: number;
}

export function balanceRow({ type, asset, amount, balance, time }: LedgerEntry): unknown {
  return {
    timestamp: iso(time),
    type,
    asset,
    asset_class: 'currency',
    category: type,
    wallet_type: 'spot',
    wallet_id: 'main',
    amount: number(amount),
    fee: 0,
    balance: number(balance),
  };
}

/** The streams have plain names where REST has Kraken's own. */
function streamName({ rules }: KrakenPair): string {
  return `${rules.base}/${rules.quote}`;
}

/** JSON has no exact ones: these messages are told in plain numbers. */
export function number(value: Units): number {
  return Number(value) / Number(ONE);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
