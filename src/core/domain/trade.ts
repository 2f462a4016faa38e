/** A round trip: an entry and the exit that closed it. */

import type { ExitReason, Side } from './order.ts';

/** One round trip. A position still open at the end has `null` exits and a pnl marked to the last close. */
export interface Trade {
  /** Side of the entry; spot positions are always bought. */
  readonly side: Side;
  /** In base. */
  readonly amount: number;
  /** Start of the bar in which the entry filled, ms UTC. */
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly exitTime: number | null;
  readonly exitPrice: number | null;
  readonly exitReason: ExitReason | null;
  /** Entry and exit fees, in quote. */
  readonly fees: number;
  /** After fees, in quote. */
  readonly pnl: number;
  /** `pnl` as a fraction of the entry notional. */
  readonly returnPct: number;
}

/** A profit within this of the entry's notional is what dividing and multiplying by a price has left of nothing. */
const EVEN = 1e-12;

/** How a round trip came out; up to rounding, so that no figure is made of a remainder. */
export function outcomeOf({
  pnl,
  amount,
  entryPrice,
}: Pick<Trade, 'pnl' | 'amount' | 'entryPrice'>): 'won' | 'lost' | 'even' {
  if (Math.abs(pnl) <= EVEN * amount * entryPrice) return 'even';
  return pnl > 0 ? 'won' : 'lost';
}
