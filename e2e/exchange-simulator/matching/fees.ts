/** What trading costs, and in which coin. */

import type { Units } from '../decimal.ts';

/**
 * Out of what is received; in the quote or the base currency on either side, where a buy then costs more than its price
 * or a sale more coins than it sells; or in a third coin, while there is enough of it, and out of what is received then.
 */
export type FeeCoin = 'received' | 'quote' | 'base' | { readonly asset: string };

/** What trades cost, as fractions in units: 100,000 is 0.1 %. */
export interface Fees {
  readonly maker: Units;
  readonly taker: Units;
  readonly paidIn: FeeCoin;
}
