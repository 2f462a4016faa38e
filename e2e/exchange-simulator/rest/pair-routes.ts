/** One-cancels-the-other: Binance's old call, which Binance US still has, and its new one, above and below the price. */

import { z } from 'zod';
import { isOpen, isStop, type OrderDraft, type OrderList } from '../matching/order.ts';
import { accepted, bothMissing, missing, REFUSALS, refused, type Outcome } from '../refusal.ts';
import { pairFilterRefusal } from './order-draft.ts';
import { canceledView, listView, newOrderView } from './order-views.ts';
import { amount, clientId, read, side, symbol, timeInForce, whole } from './parameters.ts';
import type { Route, RouteRequest } from './route.ts';

const signed = (
  method: Route['method'],
  path: string,
  weight: number,
  answer: (request: RouteRequest) => Outcome<unknown>,
): Route => ({ method, path, security: 'signed', weight, answer });

export const PAIR_ROUTES: readonly Route[] = [
  { ...signed('POST', '/api/v3/order/oco', 1, placeOld), orders: 2 },
  { ...signed('POST', '/api/v3/orderList/oco', 1, placeNew), orders: 2 },
  signed('GET', '/api/v3/orderList', 4, query),
  signed('DELETE', '/api/v3/orderList', 1, cancel),
  signed('GET', '/api/v3/openOrderList', 6, ({ exchange: { store } }) =>
    accepted(
      store
        .lists()
        .filter((list) => store.ordersOf(list).some(isOpen))
        .map((list) => listView(store, list)),
    ),
  ),
  signed('GET', '/api/v3/allOrderList', 20, ({ exchange: { store } }) =>
    accepted(store.lists().map((list) => listView(store, list))),
  ),
];

const oldParameters = z.object({
  symbol,
  side,
  quantity: amount,
  price: amount,
  stopPrice: amount,
  stopLimitPrice: amount,
  stopLimitTimeInForce: timeInForce.default('GTC'),
  listClientOrderId: clientId.optional(),
  limitClientOrderId: clientId.optional(),
  stopClientOrderId: clientId.optional(),
});

function placeOld(request: RouteRequest): Outcome<unknown> {
  const asked = read(oldParameters, request.parameters);
  if (!asked.ok) return asked;
  const { value } = asked;
  const { newId } = request;
  const shared = {
    symbol: value.symbol,
    side: value.side,
    quantity: value.quantity,
    quoteQuantity: 0n,
  };
  const stop: OrderDraft = {
    ...shared,
    type: 'STOP_LOSS_LIMIT',
    clientOrderId: value.stopClientOrderId ?? newId(),
    timeInForce: value.stopLimitTimeInForce,
    price: value.stopLimitPrice,
    stopPrice: value.stopPrice,
  };
  const limit: OrderDraft = {
    ...shared,
    type: 'LIMIT_MAKER',
    clientOrderId: value.limitClientOrderId ?? newId(),
    timeInForce: 'GTC',
    price: value.price,
    stopPrice: 0n,
  };
  return placePair(request, value.listClientOrderId ?? newId(), [stop, limit]);
}

