/** What an exchange reports when (a part of) an order has traded. */

import type { ExitReason, Liquidity, Side } from './order.ts';

/** What a fill paid to the exchange. */
export interface Fee {
  /** The quote currency for most, the base or a third coin (BNB) on some exchanges. */
  readonly currency: string;
  readonly amount: number;
}

export interface Fill {
  /** The exchange's own, unique within its order: a fill that is told twice is counted once. */
  readonly id: string;
  readonly orderId: string;
  readonly side: Side;
  /** ms UTC. In a backtest the start of the bar in which it traded. */
  readonly time: number;
  /** In base. */
  readonly amount: number;
  /** In quote. */
  readonly price: number;
  /** Notional in quote, as the exchange states it: free of the rounding of amount × price. */
  readonly cost: number;
  readonly fee: Fee;
  readonly liquidity: Liquidity;
  /** Why a sell was made; `null` for an entry. */
  readonly reason: ExitReason | null;
  /** Whether the order is complete with this fill. */
  readonly complete: boolean;
}
