/** Orders as strategies, the risk gate and the exchanges speak of them. */

export type Side = 'buy' | 'sell';

/** Why a position was closed. */
export const EXIT_REASONS = [
  'signal',
  'stop-loss',
  'take-profit',
  'trailing-stop',
  'time-exit',
  'manual',
  'emergency-stop',
  'sold-outside',
  'written-off',
] as const;

export type ExitReason = (typeof EXIT_REASONS)[number];

/** Which fee a fill pays: `taker` took resting liquidity, `maker` was the resting side. */
export type Liquidity = 'taker' | 'maker';

/**
 * How much is ordered. Entries are sized in quote, so that a price that moves before the fill
 * can never push the notional over a limit; exits are sized in base, so that nothing is left over.
 */
export type OrderSize =
  | { readonly unit: 'base'; readonly amount: number }
  | { readonly unit: 'quote'; readonly cost: number };

/** A stop's place: an absolute price in quote, or a fraction below the price the entry fills at. */
export type StopLevel =
  | { readonly kind: 'price'; readonly price: number }
  | { readonly kind: 'distance'; readonly fraction: number };

/** What guards a position from the moment its entry has filled. */
export interface Protection {
  readonly stop: StopLevel | null;
  /** Price in quote at which the gain is taken. */
  readonly target: number | null;
  /** The stop follows this fraction below the highest price since the entry, judged at each bar's close. */
  readonly trailing: number | null;
  /** The position is sold at the first bar that closes this long after its entry, or later. */
  readonly maxHoldMs: number | null;
}

export const NO_PROTECTION: Protection = Object.freeze({
  stop: null,
  target: null,
  trailing: null,
  maxHoldMs: null,
});

export interface EntryOrder {
  readonly purpose: 'entry';
  readonly id: string;
  readonly symbol: string;
  readonly side: 'buy';
  readonly type: 'market' | 'limit';
  readonly size: Extract<OrderSize, { readonly unit: 'quote' }>;
  /** Limit price in quote; `null` for a market order. */
  readonly price: number | null;
  /** The most that a market order may pay, in quote; what cannot trade within it at once is not bought. */
  readonly bound: number | null;
  readonly protection: Protection;
}

/** Sells no more than what is held: it can only reduce risk. */
export interface ExitOrder {
  readonly purpose: 'exit';
  readonly id: string;
  readonly symbol: string;
  readonly side: 'sell';
  readonly type: 'market' | 'stop-loss' | 'take-profit';
  readonly size: Extract<OrderSize, { readonly unit: 'base' }>;
  /** Trigger price in quote of a stop-loss or take-profit; `null` for a market order. */
  readonly price: number | null;
  /** The least that a market order may sell for, in quote; what cannot trade within it at once stays. */
  readonly bound: number | null;
  readonly reason: ExitReason;
}

export type Order = EntryOrder | ExitOrder;
