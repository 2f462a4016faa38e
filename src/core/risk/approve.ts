/** Marks an order as approved. A layer rule lets nothing outside this folder import it. */

import type { Order } from '../domain/order.ts';
import type { ApprovedOrder, GatedOrder, SimulationOnlyOrder } from './approved-order.ts';

/** Every order that was approved in this run and still exists: a brand that a cast cannot forge. */
const approved = new WeakSet<Order>();

export function approve(order: Order): ApprovedOrder {
  approved.add(order);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists in types alone; this is where it is given
  return order as ApprovedOrder;
}

export function wasApproved(order: GatedOrder): order is ApprovedOrder {
  return approved.has(order);
}

export function passWithoutLimits(order: Order): SimulationOnlyOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return order as SimulationOnlyOrder;
}
