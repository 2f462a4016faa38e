/** Wilder's smoothing: seeded with the simple mean of the first `period` values, then `(mean × (period − 1) + value) / period`. */

export class WilderMean {
  readonly #period: number;
  #count = 0;
  #seedSum = 0;
  #mean = NaN;

  /** @param period a whole number from 1, checked by the indicator that uses it */
  constructor(period: number) {
    this.#period = period;
  }

  push(value: number): number {
    if (this.#count >= this.#period) {
      this.#mean = (this.#mean * (this.#period - 1) + value) / this.#period;
      return this.#mean;
    }
    this.#count += 1;
    this.#seedSum += value;
    if (this.#count === this.#period) this.#mean = this.#seedSum / this.#period;
    return this.#mean;
  }
}
