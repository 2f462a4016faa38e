/** The limits that no setting can loosen. */

/** What an entry is measured against; settings may only be stricter than `HARD_LIMITS`. */
export interface Limits {
  /** An entry's notional is cut to this, in USD. */
  readonly maxTradeUsd: number;
  /** An entry under this notional is denied, in USD. */
  readonly minTradeUsd: number;
  /** An entry may lose at most this fraction of equity when its stop is hit, fees included. */
  readonly maxRiskPerTrade: number;
  /** Entries a UTC day. */
  readonly maxTradesPerDay: number;
  /** A day that loses more than this fraction of its opening equity ends trading for that day. */
  readonly maxDailyLoss: number;
  /** Where an entry brings no stop, one is placed this fraction below its fill. */
  readonly defaultStopDistance: number;
}

export const HARD_LIMITS: Limits = Object.freeze({
  maxTradeUsd: 50,
  minTradeUsd: 2,
  maxRiskPerTrade: 0.01,
  maxTradesPerDay: 20,
  maxDailyLoss: 0.05,
  defaultStopDistance: 0.05,
});
