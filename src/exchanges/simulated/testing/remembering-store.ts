/** A simulated exchange's memory without a disk: what a reopened one is given back. */

import type { Fill } from '../../../core/domain/fill.ts';
import type { SimulatedOrder, SimulatedStore } from '../simulated-store.ts';

export function rememberingStore(): SimulatedStore {
  const orders = new Map<string, SimulatedOrder>();
  const fills: Fill[] = [];
  const balances: Record<string, number> = {};
  const matchedBars: Record<string, number> = {};
  return {
    commit(change) {
      for (const order of change.orders) orders.set(order.order.id, order);
      fills.push(...change.fills);
      Object.assign(balances, change.balances);
      Object.assign(matchedBars, change.matchedBars);
    },
    load: () => structuredClone({ orders: [...orders.values()], fills, balances, matchedBars }),
  };
}
