/** A clock that moves when a test says so. */

import type { FeedClock } from '../feed-clock.ts';

export interface VirtualClock extends FeedClock {
  /** Moves on by `ms` and fires the timers that come due, oldest first. */
  advance(ms: number): void;
  /** ms until each timer that is set. */
  waits(): readonly number[];
  /** Resolves when `count` timers are set: then whoever waits for the clock has nothing else left to do. */
  armed(count: number): Promise<void>;
}

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

export function createVirtualClock(start: number): VirtualClock {
  let time = start;
  const timers = new Set<Timer>();
  const watchers = new Set<() => void>();

  const due = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => time,
    setTimer: (ms, fire) => {
      const timer = { at: time + ms, fire };
      timers.add(timer);
      watchers.forEach((look) => look());
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const end = time + ms;
      for (let timer = due(end); timer !== undefined; timer = due(end)) {
        timers.delete(timer);
        time = timer.at;
        timer.fire();
      }
      time = end;
    },
    waits: () => [...timers].map(({ at }) => at - time).sort((a, b) => a - b),
    armed: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (timers.size !== count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}
