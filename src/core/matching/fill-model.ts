/** Prices and fees of simulated fills: the one model for backtest, paper and replay. */

import type { Costs } from '../domain/costs.ts';
import type { Liquidity, Side } from '../domain/order.ts';

/** At which average price an order trades, in quote, and as what. */
export interface Execution {
  readonly price: number;
  readonly liquidity: Liquidity;
}

/**
 * What a taker pays or gets: the reference price moved against them by slippage and half the spread.
 * @param reference price in quote
 */
export function takerPrice(side: Side, reference: number, costs: Costs): number {
  const against = (costs.slippageBps + costs.halfSpreadBps) / 10_000;
  return side === 'buy' ? reference * (1 + against) : reference * (1 - against);
}

/** A sell stop: the open where the bar gaps below it, else its own price once the low touches it, else `null`. */
export function stopTrigger(stop: number, open: number, low: number): number | null {
  if (open <= stop) return open;
  return low <= stop ? stop : null;
}

/** The best price that an order of this side can trade at, where only the price of the last trade is known. */
export function bestPrice(side: Side, traded: number, { halfSpreadBps }: Costs): number {
  const half = halfSpreadBps / 10_000;
  return side === 'buy' ? traded * (1 + half) : traded * (1 - half);
}

/**
 * Whether an order with a price of its own, a limit or a target, takes what is there as it comes in: the market is at its
 * price or beyond. It pays as a taker then.
 * @param best ask for a buy, bid for a sell
 */
export function takes(side: Side, own: number, best: number): boolean {
  return side === 'buy' ? best <= own : best >= own;
}

/**
 * Whether the market has traded through an order that rests. Touching its price is not enough: others may stand before
 * it at that price. It gets its own price then and no better one, for it was in the book before the market came.
 */
export function isThrough(side: Side, own: number, best: number): boolean {
  return side === 'buy' ? best < own : best > own;
}

/** What a taker with a price of its own pays or gets: the market's price, but never a worse one than its own. */
export function boundedPrice(side: Side, own: number, market: number): number {
  return side === 'buy' ? Math.min(own, market) : Math.max(own, market);
}
