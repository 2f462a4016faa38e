/** A profile that had to be set aside took the day's counters with it: live mode waits for the next day. */

import { DAY_MS, utcDay } from '../../core/domain/timeframe.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { LossLimitEvent } from './day-limits.ts';

const KEY = 'live-unknown-day';

export function noteUnknownDay(settings: SettingsStore, now: number): void {
  settings.set(KEY, utcDay(now));
}

/** @returns the day whose limits are unknown, which is not over, and why; `null` where they are known */
export function unknownDay(settings: SettingsStore, now: number): LossLimitEvent | null {
  const day = settings.get(KEY);
  if (typeof day !== 'number' || day < utcDay(now)) return null;
  return { kind: 'loss-limit', time: day * DAY_MS, reason: UNKNOWN };
}

const UNKNOWN =
  'The profile could not be read and a new one was begun, so nobody knows what was traded today: live mode stays off until tomorrow (UTC).';
