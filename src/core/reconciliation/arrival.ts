/**
 * Orders that the exchange does not find. One rule for whoever asks: not found proves nothing before it has been asked for
 * as long as an order may take to be found.
 */

/**
 * How long at least an order that was sent may not be found although it has arrived, or will, ms: exchanges drop what they
 * have not taken within half of that, and have been seen not to find for most of it what they had taken.
 */
export const ARRIVAL_MS = 60_000;

/** Whoever asks does so at least as often: more time between two questions is a clock that was set, or a computer asleep. */
const LONGEST_PAUSE_MS = ARRIVAL_MS / 2;

interface Asking {
  /** ms UTC. */
  readonly lastAt: number;
  readonly askedMs: number;
}

export class Unfound {
  readonly #asking = new Map<string, Asking>();

  /**
   * An order was asked for and not found. When it was sent tells less: an exchange on a bad day does not find what it has
   * had for minutes.
   * @param now ms UTC, of a clock that anybody may set
   * @returns for how long it has been asked for in this run without being found, ms
   */
  note(orderId: string, now: number): number {
    const { lastAt, askedMs } = this.#asking.get(orderId) ?? { lastAt: now, askedMs: 0 };
    const passed = Math.min(Math.max(0, now - lastAt), LONGEST_PAUSE_MS);
    this.#asking.set(orderId, { lastAt: now, askedMs: askedMs + passed });
    return askedMs + passed;
  }

  /** It was found, or has ended: should it not be found any more, the asking begins anew. */
  forget(orderId: string): void {
    this.#asking.delete(orderId);
  }
}
