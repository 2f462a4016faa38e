/** The parts of an account, largest first; many small ones are one. */

import type { TradingStatus } from '../../../contract/trading.ts';

export interface AllocationPart {
  readonly currency: string;
  /** In USD. */
  readonly worth: number;
  /** Of all that has a price, 0 to 1. */
  readonly part: number;
}

/** More cannot be told apart. */
const MOST_PARTS = 5;

/** Without what has no price, or none of it left. */
export function allocationOf(balances: TradingStatus['balances']): readonly AllocationPart[] {
  const priced = balances
    .flatMap(({ currency, worth }) => (worth !== null && worth > 0 ? [{ currency, worth }] : []))
    .sort((one, other) => other.worth - one.worth);
  const total = priced.reduce((sum, { worth }) => sum + worth, 0);
  const parts = priced.map(({ currency, worth }) => ({ currency, worth, part: worth / total }));
  if (parts.length <= MOST_PARTS) return parts;
  const small = parts.slice(MOST_PARTS - 1);
  const worth = small.reduce((sum, each) => sum + each.worth, 0);
  return [...parts.slice(0, MOST_PARTS - 1), { currency: 'Others', worth, part: worth / total }];
}