const PAIR_TYPES = z.enum(['LIMIT_MAKER', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT']);

const newParameters = z.object({
  symbol,
  side,
  quantity: amount,
  listClientOrderId: clientId.optional(),
  aboveType: PAIR_TYPES,
  abovePrice: amount,
  aboveStopPrice: amount.optional(),
  aboveTimeInForce: timeInForce.default('GTC'),
  aboveClientOrderId: clientId.optional(),
  belowType: PAIR_TYPES,
  belowPrice: amount,
  belowStopPrice: amount.optional(),
  belowTimeInForce: timeInForce.default('GTC'),
  belowClientOrderId: clientId.optional(),
});

function placeNew(request: RouteRequest): Outcome<unknown> {
  const asked = read(newParameters, request.parameters);
  if (!asked.ok) return asked;
  const { value } = asked;
  const { newId } = request;
  const shared = {
    symbol: value.symbol,
    side: value.side,
    quantity: value.quantity,
    quoteQuantity: 0n,
  };
  const above: OrderDraft = {
    ...shared,
    type: value.aboveType,
    clientOrderId: value.aboveClientOrderId ?? newId(),
    timeInForce: value.aboveTimeInForce,
    price: value.abovePrice,
    stopPrice: value.aboveStopPrice ?? 0n,
  };
  const below: OrderDraft = {
    ...shared,
    type: value.belowType,
    clientOrderId: value.belowClientOrderId ?? newId(),
    timeInForce: value.belowTimeInForce,
    price: value.belowPrice,
    stopPrice: value.belowStopPrice ?? 0n,
  };
  const absent = [
    ...(isStop(above) && value.aboveStopPrice === undefined ? ['aboveStopPrice'] : []),
    ...(isStop(below) && value.belowStopPrice === undefined ? ['belowStopPrice'] : []),
  ];
  if (absent[0] !== undefined) return refused(missing(absent[0]));
  // The limit order is above for a sell and below for a buy, and the other one is its stop loss.
  const [limit, stop] = value.side === 'SELL' ? [above, below] : [below, above];
  if (limit.type !== 'LIMIT_MAKER' || stop.type !== 'STOP_LOSS_LIMIT') {
    return refused(REFUSALS.unsupportedPair);
  }
  return placePair(request, value.listClientOrderId ?? newId(), [below, above]);
}

function placePair(
  request: RouteRequest,
  listClientId: string,
  drafts: readonly [OrderDraft, OrderDraft],
): Outcome<unknown> {
  const { exchange, restrictions } = request;
  if (!restrictions.enableSpotAndMarginTrading) return refused(REFUSALS.unknownKey);
  const name = drafts[0].symbol;
  const market = exchange.market(name);
  if (market === undefined) return refused(REFUSALS.invalidSymbol);
  const refusal = pairFilterRefusal(request, market, drafts);
  if (refusal) return refused(refusal);
  const placed = exchange.engine.placePair({ clientId: listClientId, symbol: name, drafts });
  if (!placed.ok) return placed;
  const { store } = exchange;
  const reports = store.ordersOf(placed.value).map((order) => newOrderView(order, [], 'RESULT'));
  return accepted({ ...listView(store, placed.value), orderReports: reports });
}

const listIdentification = z.object({
  orderListId: whole.optional(),
  origClientOrderId: clientId.optional(),
  listClientOrderId: clientId.optional(),
});

function identified({ parameters, exchange }: RouteRequest): Outcome<OrderList | undefined> {
  const asked = read(listIdentification, parameters);
  if (!asked.ok) return asked;
  const { orderListId, origClientOrderId, listClientOrderId } = asked.value;
  const byClient = origClientOrderId ?? listClientOrderId;
  if (orderListId === undefined && byClient === undefined) {
    return refused(bothMissing('origClientOrderId', 'orderListId'));
  }
  const matches = (list: OrderList): boolean =>
    orderListId === undefined ? list.clientId === byClient : list.listId === orderListId;
  return accepted(exchange.store.lists().findLast(matches));
}

function query(request: RouteRequest): Outcome<unknown> {
  const found = identified(request);
  if (!found.ok) return found;
  return found.value
    ? accepted(listView(request.exchange.store, found.value))
    : refused(REFUSALS.noSuchList);
}

function cancel(request: RouteRequest): Outcome<unknown> {
  const found = identified(request);
  if (!found.ok) return found;
  const { store, engine } = request.exchange;
  const list = found.value;
  const open = list && store.ordersOf(list).find(isOpen);
  if (list === undefined || open === undefined) return refused(REFUSALS.unknownOrder);
  const cancelId = request.parameters.get('newClientOrderId') ?? request.newId();
  engine.cancel(open, cancelId);
  const orderReports = store.ordersOf(list).map((order) => canceledView(order, cancelId));
  return accepted({ ...listView(store, list), orderReports });
}
