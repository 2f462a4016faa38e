/** The account's events in the shapes of Binance's user data stream. */

import { assertNever } from '../assert-never.ts';
import { formatUnits } from '../decimal.ts';
import type { UserEvent } from '../events.ts';

type Payload = Readonly<Record<string, unknown>>;

export function userPayload(event: UserEvent): Payload {
  switch (event.kind) {
    case 'execution':
      return executionReport(event);
    case 'balances':
      return {
        e: 'outboundAccountPosition',
        E: event.time,
        u: event.time,
        B: event.balances.map(({ asset, free, locked }) => ({
          a: asset,
          f: formatUnits(free),
          l: formatUnits(locked),
        })),
      };
    case 'transfer': {
      const { time, asset, by } = event;
      return { e: 'balanceUpdate', E: time, a: asset, d: formatUnits(by), T: time };
    }
    case 'list':
      return listStatus(event);
    default:
      return assertNever(event);
  }
}

function executionReport(event: Extract<UserEvent, { readonly kind: 'execution' }>): Payload {
  const { order, fill, execution, time, cancelId } = event;
  return {
    e: 'executionReport',
    E: time,
    s: order.symbol,
    c: cancelId ?? order.clientOrderId,
    S: order.side,
    o: order.type,
    f: order.timeInForce,
    q: formatUnits(order.quantity),
    p: formatUnits(order.price),
    P: formatUnits(order.stopPrice),
    F: '0.00000000',
    g: order.listId,
    C: cancelId === undefined ? '' : order.clientOrderId,
    x: execution,
    X: order.status,
    r: 'NONE',
    i: order.orderId,
    l: formatUnits(fill?.quantity ?? 0n),
    z: formatUnits(order.filled),
    L: formatUnits(fill?.price ?? 0n),
    n: fill ? formatUnits(fill.commission) : '0',
    N: fill?.commissionAsset ?? null,
    T: time,
    t: fill?.tradeId ?? -1,
    w: order.working,
    m: fill?.isMaker ?? false,
    O: order.createdAt,
    Z: formatUnits(order.filledQuote),
    Y: formatUnits(fill?.quote ?? 0n),
    Q: formatUnits(order.quoteQuantity),
    ...(order.workingSince === -1 ? {} : { W: order.workingSince }),
    V: 'NONE',
  };
}

function listStatus(event: Extract<UserEvent, { readonly kind: 'list' }>): Payload {
  const { list, orders, isDone, time } = event;
  return {
    e: 'listStatus',
    E: time,
    s: list.symbol,
    g: list.listId,
    c: 'OCO',
    l: isDone ? 'ALL_DONE' : 'EXEC_STARTED',
    L: isDone ? 'ALL_DONE' : 'EXECUTING',
    r: 'NONE',
    C: list.clientId,
    T: time,
    O: orders.map(({ symbol, orderId, clientOrderId }) => ({
      s: symbol,
      i: orderId,
      c: clientOrderId,
    })),
  };
}
