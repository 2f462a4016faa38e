/** Orders that went through the risk gate: types that only this folder can make. */

import type { Order } from '../domain/order.ts';

declare const guard: unique symbol;

/** Passed the hard limits. The only thing that an exchange port accepts. */
export type ApprovedOrder = Order & { readonly [guard]: 'hard-limits' };

/** Came from a backtest with limits off. Only the simulated market accepts it; it can never reach an exchange. */
export type SimulationOnlyOrder = Order & { readonly [guard]: 'none' };

export type GatedOrder = ApprovedOrder | SimulationOnlyOrder;

/** Called by the gate and by nothing else: a lint rule keeps this module's makers inside core/risk. */
export function approve(order: Order): ApprovedOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists in types alone; this is where it is given
  return order as ApprovedOrder;
}

export function passWithoutLimits(order: Order): SimulationOnlyOrder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return order as SimulationOnlyOrder;
}
