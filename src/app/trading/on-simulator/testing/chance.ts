/** Chance that a seed decides, in the words of a long run. */

import { uniformSource } from '../../../../../e2e/exchange-simulator/random.ts';

export class Chance {
  readonly #uniform: () => number;

  constructor(seed: number) {
    this.#uniform = uniformSource(seed, 99);
  }

  /** From `least` up to and without `most`. */
  between(least: number, most: number): number {
    return least + this.#uniform() * (most - least);
  }

  /** As `between`, a whole number. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most));
  }

  /** @param share how often it is true, a fraction */
  isTrue(share: number): boolean {
    return this.#uniform() < share;
  }

  /** @throws Error for an empty list */
  oneOf<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.#uniform() * list.length)];
    if (one === undefined) throw new Error('There is nothing to choose from.');
    return one;
  }
}
