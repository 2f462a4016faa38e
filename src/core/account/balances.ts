/** What an account holds of each currency and what one unit is worth, in plain columns: read on every price. */

/** The place of a currency; valid for the balances that gave it. */
export type Slot = number;

export class Balances {
  readonly #currencies: string[] = [];
  /** Slots by the names of their currencies: a sum is the same to the last digit, whichever came first. */
  readonly #byName: Slot[] = [];
  #amounts = new Float64Array(4);
  /** Worth of one unit in the account's reporting currency; 0 until a price is known. */
  #rates = new Float64Array(4);
  /** When the rate was seen, ms UTC; Infinity for one that is fixed. */
  #seen = new Float64Array(4);

  get currencies(): readonly string[] {
    return this.#currencies;
  }

  /** The slot of a currency, opened empty where there was none. */
  slot(currency: string): Slot {
    const found = this.#currencies.indexOf(currency);
    if (found >= 0) return found;
    const slot = this.#currencies.length;
    if (slot === this.#amounts.length) this.#grow();
    this.#currencies.push(currency);
    const later = this.#byName.findIndex((other) => (this.#currencies[other] ?? '') > currency);
    this.#byName.splice(later < 0 ? slot : later, 0, slot);
    this.#seen[slot] = -Infinity;
    return slot;
  }

  amount(slot: Slot): number {
    return this.#amounts[slot] ?? NaN;
  }

  rate(slot: Slot): number {
    return this.#rates[slot] ?? NaN;
  }

  rateSeenAt(slot: Slot): number {
    return this.#seen[slot] ?? NaN;
  }

  add(slot: Slot, amount: number): void {
    this.#amounts[slot] = this.amount(slot) + amount;
  }

  set(slot: Slot, amount: number): void {
    this.#amounts[slot] = amount;
  }

  setRate(slot: Slot, rate: number, seenAt: number): void {
    this.#rates[slot] = rate;
    this.#seen[slot] = seenAt;
  }

  /** Everything at its rate, in the reporting currency. */
  worth(): number {
    const amounts = this.#amounts;
    const rates = this.#rates;
    const order = this.#byName;
    let sum = 0;
    // By index: this runs once a bar, and an iterator would take as long as the rest of it.
    for (let place = 0; place < order.length; place += 1) {
      const slot = order[place] ?? NaN;
      sum += (amounts[slot] ?? NaN) * (rates[slot] ?? NaN);
    }
    return sum;
  }

  #grow(): void {
    const grown = (column: Float64Array) => {
      const longer = new Float64Array(column.length * 2);
      longer.set(column);
      return longer;
    };
    this.#amounts = grown(this.#amounts);
    this.#rates = grown(this.#rates);
    this.#seen = grown(this.#seen);
  }
}
