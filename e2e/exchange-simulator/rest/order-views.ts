/** Orders, trades and lists in the shapes of Binance's answers. */

import { formatUnits } from '../decimal.ts';
import { isOpen, isStop, type Fill, type Order, type OrderList } from '../matching/order.ts';
import type { OrderStore } from '../matching/order-store.ts';

/** What every answer about an order has. */
function common(order: Order): Readonly<Record<string, unknown>> {
  return {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: order.listId,
    clientOrderId: order.clientOrderId,
    price: formatUnits(order.price),
    origQty: formatUnits(order.quantity),
    executedQty: formatUnits(order.filled),
    origQuoteOrderQty: formatUnits(order.quoteQuantity),
    cummulativeQuoteQty: formatUnits(order.filledQuote),
    status: order.status,
    timeInForce: order.timeInForce,
    type: order.type,
    side: order.side,
    ...(isStop(order) ? { stopPrice: formatUnits(order.stopPrice) } : {}),
    selfTradePreventionMode: 'NONE',
  };
}

/** As an order is queried. */
export function orderView(order: Order): unknown {
  return {
    ...common(order),
    stopPrice: formatUnits(order.stopPrice),
    icebergQty: '0.00000000',
    time: order.createdAt,
    updateTime: order.updatedAt,
    isWorking: order.workingSince !== -1,
    workingTime: order.workingSince,
  };
}

export type ResponseType = 'ACK' | 'RESULT' | 'FULL';

/** As a new order is answered. */
export function newOrderView(order: Order, fills: readonly Fill[], type: ResponseType): unknown {
  const { symbol, orderId, orderListId, clientOrderId, ...rest } = common(order);
  const receipt = { symbol, orderId, orderListId, clientOrderId, transactTime: order.updatedAt };
  if (type === 'ACK') return receipt;
  const result = { ...receipt, ...rest, workingTime: order.workingSince };
  return type === 'RESULT' ? result : { ...result, fills: fills.map(fillView) };
}

function fillView(fill: Fill): unknown {
  return {
    price: formatUnits(fill.price),
    qty: formatUnits(fill.quantity),
    commission: formatUnits(fill.commission),
    commissionAsset: fill.commissionAsset,
    tradeId: fill.tradeId,
  };
}

export function canceledView(order: Order, cancelId: string): Readonly<Record<string, unknown>> {
  return {
    ...common(order),
    origClientOrderId: order.clientOrderId,
    clientOrderId: cancelId,
    transactTime: order.updatedAt,
  };
}

export function tradeView(fill: Fill): unknown {
  return {
    symbol: fill.symbol,
    id: fill.tradeId,
    orderId: fill.orderId,
    orderListId: fill.listId,
    price: formatUnits(fill.price),
    qty: formatUnits(fill.quantity),
    quoteQty: formatUnits(fill.quote),
    commission: formatUnits(fill.commission),
    commissionAsset: fill.commissionAsset,
    time: fill.time,
    isBuyer: fill.side === 'BUY',
    isMaker: fill.isMaker,
    isBestMatch: true,
  };
}

export function listView(store: OrderStore, list: OrderList): Readonly<Record<string, unknown>> {
  const orders = store.ordersOf(list);
  const isDone = !orders.some(isOpen);
  return {
    orderListId: list.listId,
    contingencyType: 'OCO',
    listStatusType: isDone ? 'ALL_DONE' : 'EXEC_STARTED',
    listOrderStatus: isDone ? 'ALL_DONE' : 'EXECUTING',
    listClientOrderId: list.clientId,
    transactionTime: list.createdAt,
    symbol: list.symbol,
    orders: orders.map(({ symbol, orderId, clientOrderId }) => ({
      symbol,
      orderId,
      clientOrderId,
    })),
  };
}
