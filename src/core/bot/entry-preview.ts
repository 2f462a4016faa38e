/** What the gate would make of an entry by hand, before it is asked for. */

import type { Denial } from '../domain/denial.ts';
import type { Adjustment } from '../risk/gate-answer.ts';

export type EntryPreview =
  | {
      readonly kind: 'approved';
      /** What would be spent, in quote. */
      readonly cost: number;
      /** The limit, or the last price. */
      readonly price: number;
      /** Where the stop would be if the entry filled at that price; `null` for none. */
      readonly stop: number | null;
      readonly adjustments: readonly Adjustment[];
    }
  | { readonly kind: 'denied'; readonly denial: Denial };
