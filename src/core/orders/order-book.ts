/** The orders an account has at its exchange, and the last ones that ended: late news of those still counts. */

import { isOpen, type OrderRecord } from './order-record.ts';

export class OrderBook {
  readonly #open = new Map<string, OrderRecord>();
  readonly #ended = new Map<string, OrderRecord>();
  readonly #remembered: number;

  /** @param remembered how many ended orders are kept; news of an older one is matched with nothing */
  constructor(remembered: number) {
    this.#remembered = remembered;
  }

  get open(): readonly OrderRecord[] {
    return [...this.#open.values()];
  }

  /** Open orders first, then the ended ones in the order of their end. */
  get all(): readonly OrderRecord[] {
    return [...this.#open.values(), ...this.#ended.values()];
  }

  get(orderId: string): OrderRecord | null {
    return this.#open.get(orderId) ?? this.#ended.get(orderId) ?? null;
  }

  /** @throws Error where there is no such order */
  require(orderId: string): OrderRecord {
    const record = this.get(orderId);
    if (record === null) throw new Error(`There is no order ${orderId}.`);
    return record;
  }

  keep(record: OrderRecord): void {
    const { id } = record.order;
    if (isOpen(record)) {
      this.#open.set(id, record);
      return;
    }
    this.#open.delete(id);
    if (this.#remembered === 0) return;
    this.#ended.set(id, record);
    if (this.#ended.size > this.#remembered) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined) this.#ended.delete(oldest);
  }
}
