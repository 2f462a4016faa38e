/** Tells the latest of many, and not too often: what is overtaken while it waits is never told. */

import type { FeedClock } from '../feed-clock.ts';

export interface Thinning<T> {
  give(value: T): void;
  /** Tells what waits at once. */
  flush(): void;
  /** Forgets what waits. */
  drop(): void;
}

/** @param gapMs - From one telling to the next. The first is told at once. */
export function thinned<T>(clock: FeedClock, gapMs: number, tell: (value: T) => void): Thinning<T> {
  let next = -Infinity;
  let waiting: { readonly value: T } | null = null;
  let cancelTimer = (): void => undefined;

  const tellNow = (value: T): void => {
    next = clock.now() + gapMs;
    tell(value);
  };

  const comeDue = (): void => {
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    tellNow(value);
  };

  return {
    give: (value) => {
      const early = next - clock.now();
      const isTimerSet = waiting !== null;
      // A clock that was set back must not silence us for as long as it went back.
      if (!isTimerSet && (early <= 0 || early > gapMs)) return tellNow(value);
      waiting = { value };
      if (!isTimerSet) cancelTimer = clock.setTimer(early, comeDue);
    },
    flush: () => {
      cancelTimer();
      comeDue();
    },
    drop: () => {
      cancelTimer();
      waiting = null;
    },
  };
}
