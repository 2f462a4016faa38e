/** The limits that no setting can loosen. Settings may only be stricter. */

export const HARD_LIMITS = Object.freeze({
  /** An entry's notional is cut to this, in USD. */
  maxTradeUsd: 50,
  /** An entry under this notional is denied, in USD. */
  minTradeUsd: 2,
  /** An entry may lose at most this fraction of equity when its stop is hit, fees included. */
  maxRiskPerTrade: 0.01,
  /** Entries a UTC day. */
  maxTradesPerDay: 20,
  /** A day that loses more than this fraction of its opening equity ends trading for that day. */
  maxDailyLoss: 0.05,
  /** Where an entry brings no stop, one is placed this fraction below its fill. */
  defaultStopDistance: 0.05,
});
