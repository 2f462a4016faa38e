/**
 * Orders that the exchange does not find. One rule for whoever asks: not found proves nothing before it has been asked for
 * as long as an order may take to be found.
 */

/**
 * How long at least an order that was sent may not be found although it has arrived, or will, ms: exchanges drop what they
 * have not taken within half of that, and have been seen not to find for most of it what they had taken.
 */
export const ARRIVAL_MS = 60_000;

export class Unfound {
  /** ms UTC, by order. */
  readonly #since = new Map<string, number>();

  /**
   * An order was asked for and not found. When it was sent tells less: an exchange on a bad day does not find what it has
   * had for minutes.
   * @returns for how long it has been asked for in this run without being found, ms
   */
  note(orderId: string, now: number): number {
    // A clock that was set back since: the waiting begins anew.
    const since = Math.min(this.#since.get(orderId) ?? now, now);
    this.#since.set(orderId, since);
    return now - since;
  }

  /** It was found, or has ended: should it not be found any more, the asking begins anew. */
  forget(orderId: string): void {
    this.#since.delete(orderId);
  }
}
