/** A profile that had to be set aside took the day's counters with it: live mode waits for the next day. */

import { utcDay } from '../../core/domain/timeframe.ts';
import type { SettingsStore } from '../storage/storage.ts';

const KEY = 'live-unknown-day';

export function noteUnknownDay(settings: SettingsStore, now: number): void {
  settings.set(KEY, utcDay(now));
}

/** @returns why today's limits are unknown, as a sentence; `null` where they are known */
export function unknownDay(settings: SettingsStore, now: number): string | null {
  if (settings.get(KEY) !== utcDay(now)) return null;
  return 'The profile could not be read and a new one was begun, so nobody knows what was traded today: live mode stays off until tomorrow (UTC).';
}
