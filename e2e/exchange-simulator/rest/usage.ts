/** How much of the exchange a client has used: request weight in a minute, orders in ten seconds. */

import { REFUSALS, type Refusal } from '../refusal.ts';

export const WEIGHT_PER_MINUTE = 6_000;
export const ORDERS_PER_10_SECONDS = 100;

const WEIGHT_WINDOW_MS = 60_000;
const ORDER_WINDOW_MS = 10_000;

export interface Usage {
  /** Counts the request; a refusal if it is one too many. */
  readonly count: (weight: number, orders: number) => Refusal | undefined;
  /** For every answer; with how long to wait where too much is used. */
  readonly headers: () => Readonly<Record<string, string>>;
}

interface Window {
  readonly started: number;
  readonly used: number;
}

export function createUsage(now: () => number): Usage {
  let weight: Window = { started: 0, used: 0 };
  let orders: Window = { started: 0, used: 0 };
  const add = (window: Window, length: number, by: number): Window => {
    const started = Math.floor(now() / length) * length;
    return { started, used: (window.started === started ? window.used : 0) + by };
  };
  return {
    count: (addedWeight, addedOrders) => {
      weight = add(weight, WEIGHT_WINDOW_MS, addedWeight);
      orders = add(orders, ORDER_WINDOW_MS, addedOrders);
      if (weight.used > WEIGHT_PER_MINUTE) return REFUSALS.tooMuchWeight;
      return orders.used > ORDERS_PER_10_SECONDS ? REFUSALS.tooManyOrders : undefined;
    },
    headers: () => {
      const waits = [
        ...(weight.used > WEIGHT_PER_MINUTE ? [weight.started + WEIGHT_WINDOW_MS - now()] : []),
        ...(orders.used > ORDERS_PER_10_SECONDS ? [orders.started + ORDER_WINDOW_MS - now()] : []),
      ];
      const wait = Math.ceil(Math.max(0, ...waits) / 1_000);
      return {
        'x-mbx-used-weight': weight.used.toString(),
        'x-mbx-used-weight-1m': weight.used.toString(),
        'x-mbx-order-count-10s': orders.used.toString(),
        ...(wait > 0 ? { 'retry-after': wait.toString() } : {}),
      };
    },
  };
}
