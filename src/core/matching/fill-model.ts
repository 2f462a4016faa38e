/** Prices and fees of simulated fills: the one model for backtest, paper and replay. */

import type { Costs } from '../domain/costs.ts';
import type { Side } from '../domain/order.ts';

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

/** A sell target: the open where the bar gaps above it, else its own price once the high touches it, else `null`. */
export function targetTrigger(target: number, open: number, high: number): number | null {
  if (open >= target) return open;
  return high >= target ? target : null;
}

/** A buy limit: the open where the bar opens below it, else its own price once the low touches it, else `null`. */
export function buyLimitTrigger(limit: number, open: number, low: number): number | null {
  if (open <= limit) return open;
  return low <= limit ? limit : null;
}
