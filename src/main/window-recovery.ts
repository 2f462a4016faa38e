/** How often a window that crashes or hangs may be opened anew: a page that always fails must not fail for ever. */

const MOST_TIMES = 3;
const WITHIN_MS = 5 * 60_000;

export interface Recovery {
  /** Counts the opening where it is allowed. */
  mayReopen(): boolean;
}

/** @param now - ms UTC. */
export function limitRecovery(now: () => number): Recovery {
  let reopened: readonly number[] = [];
  return {
    mayReopen() {
      const time = now();
      // A clock that was set back must not forbid for hours.
      reopened = reopened.filter((past) => Math.abs(time - past) < WITHIN_MS);
      if (reopened.length >= MOST_TIMES) return false;
      reopened = [...reopened, time];
      return true;
    },
  };
}
