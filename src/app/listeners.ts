/** Whoever wants to hear of something. Each is alone: one that throws keeps neither the others nor the teller from going on. */

export class Listeners<Told extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...told: Told) => void>();
  /** Those that threw the last time: one that throws at every tick is one fault, not a log full of them. */
  readonly #failing = new WeakSet<(...told: Told) => void>();
  readonly #reportFault: (error: unknown) => void;

  constructor(reportFault: (error: unknown) => void) {
    this.#reportFault = reportFault;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Returns the removal. */
  add(listener: (...told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** Never throws because of a listener. */
  tell(...told: Told): void {
    for (const listener of this.#listeners) {
      try {
        listener(...told);
        this.#failing.delete(listener);
      } catch (error) {
        if (this.#failing.has(listener)) continue;
        this.#failing.add(listener);
        this.#reportFault(error);
      }
    }
  }
}
