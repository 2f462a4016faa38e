/**
 * The one place where prices and amounts become what is sent: on the pair's steps, as plain decimals, rounded to the side
 * on which nobody pays more, sells more or is stopped higher than was meant.
 */

import { decimalOf, stepsFor, stepsIn, stepsTimes, textOf, type Rounding } from './decimal.ts';

/** A pair's steps: amounts in base, prices in quote. */
export interface Steps {
  readonly symbol: string;
  readonly amountStep: number;
  readonly priceStep: number;
}

/** Nothing was sent: the number is less than the least that the pair knows. The message is for people. */
export class TooSmall extends Error {}

/**
 * What a price is for. A buy's limit is rounded down: it never pays more. What a sale must bring, as a limit, is rounded
 * up: it never sells for less. A stop and the limit that it sells at are rounded down: a stop that lay above what was meant
 * would sell at a price that was none of its business, and a limit above it might not sell at all.
 */
export type PriceKind = 'buy-limit' | 'sell-limit' | 'stop' | 'stop-limit';

const ROUNDINGS: Readonly<Record<PriceKind, Rounding>> = {
  'buy-limit': 'down',
  'sell-limit': 'up',
  stop: 'down',
  'stop-limit': 'down',
};

/** @throws TooSmall below one step, RangeError for what is no number */
export function wirePrice({ symbol, priceStep }: Steps, price: number, kind: PriceKind): string {
  const step = decimalOf(priceStep);
  const rounding = ROUNDINGS[kind];
  let steps = stepsIn(decimalOf(price), step, rounding);
  // The stop itself is at one step then: what is sold at no less than it sells as far down as there are prices.
  if (steps === 0n && kind === 'stop-limit' && price > 0) steps = 1n;
  if (steps === 0n) throw new TooSmall(saysTooLow(symbol, price, textOf(step)));
  return textOf(stepsTimes(steps, step, rounding));
}

/** Never more than `amount`. @throws as `wirePrice` does */
export function wireAmount({ symbol, amountStep }: Steps, amount: number): string {
  return amountText(symbol, wholeSteps(amount, amountStep), amountStep);
}

/** What `cost` buys at `price`, which is written as it is sent, and never for more. @throws as `wirePrice` does */
export function wireAmountFor({ symbol, amountStep }: Steps, cost: number, price: string): string {
  const steps = stepsFor(decimalOf(cost), decimalOf(Number(price)), decimalOf(amountStep));
  return amountText(symbol, steps, amountStep);
}

/** What float64 makes of a whole number of steps may lie a hair below it: that number was meant. */
function wholeSteps(amount: number, amountStep: number): bigint {
  const nearest = Math.round(amount / amountStep);
  const isProduct =
    nearest >= 0 && Number.isSafeInteger(nearest) && nearest * amountStep === amount;
  return isProduct ? BigInt(nearest) : stepsIn(decimalOf(amount), decimalOf(amountStep), 'down');
}

function amountText(symbol: string, steps: bigint, amountStep: number): string {
  const step = decimalOf(amountStep);
  const [base = symbol] = symbol.split('/');
  if (steps === 0n) {
    throw new TooSmall(
      `The order is for less than ${textOf(step)} ${base}, the least step of ${symbol}: nothing was sent.`,
    );
  }
  return textOf(stepsTimes(steps, step, 'down'));
}

function saysTooLow(symbol: string, price: number, step: string): string {
  const [, quote = ''] = symbol.split('/');
  return `A price of ${textOf(decimalOf(price))} ${quote} is below ${step}, the least step of ${symbol}: nothing was sent.`;
}
