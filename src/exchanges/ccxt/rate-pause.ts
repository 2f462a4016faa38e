/** How long an exchange asked us to keep quiet: it counts for all reads, because it is our address that is counted. */

export interface RatePause {
  /** Nothing is asked until `ms` from now have passed. */
  extend(ms: number): void;
  /** ms that are left, 0 where there is no pause. */
  leftMs(): number;
}

export function createRatePause(now: () => number): RatePause {
  let until = -Infinity;
  let asked = 0;
  const leftMs = (): number => {
    // A clock that was set back would make a minute an hour, in which no exit could be sent.
    until = Math.min(until, now() + asked);
    return Math.max(0, until - now());
  };
  return {
    extend: (ms) => {
      if (ms <= leftMs()) return;
      until = now() + ms;
      asked = ms;
    },
    leftMs,
  };
}

/**
 * ms that a `Retry-After` header asks for; 0 where there is none or it says nothing.
 * @param header - Seconds, or an HTTP date.
 */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null || header.trim() === '') return 0;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
