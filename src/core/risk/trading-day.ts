/** The UTC day as the limits see it: what it opened with, how many trades it has had, whether it lost too much. */

import { utcDay } from '../domain/timeframe.ts';

export interface TradingDay {
  /** Whole UTC days since 1970. */
  readonly day: number;
  /** Equity when the day began, marked to the last price before it; deposits and withdrawals since move it. */
  readonly openingEquity: number;
  /** Entries approved so far. */
  readonly trades: number;
  /** Set by a loss over the limit; stays for the rest of the day. */
  readonly lossLimitBreached: boolean;
}

export function openDay(timeMs: number, equity: number): TradingDay {
  return { day: utcDay(timeMs), openingEquity: equity, trades: 0, lossLimitBreached: false };
}

/** The day that `timeMs` falls in. A clock that was set back never opens a second day. */
export function rollDay(current: TradingDay, timeMs: number, equity: number): TradingDay {
  return utcDay(timeMs) > current.day ? openDay(timeMs, equity) : current;
}

/**
 * Marks the day as lost once equity has fallen by more than the limit.
 * @param maxDailyLoss fraction of the day's opening equity
 */
export function watchLoss(current: TradingDay, equity: number, maxDailyLoss: number): TradingDay {
  if (current.lossLimitBreached) return current;
  const loss = current.openingEquity - equity;
  return loss > maxDailyLoss * current.openingEquity
    ? { ...current, lossLimitBreached: true }
    : current;
}
