/**
 * Exponential moving average (TA-Lib EMA): seeded with the simple mean of its first window, then
 * `ema += (value − ema) × 2/(period + 1)`; defined from index `period − 1`.
 */

import { checkPeriod } from './period.ts';

export class IncrementalEma {
  readonly #period: number;
  readonly #weight: number;
  #count = 0;
  #seedSum = 0;
  #ema = NaN;

  constructor(period: number) {
    checkPeriod('the exponential moving average', period);
    this.#period = period;
    this.#weight = 2 / (period + 1);
  }

  push(value: number): number {
    if (this.#count >= this.#period) {
      this.#ema += (value - this.#ema) * this.#weight;
      return this.#ema;
    }
    this.#count += 1;
    this.#seedSum += value;
    if (this.#count === this.#period) this.#ema = this.#seedSum / this.#period;
    return this.#ema;
  }
}
