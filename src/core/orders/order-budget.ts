/** How many orders an account may send: under the exchange's own limits, so that no fault can make it send in a loop. */

/** At most so many orders, placed or cancelled, in a window of time. */
export interface OrderAllowance {
  readonly orders: number;
  readonly windowMs: number;
}

/** Under what every exchange of the table takes from its smallest accounts. */
export const CAUTIOUS_ALLOWANCE: OrderAllowance = Object.freeze({ orders: 50, windowMs: 10_000 });

/** What an order is for: the later ones leave room for those before them. */
export type OrderUrgency = 'sale' | 'guard' | 'entry';

/** The part of the allowance that may be used up before an order of this kind has to wait. */
const SHARE: Readonly<Record<OrderUrgency, number>> = { sale: 1, guard: 0.8, entry: 0.4 };

/** As it is kept between two runs. */
export interface BudgetState {
  /** When what counts was sent, oldest first, ms of the pulse. */
  readonly sent: readonly number[];
  /** Sent since this computer's time was last heard. */
  readonly undated: number;
}

export class OrderBudget {
  readonly #allowance: OrderAllowance;
  #sent: number[] = [];
  #undated = 0;

  constructor(allowance: OrderAllowance) {
    this.#allowance = allowance;
  }

  /** Counts orders and cancellations that go out now. */
  count(orders: number): void {
    this.#undated += orders;
  }

  /**
   * To be told of every moment that is heard: what went out since the last one counts from this one on.
   * @returns whether there was any
   */
  hear(now: number): boolean {
    const undated = this.#undated;
    for (; this.#undated > 0; this.#undated -= 1) this.#sent.push(now);
    const from = now - this.#allowance.windowMs;
    if ((this.#sent[0] ?? Infinity) <= from) this.#sent = this.#sent.filter((sent) => sent > from);
    return undated > 0;
  }

  /** Whether so many more may go out now. An empty budget takes any number: what has to go out together must. */
  hasRoom(urgency: OrderUrgency, count: number): boolean {
    const used = this.#sent.length + this.#undated;
    return used === 0 || used + count <= this.#limit(urgency);
  }

  /** When so many will have room, ms of the pulse; `null` where they have it now, or nobody can tell yet. */
  roomAt(urgency: OrderUrgency, count: number): number | null {
    if (this.hasRoom(urgency, count)) return null;
    const surplus = this.#sent.length + count - this.#limit(urgency);
    const oldest = this.#sent[Math.min(Math.max(surplus, 1), this.#sent.length) - 1];
    return oldest === undefined ? null : oldest + this.#allowance.windowMs;
  }

  state(): BudgetState {
    return { sent: [...this.#sent], undated: this.#undated };
  }

  restore({ sent, undated }: BudgetState): void {
    this.#sent = [...sent];
    this.#undated = undated;
  }

  #limit(urgency: OrderUrgency): number {
    return Math.floor(this.#allowance.orders * SHARE[urgency]);
  }
}
