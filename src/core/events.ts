/** Everything that can happen to the engine, and everything it can answer: two closed unions. */

import type { Denial } from './domain/denial.ts';
import type { Fill } from './domain/fill.ts';
import type { GatedOrder } from './risk/approved-order.ts';

export type MarketEvent =
  /** Bar `index` of the engine's series has begun; only its open is known. */
  | { readonly kind: 'bar-opened'; readonly index: number }
  /** Bar `index` is complete. The one event on which strategies decide. */
  | { readonly kind: 'bar-closed'; readonly index: number };

export type AccountEvent = { readonly kind: 'filled'; readonly fill: Fill };

export type EngineEvent = MarketEvent | AccountEvent;

/** What the pump around the engine has to carry out, in this order. */
export type Decision =
  | { readonly kind: 'submit'; readonly order: GatedOrder }
  | { readonly kind: 'cancel'; readonly orderId: string }
  | { readonly kind: 'denied'; readonly denial: Denial };
