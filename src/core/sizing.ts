/** From "enter" to an amount of money: what the chosen sizing asks for, before the risk gate. */

import { assertNever } from './domain/assert-never.ts';
import type { StopLevel } from './domain/order.ts';
import type { Sizing } from './domain/sizing.ts';
import { aimedLossPerCost } from './risk/exposure.ts';
import { HARD_LIMITS } from './risk/hard-limits.ts';

/** Money in quote; `price` is the worst that the entry may pay. */
export interface SizingView {
  readonly cash: number;
  readonly equity: number;
  readonly price: number;
  /** The highest fee a fill of the entry or of its stop may pay, a fraction. */
  readonly feeRate: number;
}

/** The largest notional whose cost and fee together are within `cash`, in floating point too. */
function affordableCost(cash: number, feeRate: number): number {
  let cost = cash / (1 + feeRate);
  // One rounding can make cost + fee exceed cash by a unit in the last place; money must not be created.
  while (cost > 0 && cost + cost * feeRate > cash) cost = nextBelow(cost);
  return cost;
}

/** A little less, for the smallest numbers too: multiplying one of those by just under 1 gives it back unchanged. */
function nextBelow(value: number): number {
  return value - Math.max(value * Number.EPSILON, Number.MIN_VALUE);
}

/** The stop that an entry is sized against: sizing by risk needs one, so it brings the default where none was given. */
export function stopForSizing(sizing: Sizing, stop: StopLevel | null): StopLevel | null {
  return sizing.kind === 'risk' ? (stop ?? DEFAULT_STOP) : stop;
}

/** Notional to ask for, in quote. */
export function costToAsk(sizing: Sizing, stop: StopLevel | null, view: SizingView): number {
  switch (sizing.kind) {
    case 'all-in':
      return affordableCost(view.cash, view.feeRate);
    case 'fixed':
      return sizing.cost;
    case 'risk': {
      const loss = aimedLossPerCost(view.price, stop ?? DEFAULT_STOP, view.feeRate);
      const wanted = (view.equity * sizing.fraction) / loss;
      return Math.min(wanted, affordableCost(view.cash, view.feeRate));
    }
    default:
      return assertNever(sizing);
  }
}

const DEFAULT_STOP: StopLevel = { kind: 'distance', fraction: HARD_LIMITS.defaultStopDistance };
