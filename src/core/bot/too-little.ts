/** What an exchange takes of an amount: whole steps, and no order under its least amount or least worth. */

import type { Instrument } from '../domain/instrument.ts';

/** Relative: a multiple of a step may sit a rounding below its own count of steps. */
const ROUNDING = 1e-9;

/** The whole steps in an amount, in base. */
export function wholeSteps(amount: number, { amountStep }: Instrument): number {
  if (amountStep === null) return amount;
  return Math.floor(amount / amountStep + ROUNDING) * amountStep;
}

/** Whether the exchange would refuse to sell an amount at a price for being too little. */
export function isTooLittle(amount: number, price: number, instrument: Instrument): boolean {
  const sold = wholeSteps(amount, instrument);
  if (!(sold > 0) || sold < (instrument.minAmount ?? 0) * (1 - ROUNDING)) return true;
  return sold * price < (instrument.minCost ?? 0);
}
