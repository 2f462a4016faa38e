/** Time as trading sees it; tests bring their own. */

export interface Clock {
  /** ms UTC. */
  now(): number;
  /** Calls back once after `ms`; the answer calls it off. */
  setTimer(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
