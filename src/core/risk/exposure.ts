/** What an entry can lose when its stop is hit: the one formula for sizing by risk and for the risk limit. */

import type { StopLevel } from '../domain/order.ts';

/**
 * Loss per unit of entry notional if the stop is hit, fees of both fills included (a fraction).
 * risk = amount × (entry − stop) + fees; divided by the notional, amount × entry.
 *
 * @param entryPrice price of the decision, in quote
 * @param feeRate fraction of the notional, paid on the entry and on the stop's fill
 * @returns more than 0 for a stop below the entry; the caller has refused any other
 */
export function lossPerCost(entryPrice: number, stop: StopLevel, feeRate: number): number {
  const ratio = stopRatio(entryPrice, stop);
  return 1 - ratio + feeRate * (1 + ratio);
}

/** The stop's price as a fraction of the entry's. */
export function stopRatio(entryPrice: number, stop: StopLevel): number {
  return stop.kind === 'distance' ? 1 - stop.fraction : stop.price / entryPrice;
}

/** Whether a stop lies below the price, where it can protect a bought position. */
export function isBelow(entryPrice: number, stop: StopLevel): boolean {
  return stop.kind === 'distance'
    ? stop.fraction > 0 && stop.fraction < 1
    : stop.price > 0 && stop.price < entryPrice;
}
