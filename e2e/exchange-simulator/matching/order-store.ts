/** Every order, trade and list that there ever was, oldest first. */

import { isOpen, type Fill, type Order, type OrderList } from './order.ts';

export interface OrderStore {
  readonly save: (order: Order) => void;
  readonly saveFill: (fill: Fill) => void;
  readonly saveList: (list: OrderList) => void;
  readonly byId: (orderId: number) => Order | undefined;
  /** The latest order with this client's id. */
  readonly byClientId: (symbol: string, clientOrderId: string) => Order | undefined;
  readonly all: () => readonly Order[];
  readonly open: (symbol?: string) => readonly Order[];
  readonly fills: () => readonly Fill[];
  readonly fillsOf: (orderId: number) => readonly Fill[];
  readonly lists: () => readonly OrderList[];
  readonly list: (listId: number) => OrderList | undefined;
  readonly ordersOf: (list: OrderList) => readonly Order[];
}

export function createOrderStore(): OrderStore {
  const orders = new Map<number, Order>();
  // Beside all orders, since the market asks for the open ones at every move.
  const openIds = new Set<number>();
  const latestByClient = new Map<string, number>();
  const fills: Fill[] = [];
  const lists = new Map<number, OrderList>();
  const byId = (orderId: number): Order | undefined => orders.get(orderId);

  return {
    save: (order) => {
      if (!orders.has(order.orderId)) {
        latestByClient.set(`${order.symbol} ${order.clientOrderId}`, order.orderId);
      }
      orders.set(order.orderId, order);
      if (isOpen(order)) openIds.add(order.orderId);
      else openIds.delete(order.orderId);
    },
    saveFill: (fill) => {
      fills.push(fill);
    },
    saveList: (list) => {
      lists.set(list.listId, list);
    },
    byId,
    byClientId: (symbol, clientOrderId) => {
      const orderId = latestByClient.get(`${symbol} ${clientOrderId}`);
      return orderId === undefined ? undefined : orders.get(orderId);
    },
    all: () => [...orders.values()],
    open: (symbol) =>
      [...openIds].flatMap((orderId) => {
        const order = orders.get(orderId);
        return order && (symbol === undefined || order.symbol === symbol) ? [order] : [];
      }),
    fills: () => fills,
    fillsOf: (orderId) => fills.filter((fill) => fill.orderId === orderId),
    lists: () => [...lists.values()],
    list: (listId) => lists.get(listId),
    ordersOf: ({ orderIds }) =>
      orderIds.flatMap((orderId) => {
        const order = orders.get(orderId);
        return order ? [order] : [];
      }),
  };
}
