/** How much a strategy's entry buys, before the risk gate has its say. */

export type Sizing =
  /** All free cash, less what the fee needs. */
  | { readonly kind: 'all-in' }
  /** The same notional each time, in quote. */
  | { readonly kind: 'fixed'; readonly cost: number }
  /** So much that hitting the stop loses this fraction of equity; without a stop, the default stop distance counts. */
  | { readonly kind: 'risk'; readonly fraction: number };
