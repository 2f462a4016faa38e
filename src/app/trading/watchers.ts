/** Tells subscribers that the status has changed, at most a few times a second. */

import type { Clock } from './clock.ts';

/** ms between two tellings: faster than a person reads, slower than prices come. */
const SHORTEST_PAUSE_MS = 250;

export class Watchers {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #callOff: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something has changed. */
  note(): void {
    if (this.#callOff !== null || this.#listeners.size === 0) return;
    this.#callOff = this.#clock.setTimer(SHORTEST_PAUSE_MS, () => {
      this.#callOff = null;
      for (const listener of this.#listeners) listener();
    });
  }

  close(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#listeners.clear();
  }
}
