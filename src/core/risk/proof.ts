/** The proof, at run time too, that an order went through the hard limits: the last door before an exchange. */

import { wasApproved } from './approve.ts';
import type { ApprovedOrder, GatedOrder } from './approved-order.ts';

/** @throws Error for an order that the risk gate did not approve in this run */
export function provenApproved(order: GatedOrder): ApprovedOrder {
  if (wasApproved(order)) return order;
  throw new Error(`The order ${order.id} was not approved by the risk gate.`);
}
