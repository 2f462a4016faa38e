/** What a simulated exchange remembers of itself: it is the other side, and must survive a crash of ours. */

import type { Fill } from '../../core/domain/fill.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';

export interface SimulatedOrder {
  readonly order: ApprovedOrder;
  readonly exchangeId: string;
  readonly state: 'open' | 'filled' | 'cancelled' | 'expired';
  /** ms UTC. */
  readonly placedAt: number;
  /** The other order of a pair. */
  readonly pairedWith: string | null;
}

/** All of it or nothing is kept. */
export interface SimulatedChange {
  readonly orders: readonly SimulatedOrder[];
  readonly fills: readonly Fill[];
  /** New amounts, by currency. */
  readonly balances: Readonly<Record<string, number>>;
  /** Start of the last recorded bar that was matched, by symbol, ms UTC. */
  readonly matchedBars: Readonly<Record<string, number>>;
}

export interface SimulatedStore {
  /** Durable when it returns. */
  commit(change: SimulatedChange): void;
  /** Everything committed so far; ended orders without a way back may be left out. */
  load(): SimulatedChange;
}
