/** How an open position is meant to end: levels that the exchange or the engine watches, and a time. */

import type { ExitReason, Protection, StopLevel } from '../domain/order.ts';

export interface ExitPlan {
  /** In quote; `null` only in a backtest without limits. */
  readonly stop: number | null;
  /** What a fill of the stop is called: a stop that has been raised by trailing is a trailing stop. */
  readonly stopReason: Extract<ExitReason, 'stop-loss' | 'trailing-stop'>;
  readonly target: number | null;
  /** Fraction below `highest`. */
  readonly trailing: number | null;
  /** Highest price seen since the entry, in quote. */
  readonly highest: number;
  /** ms UTC; the first bar that closes then or later sells. `null` never. */
  readonly sellAt: number | null;
}

/** The plan of a position that was bought at `price`. */
export function planExit(protection: Protection, price: number, entryTime: number): ExitPlan {
  const { stop, target, trailing, maxHoldMs } = protection;
  const level = stop === null ? null : stopPrice(stop, price);
  const trailed = trailing === null ? null : price * (1 - trailing);
  const isTrailing = trailed !== null && (level === null || trailed > level);
  return {
    stop: isTrailing ? trailed : level,
    stopReason: isTrailing ? 'trailing-stop' : 'stop-loss',
    target,
    trailing,
    highest: price,
    sellAt: maxHoldMs === null ? null : entryTime + maxHoldMs,
  };
}

/** The plan after a further fill of the entry: `next`, but with no stop lower than it already was. */
export function mergePlans(before: ExitPlan | null, next: ExitPlan): ExitPlan {
  if (typeof before?.stop !== 'number') return next;
  const highest = Math.max(before.highest, next.highest);
  if (next.stop !== null && next.stop >= before.stop) return { ...next, highest };
  return { ...next, highest, stop: before.stop, stopReason: before.stopReason };
}

/** The plan after a bar has reached `high`; the same one where nothing moves. A stop is only ever raised. */
export function trail(plan: ExitPlan, high: number, priceStep: number | null): ExitPlan {
  if (plan.trailing === null || !(high > plan.highest)) return plan;
  const stop = onStep(high * (1 - plan.trailing), priceStep);
  if (plan.stop !== null && stop <= plan.stop) return { ...plan, highest: high };
  return { ...plan, highest: high, stop, stopReason: 'trailing-stop' };
}

function stopPrice(stop: StopLevel, fillPrice: number): number {
  return stop.kind === 'price' ? stop.price : fillPrice * (1 - stop.fraction);
}

/** Down to a multiple of the step, so that a stop moves when its price at the exchange would. */
function onStep(price: number, step: number | null): number {
  return step === null ? price : Math.floor(price / step) * step;
}
