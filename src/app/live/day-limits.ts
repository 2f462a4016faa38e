/** Why a day's limits keep live mode off, whatever the clock was set to in between. */

import { DAY_MS, utcDay } from '../../core/domain/timeframe.ts';
import type { LiveGateEvent } from '../../core/risk/live-gate.ts';
import type { TradingDay } from '../../core/risk/trading-day.ts';

export type LossLimitEvent = Extract<LiveGateEvent, { readonly kind: 'loss-limit' }>;

/** An exchange's clock may be so far ahead of this one's at midnight, ms. */
const AT_MIDNIGHT_MS = 10_000;

/** @param now ms UTC @returns `null` where the kept day is within its limit, or over */
export function lostToday(day: TradingDay | null, now: number): LossLimitEvent | null {
  if (day === null || day.day < utcDay(now) || !day.lossLimitBreached) return null;
  return { kind: 'loss-limit', time: day.day * DAY_MS, reason: LOST };
}

/**
 * A clock that was ahead began a day, and with it new counters, before the one before was over: they count for the day
 * that they belong to, and until then for none.
 * @param now ms UTC
 */
export function begunTooSoon(day: TradingDay | null, now: number): LossLimitEvent | null {
  if (day === null || day.day <= utcDay(now + AT_MIDNIGHT_MS)) return null;
  const from = new Date(day.day * DAY_MS).toISOString().slice(0, 10);
  const reason = `This computer's clock was ahead, and the day's limits were begun anew too soon: live mode stays off until ${from} (UTC).`;
  return { kind: 'loss-limit', time: (day.day - 1) * DAY_MS, reason };
}

const LOST = 'Today has lost more than the limit: live mode stays off until tomorrow (UTC).';
