/** Notices when this computer's clock was set, or when it slept and nobody said so. */

/** Longer than any pause between two events of a connected account, which ticks, ms. */
const LONGEST_PAUSE_MS = 60_000;

/** Network time may set a clock back by so much at once, ms. */
const SLIGHTLY_BACK_MS = 2_000;

export class ClockWatch {
  /** ms UTC. */
  #last: number | null = null;

  /** @param now ms UTC @returns whether it has jumped since the last look */
  look(now: number): boolean {
    const passed = now - (this.#last ?? now);
    this.#last = now;
    return passed > LONGEST_PAUSE_MS || passed < -SLIGHTLY_BACK_MS;
  }
}
