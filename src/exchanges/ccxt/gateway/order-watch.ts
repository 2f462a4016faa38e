/** Looks at our open orders again and again, and tells what has become of them. */

import type { OrderEvent } from '../../../core/orders/order-record.ts';
import type { ExchangeOrder } from '../../../core/ports/exchange.ts';
import type { FeedClock } from '../feed-clock.ts';

export interface OrderWatchOptions {
  readonly clock: FeedClock;
  readonly everyMs: number;
  /** @throws where the exchange cannot be asked; it is asked again */
  readonly find: (orderId: string, symbol: string) => Promise<ExchangeOrder | null>;
}

export class OrderWatch {
  readonly #options: OrderWatchOptions;
  /** Symbols, by the ids of orders that were open when last seen. */
  readonly #orders = new Map<string, string>();
  readonly #listeners = new Set<(event: OrderEvent) => void>();
  #callOff: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: OrderWatchOptions) {
    this.#options = options;
  }

  add(orderId: string, symbol: string): void {
    this.#orders.set(orderId, symbol);
    this.#lookLater();
  }

  /** Tells of an order that somebody else has asked for; one that is open is looked at from now on. */
  seen(orderId: string, found: ExchangeOrder): void {
    if (found.state === 'open') this.add(orderId, found.symbol);
    if (this.#orders.has(orderId)) this.#tellOf(orderId, found);
  }

  listen(listener: (event: OrderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when the look that is under way is over. */
  looked(): Promise<void> {
    return this.#looking;
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
    this.#orders.clear();
  }

  #lookLater(): void {
    if (this.#callOff !== null || this.#isStopped || this.#orders.size === 0) return;
    this.#callOff = this.#options.clock.setTimer(this.#options.everyMs, () => {
      this.#looking = this.#lookAtAll();
    });
  }

  async #lookAtAll(): Promise<void> {
    for (const [orderId, symbol] of this.#orders) await this.#look(orderId, symbol);
    this.#callOff = null;
    this.#lookLater();
  }

  async #look(orderId: string, symbol: string): Promise<void> {
    // An exchange that cannot be asked is asked again at the next turn; whoever waits for an answer looks up by itself.
    const found = await this.#options.find(orderId, symbol).catch(() => null);
    if (found !== null && !this.#isStopped) this.#tellOf(orderId, found);
  }

  #tellOf(orderId: string, found: ExchangeOrder): void {
    const time = this.#options.clock.now();
    for (const fill of found.fills) this.#tell({ kind: 'order-filled', orderId, fill });
    if (found.state === 'open') return;
    this.#orders.delete(orderId);
    const filledAmount = found.fills.reduce((sum, { amount }) => sum + amount, 0);
    if (found.state === 'cancelled') {
      this.#tell({ kind: 'order-cancelled', orderId, time, filledAmount });
    } else if (found.state === 'expired') {
      const sentence = 'It expired at the exchange.';
      this.#tell({ kind: 'order-expired', orderId, time, filledAmount, sentence });
    } else if (found.state === 'rejected') {
      const sentence = 'The exchange shows it as rejected.';
      this.#tell({ kind: 'order-rejected', orderId, time, refusal: 'for-now', sentence });
    }
  }

  #tell(event: OrderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
