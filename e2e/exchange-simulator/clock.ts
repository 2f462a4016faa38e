/** The exchange's time: a clock from outside that can be set forward, so that no test waits. */

export interface Clock {
  /** ms UTC, and the same moment as long as nothing passes or is set forward. */
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

export function createClock(base: () => number): Clock {
  let ahead = 0;
  return {
    now: () => base() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
}
