/** What an entry can lose when its stop is hit: the one formula for sizing by risk and for the risk limit. */

import type { Instrument } from '../domain/instrument.ts';
import type { StopLevel } from '../domain/order.ts';
import { STOP_SLACK } from './worst-fills.ts';

export interface ExposureView {
  /** The worst of the entry, in quote. */
  readonly price: number;
  readonly stop: StopLevel;
  /** A fraction of the notional, paid on the entry and on the stop's fill. */
  readonly feeRate: number;
  /** Prices are multiples of this, in quote; `null` where they come in no steps. */
  readonly priceStep: number | null;
}

/**
 * What a unit of entry notional loses at most when the stop is hit and fills as badly as it can: at the end of its slack,
 * a step further for the rounding of trigger and limit, fees of both fills included (a fraction).
 * risk = amount × (entry − worst sale) + fees; divided by the notional, amount × entry.
 *
 * @returns more than 0 for a stop below the entry; the caller has refused any other
 */
export function lossPerCost({ price, stop, feeRate, priceStep }: ExposureView): number {
  const trigger = stopRatio(price, stop) - (priceStep ?? 0) / price;
  return lossAt(Math.max(0, trigger * (1 - STOP_SLACK)), feeRate);
}

/** As `lossPerCost`, for a stop that fills where it is: what sizing by risk aims at. The limit counts with the worst. */
export function aimedLossPerCost(price: number, stop: StopLevel, feeRate: number): number {
  return lossAt(stopRatio(price, stop), feeRate);
}

/** @param sale price of the sale as a fraction of the entry's */
function lossAt(sale: number, feeRate: number): number {
  return 1 - sale + feeRate * (1 + sale);
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
  /** The worst of the entry, in quote. */
  readonly price: number;
  readonly stop: StopLevel;
  readonly instrument: Instrument;
  /** A fraction. */
  readonly feeRate: number;
}

/**
 * What the stop of an entry of `cost` could sell, in base. The fee may be taken in coins. Where amounts come in steps it
 * then leaves part of a step that cannot be sold, and what is bought was rounded down before.
 */
export function sellableAtStop(cost: number, { price, instrument, feeRate }: StopView): number {
  const { amountStep } = instrument;
  const bought = (cost / price) * (1 - feeRate);
  if (amountStep === null) return bought;
  return Math.max(0, Math.floor(bought / amountStep) - 1) * amountStep;
}

/** What that would bring at the stop's trigger, in quote. */
export function stopWorth(cost: number, view: StopView): number {
  const { price, stop } = view;
  return sellableAtStop(cost, view) * price * stopRatio(price, stop);
}
