/** Orders that went through the risk gate, as types: `approve.ts` beside this file alone makes them. */

import type { Order } from '../domain/order.ts';

declare const guard: unique symbol;

/** Passed the hard limits. The only thing that an exchange port accepts. */
export type ApprovedOrder = Order & { readonly [guard]: 'hard-limits' };

/** Came from a backtest with limits off. Only the simulated market accepts it; it can never reach an exchange. */
export type SimulationOnlyOrder = Order & { readonly [guard]: 'none' };

export type GatedOrder = ApprovedOrder | SimulationOnlyOrder;
