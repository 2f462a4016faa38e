/** A length of time in words, as the sentences of the protections use it. */

import { DAY_MS, MINUTE_MS } from '../domain/timeframe.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** `5 minutes`, `1 hour and 30 minutes`, `2 days and 1 hour`: rounded up, so that nobody comes back too early. */
export function inWords(ms: number): string {
  return ms > DAY_MS
    ? words(ms, { ms: DAY_MS, name: 'day' }, { ms: HOUR_MS, name: 'hour' })
    : words(ms, { ms: HOUR_MS, name: 'hour' }, { ms: MINUTE_MS, name: 'minute' });
}

interface Unit {
  readonly ms: number;
  readonly name: string;
}

function words(ms: number, large: Unit, small: Unit): string {
  const smallInLarge = large.ms / small.ms;
  const total = Math.ceil(ms / small.ms);
  const parts = [
    counted(Math.floor(total / smallInLarge), large.name),
    counted(total % smallInLarge, small.name),
  ];
  return parts.filter((part) => part !== null).join(' and ') || `0 ${small.name}s`;
}

function counted(count: number, name: string): string | null {
  if (count === 0) return null;
  return count === 1 ? `1 ${name}` : `${count} ${name}s`;
}
