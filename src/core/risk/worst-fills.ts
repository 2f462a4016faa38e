/** The worst prices that our orders may trade at, and how old a price may be that something is bought by. */

import type { MarketView } from './market-view.ts';

/** A market entry pays at most this fraction above the last ask; what is not offered within it is not bought. */
const ENTRY_SLACK = 0.005;

/** A stop sells at its trigger or up to this fraction below it: spot exchanges keep stops as limit orders. */
export const STOP_SLACK = 0.01;

/** ms: nothing is bought by a price that is older. */
const FRESH_PRICE_MS = 10_000;

/** @param ageMs of the last price; `null` where there is none @returns as a sentence; `null` where it is fresh */
export function whyNotFresh(symbol: string, ageMs: number | null): string | null {
  if (ageMs !== null && ageMs <= FRESH_PRICE_MS) return null;
  const known =
    ageMs === null
      ? `There is no price of ${symbol} at the moment`
      : `The last price of ${symbol} is ${Math.round(ageMs / 1_000)} s old`;
  return `${known}: nothing is bought by a price older than ${FRESH_PRICE_MS / 1_000} s. Wait for the next one.`;
}

/** Relative: a multiple of a step may sit a rounding below its own count of steps. */
const ROUNDING = 1e-9;

/** The most that a market entry may pay, in quote: on the pair's step, and never above the slack for it. */
export function entryBound(ask: number, priceStep: number | null): number {
  const most = ask * (1 + ENTRY_SLACK);
  if (priceStep === null) return most;
  const bound = Math.floor(most / priceStep + ROUNDING) * priceStep;
  // A step may be wider than the slack, and an ask between two steps is nobody's.
  return bound >= ask ? bound : ask;
}

/** The worst price that an entry may fill at, in quote: its limit, or the bound of a market entry. */
export function worstEntry(
  limit: number | null,
  { price, market }: { readonly price: number; readonly market: MarketView },
  priceStep: number | null,
): number {
  if (limit !== null) return limit;
  return market.kind === 'quote' ? entryBound(market.ask, priceStep) : price;
}
