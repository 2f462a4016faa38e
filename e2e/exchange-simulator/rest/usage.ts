/** How much of the exchange a client has used: request weight in a minute, orders in ten seconds. */

import { REFUSALS, type Refusal } from '../refusal.ts';

export const WEIGHT_PER_MINUTE = 6_000;
export const ORDERS_PER_10_SECONDS = 100;

export interface Usage {
  /** Counts the request; a refusal if it is one too many. */
  readonly count: (weight: number, orders: number) => Refusal | undefined;
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
      weight = add(weight, 60_000, addedWeight);
      orders = add(orders, 10_000, addedOrders);
      if (weight.used > WEIGHT_PER_MINUTE) return REFUSALS.tooMuchWeight;
      return orders.used > ORDERS_PER_10_SECONDS ? REFUSALS.tooManyOrders : undefined;
    },
    headers: () => ({
      'x-mbx-used-weight': weight.used.toString(),
      'x-mbx-used-weight-1m': weight.used.toString(),
      'x-mbx-order-count-10s': orders.used.toString(),
    }),
  };
}
