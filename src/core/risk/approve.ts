/** Marks an order as approved. A layer rule lets nothing outside this folder import it. */

import type { Order } from '../domain/order.ts';
import type { ApprovedOrder, SimulationOnlyOrder } from './approved-order.ts';

export function approve(order: Order): ApprovedOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists in types alone; this is where it is given
  return order as ApprovedOrder;
}

export function passWithoutLimits(order: Order): SimulationOnlyOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return order as SimulationOnlyOrder;
}
