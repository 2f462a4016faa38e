/** The fees that an exchange tells, checked: they go into what may be lost. */

import { BadResponse } from 'ccxt';
import type { TradingFees } from '../../../core/domain/costs.ts';

/** No spot exchange takes more: what lies beyond is another unit, or nonsense. */
const MOST = 0.05;

/**
 * A rebate counts as nothing: it can be taken away.
 * @param maker as a fraction of what is traded @throws BadResponse for what can be no fee
 */
export function feesOf(maker: number, taker: number): TradingFees {
  for (const fee of [maker, taker]) {
    if (!(Math.abs(fee) <= MOST)) throw new BadResponse(`The answer tells a fee of ${fee}.`);
  }
  return { maker: Math.max(0, maker), taker: Math.max(0, taker) };
}
