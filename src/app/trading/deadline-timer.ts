/** Tells the engine the time when it has asked to be told. */

import type { Clock } from './clock.ts';

/** Nothing is asked for later than this: a clock that is set back must not leave the engine waiting, ms. */
const LONGEST_MS = 60_000;

export class DeadlineTimer {
  readonly #clock: Clock;
  readonly #tell: (now: number) => void;
  #callOff: (() => void) | null = null;
  /** ms UTC. */
  #setFor: number | null = null;

  /** @param tell called with the time, ms UTC */
  constructor(clock: Clock, tell: (now: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** @param deadline ms UTC, `-Infinity` for at once; `null` for none */
  set(deadline: number | null): void {
    if (deadline === this.#setFor) return;
    this.#callOff?.();
    this.#callOff = null;
    this.#setFor = deadline;
    if (deadline === null) return;
    const wait = Math.min(Math.max(deadline - this.#clock.now(), 0), LONGEST_MS);
    this.#callOff = this.#clock.setTimer(wait, () => {
      this.#callOff = null;
      this.#setFor = null;
      this.#tell(this.#clock.now());
    });
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}
