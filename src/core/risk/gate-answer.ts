/** What the risk gate answers: what was asked, what was approved, and which rule changed it. */

import type { Denial } from '../domain/denial.ts';
import type { GatedOrder } from './approved-order.ts';

/** Why an approved order differs from what was asked. */
export interface Adjustment {
  readonly rule: 'MAX_PER_TRADE' | 'RISK_PER_TRADE' | 'DEFAULT_STOP';
  readonly sentence: string;
}

export type GateAnswer =
  | {
      readonly kind: 'approved';
      readonly order: GatedOrder;
      /** Notional asked for, in quote; the order holds what was approved. */
      readonly askedCost: number;
      readonly adjustments: readonly Adjustment[];
    }
  | { readonly kind: 'denied'; readonly denial: Denial };
