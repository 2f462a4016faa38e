/** What is on its way: orders and cancellations to the exchange, news from it. Anything may overtake anything. */

import type { OrderEvent } from '../orders/order-record.ts';
import type { GatedOrder } from '../risk/approved-order.ts';

export type Outgoing =
  | { readonly kind: 'place'; readonly orders: readonly GatedOrder[] }
  | { readonly kind: 'cancel'; readonly orderId: string };

interface Incoming {
  readonly event: OrderEvent;
  readonly sentAt: number;
  /** Told already: it is there to be told again. */
  isRepetition: boolean;
}

/** Deliveries that one piece of news can be held back for. */
const LONGEST_DELAY = 25;

export class Mail {
  readonly outgoing: Outgoing[] = [];
  readonly #incoming: Incoming[] = [];
  #delivered = 0;

  get isEmpty(): boolean {
    return this.#incoming.length === 0 && this.outgoing.length === 0;
  }

  post(event: OrderEvent): void {
    this.#incoming.push({ event, sentAt: this.#delivered, isRepetition: false });
  }

  /** The next news, the oldest where it has waited long; `null` where there is none. */
  take(pick: number, again: boolean): OrderEvent | null {
    const [oldest] = this.#incoming;
    if (oldest === undefined) return null;
    this.#delivered += 1;
    const isOverdue = this.#delivered - oldest.sentAt > LONGEST_DELAY;
    const picked = isOverdue ? 0 : pick % this.#incoming.length;
    const [news] = this.#incoming.splice(picked, 1);
    if (news === undefined) return null;
    if (again && !news.isRepetition) {
      this.#incoming.push({ ...news, sentAt: this.#delivered, isRepetition: true });
    }
    return news.event;
  }
}
