/** What an entry is decided by: a recorded bar, the last price of a live market, or nothing. */

/** What is known of the market. `bars`: recorded bars are all there is, and their close is the price. */
export type MarketView =
  | { readonly kind: 'bars' }
  | { readonly kind: 'quote'; readonly ask: number; readonly ageMs: number }
  /** No price has come yet, or none since prices were lost. */
  | { readonly kind: 'none' };

export const BARS: MarketView = Object.freeze({ kind: 'bars' });
