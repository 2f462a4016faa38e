/** Tells subscribers that the status has changed, at most a few times a second. */

import { Listeners } from '../listeners.ts';
import type { Clock } from './clock.ts';

/** ms between two tellings: faster than a person reads, slower than prices come. */
const SHORTEST_PAUSE_MS = 250;

export class Watchers {
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  #callOff: (() => void) | null = null;

  constructor(clock: Clock, reportFault: (error: unknown) => void) {
    this.#clock = clock;
    this.#listeners = new Listeners(reportFault);
  }

  add(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Something has changed. */
  note(): void {
    if (this.#callOff !== null || this.#listeners.size === 0) return;
    this.#callOff = this.#clock.setTimer(SHORTEST_PAUSE_MS, () => this.#tell());
  }

  /** Tells what has changed before an answer that speaks of it: no window says "connected" beside "not connected". */
  async newsBefore<T>(answer: T | Promise<T>): Promise<T> {
    const given = await answer;
    if (this.#callOff !== null) this.#tell();
    return given;
  }

  close(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#listeners.clear();
  }

  #tell(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#listeners.tell();
  }
}
