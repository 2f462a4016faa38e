/** What a comparison of the books with the exchange says of a position, and what follows from it. */

/** What one comparison found of one position. Amounts in base. */
export type Finding =
  | { readonly kind: 'agreed' }
  /** So much of it was sold by somebody else, for `proceeds` in quote, after fees. `time` of the last trade, ms UTC. */
  | {
      readonly kind: 'sold-outside';
      readonly amount: number;
      readonly proceeds: number;
      readonly time: number;
    }
  /**
   * `coins`: they left the account without a trade. `pair`: the exchange does not trade it any more. `gone` is what the
   * coin as a whole lost when they left: should exactly that come back, they are there again.
   */
  | { readonly kind: 'missing'; readonly cause: 'coins' | 'pair'; readonly gone: number }
  | { readonly kind: 'quarantined'; readonly because: string };

/** Why a position is left alone: nothing is sent for it, neither a guard nor a sale. Kept with the position. */
export type Doubt =
  /** A guard ended without being asked to: nothing is known of the coins until they have been compared. */
  | { readonly kind: 'suspect'; readonly since: number }
  | {
      readonly kind: 'missing';
      readonly since: number;
      readonly cause: 'coins' | 'pair';
      readonly gone: number;
    }
  | { readonly kind: 'quarantined'; readonly since: number; readonly because: string };
