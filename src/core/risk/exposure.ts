/** What an entry can lose when its stop is hit: the one formula for sizing by risk and for the risk limit. */

import type { Instrument } from '../domain/instrument.ts';
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

export interface StopView {
  /** Of the entry, in quote. */
  readonly price: number;
  readonly stop: StopLevel;
  readonly instrument: Instrument;
  /** A fraction. */
  readonly feeRate: number;
}

/**
 * What the stop of an entry of `cost` would sell for, in quote. Where amounts come in steps, the fee may be taken in
 * coins and leave part of a step that cannot be sold, and a price that rises before the fill buys a step less.
 */
export function stopWorth(cost: number, { price, stop, instrument, feeRate }: StopView): number {
  const { amountStep } = instrument;
  const ratio = stopRatio(price, stop);
  if (amountStep === null) return cost * ratio * (1 - feeRate);
  const steps = Math.floor(((cost / price) * (1 - feeRate)) / amountStep) - 1;
  return Math.max(0, steps) * amountStep * price * ratio;
}
