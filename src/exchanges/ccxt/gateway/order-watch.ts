/** Looks at our open orders: again and again, and at once when a bell rings for one; and tells what has become of them. */

import type { OrderEvent } from '../../../core/orders/order-record.ts';
import type { ExchangeOrder } from '../../../core/ports/exchange.ts';
import type { FeedClock } from '../feed-clock.ts';

export interface OrderWatchOptions {
  readonly clock: FeedClock;
  readonly everyMs: number;
  /** @throws where the exchange cannot be asked; it is asked again */
  readonly find: (orderId: string, symbol: string) => Promise<ExchangeOrder | null>;
  /** Told once when orders could not be asked for several times in a row, and when they can be again. */
  readonly onTrouble?: (isTrouble: boolean) => void;
  /** A look of its own has found what no bell had rung for, nor has since. */
  readonly onMissed?: () => void;
}

/** Looks that fail in a row before it is told. */
const FAILURES_TOLD = 3;

interface Watched {
  readonly symbol: string;
  /** Fills told of so far. */
  fills: number;
  rings: number;
}

interface Look {
  readonly done: Promise<void>;
  /** A bell rang while it was under way: what it finds may be older than that. */
  isStale: boolean;
}

export class OrderWatch {
  readonly #options: OrderWatchOptions;
  /** By the ids of orders that were open when last seen. */
  readonly #orders = new Map<string, Watched>();
  readonly #looks = new Map<string, Look>();
  readonly #listeners = new Set<(event: OrderEvent) => void>();
  /** Orders that a bell rang for before anybody said that they are there. */
  readonly #early = new Set<string>();
  readonly #callOffs = new Set<() => void>();
  #callOff: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #failures = 0;
  #isStopped = false;

  constructor(options: OrderWatchOptions) {
    this.#options = options;
  }

  add(orderId: string, symbol: string): void {
    const known = this.#orders.get(orderId);
    if (known === undefined) this.#orders.set(orderId, { symbol, fills: 0, rings: 0 });
    this.#lookLater();
    if (this.#early.delete(orderId)) this.ring(orderId);
  }

  has(orderId: string): boolean {
    return this.#orders.has(orderId);
  }

  /** Something has happened to it: it is looked at now, once however often it rings meanwhile. */
  ring(orderId: string): void {
    const order = this.#orders.get(orderId);
    if (order === undefined) {
      this.#early.add(orderId);
      return;
    }
    order.rings += 1;
    const look = this.#looks.get(orderId);
    if (look !== undefined) look.isStale = true;
    else void this.#look(orderId, order.symbol, true);
  }

  ringAll(): void {
    for (const orderId of this.#orders.keys()) this.ring(orderId);
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

  /** Resolves when the looks that are under way are over. */
  async looked(): Promise<void> {
    await this.#looking;
    await Promise.all([...this.#looks.values()].map(({ done }) => done));
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
    for (const callOff of this.#callOffs) callOff();
    this.#orders.clear();
    this.#early.clear();
  }

  #lookLater(): void {
    if (this.#callOff !== null || this.#isStopped || this.#orders.size === 0) return;
    this.#callOff = this.#options.clock.setTimer(this.#options.everyMs, () => {
      this.#looking = this.#lookAtAll();
    });
  }

  async #lookAtAll(): Promise<void> {
    for (const [orderId, { symbol }] of this.#orders) {
      await (this.#looks.get(orderId)?.done ?? this.#look(orderId, symbol, false));
    }
    this.#callOff = null;
    this.#lookLater();
  }

  #look(orderId: string, symbol: string, isRung: boolean): Promise<void> {
    const look: Look = { done: this.#lookOnce(orderId, symbol, isRung), isStale: false };
    this.#looks.set(orderId, look);
    return look.done.then(() => {
      if (this.#looks.get(orderId) === look) this.#looks.delete(orderId);
      if (look.isStale && this.#orders.has(orderId)) return this.#look(orderId, symbol, true);
      return undefined;
    });
  }

  async #lookOnce(orderId: string, symbol: string, isRung: boolean): Promise<void> {
    const rings = this.#orders.get(orderId)?.rings ?? 0;
    try {
      const found = await this.#options.find(orderId, symbol);
      if (this.#isStopped) return;
      this.#answered();
      if (found === null) return;
      if (!isRung) this.#suspect(orderId, found, rings);
      this.#tellOf(orderId, found);
    } catch {
      // It is asked again at the next turn; whoever waits for an answer looks up by itself.
      this.#failed();
    }
  }

  #answered(): void {
    const wasTold = this.#failures >= FAILURES_TOLD;
    this.#failures = 0;
    if (wasTold) this.#options.onTrouble?.(false);
  }

  #failed(): void {
    if (this.#isStopped) return;
    this.#failures += 1;
    if (this.#failures === FAILURES_TOLD) this.#options.onTrouble?.(true);
  }

  /**
   * The bell for it may be on its way: it has until the next look.
   * @param rings - That it had before it was asked for.
   */
  #suspect(orderId: string, found: ExchangeOrder, rings: number): void {
    const { onMissed, clock, everyMs } = this.#options;
    const order = this.#orders.get(orderId);
    if (onMissed === undefined || order === undefined) return;
    if (found.state === 'open' && found.fills.length <= order.fills) return;
    const callOff = clock.setTimer(everyMs, () => {
      this.#callOffs.delete(callOff);
      if (order.rings === rings && !this.#early.delete(orderId)) onMissed();
    });
    this.#callOffs.add(callOff);
  }

  #tellOf(orderId: string, found: ExchangeOrder): void {
    const time = this.#options.clock.now();
    const order = this.#orders.get(orderId);
    if (order !== undefined) order.fills = found.fills.length;
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
