/** Time as the feed is given it: the machine's in the app, a virtual one in tests. */

export interface FeedClock {
  /** ms UTC. */
  now(): number;
  /** Calls `fire` once after `ms`; the answer cancels it. */
  setTimer(ms: number, fire: () => void): () => void;
}
