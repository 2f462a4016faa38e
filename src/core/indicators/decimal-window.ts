/** The exact sum of the last `period` decimal values, one value at a time. */

import { exactDecimal, powerOfTen, ratioToNumber } from './exact-decimal.ts';

/** O(1) a value in BigInt: for live bars, and for columns that do not fit into exact float64 ticks. */
export class DecimalWindow {
  readonly period: number;
  readonly #digits: bigint[] = [];
  #places = 0;
  #next = 0;
  #sum = 0n;

  constructor(period: number) {
    this.period = period;
  }

  get isFull(): boolean {
    return this.#digits.length === this.period;
  }

  push(value: number): void {
    const { digits, places } = exactDecimal(value);
    this.#raiseTo(places);
    const scaled = digits * powerOfTen(this.#places - places);
    this.#sum += scaled - (this.isFull ? (this.#digits[this.#next] ?? 0n) : 0n);
    this.#digits[this.#next] = scaled;
    this.#next = (this.#next + 1) % this.period;
  }

  /** The nearest float64 to the mean; NaN until the window is full. */
  mean(): number {
    if (!this.isFull) return NaN;
    return ratioToNumber(this.#sum, BigInt(this.period) * powerOfTen(this.#places));
  }

  /** Sign of this mean − the other's, decided exactly; NaN until both windows are full. */
  compareMean(other: DecimalWindow): number {
    if (!this.isFull || !other.isFull) return NaN;
    const mine = this.#sum * BigInt(other.period) * powerOfTen(other.#places);
    const theirs = other.#sum * BigInt(this.period) * powerOfTen(this.#places);
    return mine > theirs ? 1 : mine < theirs ? -1 : 0;
  }

  /** A value with more decimals than any before: all that is held is rewritten in the finer step. */
  #raiseTo(places: number): void {
    if (places <= this.#places) return;
    const factor = powerOfTen(places - this.#places);
    this.#digits.forEach((digits, index) => {
      this.#digits[index] = digits * factor;
    });
    this.#sum *= factor;
    this.#places = places;
  }
}
