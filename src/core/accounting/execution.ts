/** A fill as the books keep it: with its pair and with what its fee was worth. */

import type { Fee } from '../domain/fill.ts';
import type { Side } from '../domain/order.ts';

/** One fill as the books keep it. */
export interface Execution {
  readonly fillId: string;
  readonly orderId: string;
  /** ms UTC. */
  readonly time: number;
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly side: Side;
  /** In base, before a fee that is taken in base. */
  readonly amount: number;
  /** In quote. */
  readonly price: number;
  /** In quote, as the exchange states it, before fees. */
  readonly cost: number;
  readonly fee: Fee;
  /** The fee's worth in quote at the time; `null` where no price was known. */
  readonly feeInQuote: number | null;
}
