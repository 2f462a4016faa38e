/** Orders and trades in the words of Kraken's answers. */

import { formatUnits, ONE, type Units } from '../exchange-simulator/decimal.ts';
import { isOpen, type Fill, type Order } from '../exchange-simulator/matching/order.ts';
import { pairOf, seconds, type Call } from './call.ts';
import { fixed, type KrakenPair } from './pairs.ts';
import { tradeTxid, txid, type Ticket } from './tickets.ts';

/** `sell 0.28002676 ETHUSDT @ stop loss 2677.00 -> limit 2577.00`: ccxt reads new orders out of it. */
export function description(
  pair: KrakenPair,
  { side, volume }: { readonly side: Order['side']; readonly volume: Units },
  { type, trigger, limit }: Ticket,
): string {
  const price = (value: Units): string => fixed(value, pair.priceDecimals);
  const wait =
    trigger === 0n ? [] : [`${type.replace(/-limit$/, '').replace('-', ' ')} ${price(trigger)}`];
  const entry = limit === 0n ? [] : [`limit ${price(limit)}`];
  const terms = [...wait, ...entry].join(' -> ') || 'market';
  return `${side.toLowerCase()} ${formatUnits(volume)} ${pair.id} @ ${terms}`;
}

/** @param withTrades - Whether its trades' ids are asked for. */
export function orderView(call: Call, order: Order, withTrades: boolean): unknown {
  const { exchange, tickets } = call;
  const ticket = tickets.of(order);
  const pair = pairOf(call, order.symbol);
  const fills = exchange.store.fillsOf(order.orderId);
  const fee = fills.reduce<Units>((sum, { commission }) => sum + commission, 0n);
  const average = order.filled === 0n ? 0n : (order.filledQuote * ONE) / order.filled;
  const isTriggered = ticket.trigger > 0n && order.working;
  const touch = ticket.type.startsWith('stop-loss') ? 'stopped' : 'touched';
  return {
    refid: null,
    userref: ticket.userRef ?? null,
    cl_ord_id: ticket.clientId ?? null,
    ...stateOf(order),
    opentm: seconds(order.createdAt),
    starttm: 0,
    expiretm: 0,
    descr: descriptionView(pair, order, ticket),
    vol: formatUnits(order.quantity),
    vol_exec: formatUnits(order.filled),
    cost: formatUnits(order.filledQuote),
    fee: formatUnits(fee),
    price: formatUnits(average),
    stopprice: isTriggered ? fixed(ticket.trigger, pair.priceDecimals) : '0.00000',
    limitprice: '0.00000',
    misc: isTriggered ? touch : '',
    oflags: [...new Set(['fciq', ...ticket.flags])].join(','),
    trigger: ticket.trigger > 0n ? 'last' : undefined,
    trades: withTrades && fills.length > 0 ? fills.map(tradeTxid) : undefined,
  };
}

function stateOf(order: Order): Readonly<Record<string, unknown>> {
  if (isOpen(order)) return { status: 'open' };
  const closed = { closetm: seconds(order.updatedAt) };
  if (order.status === 'FILLED') return { status: 'closed', reason: null, ...closed };
  // At Kraken an order expires by its own time; what finds nobody to trade with is cancelled.
  const reason = order.status === 'CANCELED' ? 'User requested' : 'Insufficient liquidity';
  return { status: 'canceled', reason, ...closed };
}

function descriptionView(pair: KrakenPair, order: Order, ticket: Ticket): unknown {
  const price = (value: Units): string => (value === 0n ? '0' : fixed(value, pair.priceDecimals));
  const isWaiting = ticket.trigger > 0n;
  return {
    pair: pair.id,
    type: order.side.toLowerCase(),
    ordertype: ticket.type,
    price: price(isWaiting ? ticket.trigger : ticket.limit),
    price2: price(isWaiting ? ticket.limit : 0n),
    leverage: 'none',
    order: description(pair, { side: order.side, volume: order.quantity }, ticket),
    close: '',
  };
}

export function tradeView(call: Call, fill: Fill, order: Order): unknown {
  const pair = pairOf(call, fill.symbol);
  return {
    ordertxid: txid(order),
    postxid: 'TSIMUL-POSIT-000001',
    pair: pair.id,
    time: seconds(fill.time),
    type: fill.side.toLowerCase(),
    ordertype: call.tickets.of(order).type,
    price: fixed(fill.price, pair.priceDecimals),
    cost: formatUnits(fill.quote),
    fee: formatUnits(fill.commission),
    vol: formatUnits(fill.quantity),
    margin: '0.00000',
    leverage: '0',
    misc: '',
    trade_id: fill.tradeId,
    maker: fill.isMaker,
  };
}
