/** Single orders: placing, asking after and cancelling them. */

import { z } from 'zod';
import { isOpen, type Order } from '../matching/order.ts';
import {
  accepted,
  bothMissing,
  missing,
  REFUSALS,
  refused,
  type Outcome,
  type Refusal,
} from '../refusal.ts';
import { readOrder } from './order-draft.ts';
import { canceledView, newOrderView, orderView } from './order-views.ts';
import { clientId, read, rows, spanRefusal, symbol, whole } from './parameters.ts';
import type { Route, RouteRequest } from './route.ts';

const signed = (
  method: Route['method'],
  path: string,
  weight: number,
  answer: (request: RouteRequest) => Outcome<unknown>,
): Route => ({ method, path, security: 'signed', weight, answer });

export const ORDER_ROUTES: readonly Route[] = [
  { ...signed('POST', '/api/v3/order', 1, place), orders: 1 },
  signed('POST', '/api/v3/order/test', 1, test),
  signed('GET', '/api/v3/order', 4, query),
  signed('DELETE', '/api/v3/order', 1, cancel),
  signed('GET', '/api/v3/openOrders', 6, openOrders),
  signed('DELETE', '/api/v3/openOrders', 1, cancelAll),
  signed('GET', '/api/v3/allOrders', 20, allOrders),
];

function place(request: RouteRequest): Outcome<unknown> {
  if (!request.restrictions.enableSpotAndMarginTrading) return refused(REFUSALS.unknownKey);
  const asked = readOrder(request);
  if (!asked.ok) return asked;
  const { engine, store } = request.exchange;
  const placed = engine.place(asked.value.draft);
  if (!placed.ok) return placed;
  const fills = store.fillsOf(placed.value.orderId);
  return accepted(newOrderView(placed.value, fills, asked.value.responseType));
}

function test(request: RouteRequest): Outcome<unknown> {
  const asked = readOrder(request);
  return asked.ok ? accepted({}) : asked;
}

const identification = z.object({
  symbol,
  orderId: whole.optional(),
  origClientOrderId: clientId.optional(),
});

/** @param unknown - What it is called if there is no such order. */
function identified({ parameters, exchange }: RouteRequest, unknown: Refusal): Outcome<Order> {
  const asked = read(identification, parameters);
  if (!asked.ok) return asked;
  const { symbol: name, orderId, origClientOrderId } = asked.value;
  if (exchange.market(name) === undefined) return refused(REFUSALS.invalidSymbol);
  if (orderId === undefined && origClientOrderId === undefined) {
    return refused(bothMissing('origClientOrderId', 'orderId'));
  }
  const order =
    orderId === undefined
      ? exchange.store.byClientId(name, origClientOrderId ?? '')
      : exchange.store.byId(orderId);
  return order?.symbol === name ? accepted(order) : refused(unknown);
}

function query(request: RouteRequest): Outcome<unknown> {
  const found = identified(request, REFUSALS.noSuchOrder);
  if (!found.ok) return found;
  return request.sight.order(found.value)
    ? accepted(orderView(found.value))
    : refused(REFUSALS.noSuchOrder);
}

function cancel(request: RouteRequest): Outcome<unknown> {
  const found = identified(request, REFUSALS.unknownOrder);
  if (!found.ok) return found;
  if (!isOpen(found.value)) return refused(REFUSALS.unknownOrder);
  const cancelId = request.parameters.get('newClientOrderId') ?? request.newId();
  return accepted(canceledView(request.exchange.engine.cancel(found.value, cancelId), cancelId));
}

function openOrders({ parameters, exchange, sight }: RouteRequest): Outcome<unknown> {
  const name = parameters.get('symbol');
  if (name !== undefined && exchange.market(name) === undefined) {
    return refused(REFUSALS.invalidSymbol);
  }
  return accepted(exchange.store.open(name).filter(sight.order).map(orderView));
}

function cancelAll({ parameters, exchange, newId }: RouteRequest): Outcome<unknown> {
  const name = parameters.get('symbol');
  if (name === undefined) return refused(missing('symbol'));
  if (exchange.market(name) === undefined) return refused(REFUSALS.invalidSymbol);
  const open = exchange.store.open(name);
  if (open.length === 0) return refused(REFUSALS.unknownOrder);
  return accepted(
    open.map(({ orderId }) => {
      const cancelId = newId();
      const order = exchange.store.byId(orderId);
      // The other one of its list may have taken it along.
      if (order && isOpen(order)) exchange.engine.cancel(order, cancelId);
      const canceled = exchange.store.byId(orderId);
      return canceled ? canceledView(canceled, cancelId) : {};
    }),
  );
}

const allOrdersParameters = z.object({
  symbol,
  orderId: whole.default(0),
  startTime: whole.default(0),
  endTime: whole.default(Number.MAX_SAFE_INTEGER),
  limit: rows(500, 1_000),
});

function allOrders({ parameters, exchange, sight }: RouteRequest): Outcome<unknown> {
  const asked = read(allOrdersParameters, parameters);
  if (!asked.ok) return asked;
  const { symbol: name, orderId, startTime, endTime, limit } = asked.value;
  if (exchange.market(name) === undefined) return refused(REFUSALS.invalidSymbol);
  const refusal = spanRefusal(parameters);
  if (refusal) return refused(refusal);
  const orders = exchange.store
    .all()
    .filter(
      (order) =>
        sight.order(order) &&
        order.symbol === name &&
        order.orderId >= orderId &&
        order.createdAt >= startTime &&
        order.createdAt <= endTime,
    );
  const isFromStart = startTime > 0 || orderId > 0;
  return accepted((isFromStart ? orders.slice(0, limit) : orders.slice(-limit)).map(orderView));
}
