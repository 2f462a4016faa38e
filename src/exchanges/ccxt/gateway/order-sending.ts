/** Sends orders, each id once, and tells what is known of them right after: taken, refused, or to be looked up. */

import type { Order as CcxtOrder } from 'ccxt';
import { REFUSALS } from '../../../core/domain/refusal.ts';
import type { ExchangeOrder, SubmitAnswer } from '../../../core/ports/exchange.ts';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import { atOnce } from './at-once.ts';
import { exchangeOrder } from './exchange-order.ts';
import type { OrderRequest } from './order-requests.ts';
import type { VenueConnection } from './venue-connection.ts';
import type { TradingVenue } from './venue-row.ts';

export type Accepted = Extract<SubmitAnswer, { readonly kind: 'accepted' }>;

export interface SendingParts {
  readonly venue: TradingVenue;
  readonly connection: VenueConnection;
  /** @throws where the exchange cannot be asked */
  readonly find: (orderId: string, symbol: string) => Promise<ExchangeOrder | null>;
  readonly onAccepted: (order: ApprovedOrder) => void;
}

export class OrderSending {
  readonly #parts: SendingParts;
  /** Ids that were sent, or tried to be: none of them is ever sent again. */
  readonly #usedIds = new Set<string>();

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** Whether this id was sent, or tried to be. */
  hasSent(orderId: string): boolean {
    return this.#usedIds.has(orderId);
  }

  /** Sends once. What fails half-way is unknown; what is refused was not done. @param heldBack see `ExchangePort.submit` */
  async send(
    orders: readonly ApprovedOrder[],
    send: () => Promise<Omit<Accepted, 'kind'>>,
    heldBack: () => string | null = () => null,
  ): Promise<SubmitAnswer> {
    const { venue, connection, onAccepted } = this.#parts;
    const again = orders.find(({ id }) => this.#usedIds.has(id));
    if (again !== undefined) {
      const sentence = `An order with the id ${again.id} was sent to ${venue.name} before: look it up.`;
      return { kind: 'rejected', refusal: 'our-fault', sentence };
    }
    for (const { id } of orders) this.#useId(id, heldBack);
    try {
      await connection.ready();
      const sent = await send();
      for (const order of orders) onAccepted(order);
      return { kind: 'accepted', ...sent };
    } catch (error) {
      return await this.#refused(orders, error);
    } finally {
      for (const { id } of orders) connection.forgetSending(id);
    }
  }

  /** What is refused was not done; whatever else went wrong after the request left may have been. */
  async #refused(orders: readonly ApprovedOrder[], error: unknown): Promise<SubmitAnswer> {
    if (!orders.some(({ id }) => this.#parts.connection.hasLeft(id))) {
      return { kind: 'rejected', ...this.#parts.connection.unsent(error) };
    }
    const { kind, sentence, isDoubtful } = this.#parts.connection.meaning(error);
    const refusal = REFUSALS.find((each) => each === kind);
    if (refusal === undefined) return { kind: 'unknown', sentence };
    return isDoubtful
      ? this.#believed(orders, { kind: 'rejected', refusal, sentence })
      : { kind: 'rejected', refusal, sentence };
  }

  /** Looks once whether a refusal is true, where the exchange itself may not know. */
  async #believed(
    orders: readonly ApprovedOrder[],
    refusal: Extract<SubmitAnswer, { readonly kind: 'rejected' }>,
  ): Promise<SubmitAnswer> {
    const { sentence } = refusal;
    try {
      for (const { id, symbol } of orders) {
        // A pair exists as a whole, and is asked for one by one.
        if ((await this.#parts.find(id, symbol)) !== null) return { kind: 'unknown', sentence };
      }
      return refusal;
    } catch {
      // It cannot be asked: whoever asks later learns what became of it.
      return { kind: 'unknown', sentence };
    }
  }

  /** What has become of a new order, from its answer or from a look at it at once; `null` where that takes too long. */
  async shown(
    { isImmediate }: OrderRequest,
    { id, symbol }: ApprovedOrder,
    placed: CcxtOrder,
  ): Promise<ExchangeOrder | null> {
    const { exchange, patience } = this.#parts.connection;
    const exchangeId = placed.id ?? '';
    const look = async (): Promise<ExchangeOrder> => {
      const order = { orderId: id, symbol, exchangeId };
      return exchangeOrder(id, await this.#parts.venue.findPlaced(exchange, order));
    };
    try {
      const shown = this.#parts.venue.shownBy(placed);
      if (shown !== null) return exchangeOrder(id, shown);
      return await atOnce(look, (found) => !isImmediate || found.state !== 'open', patience);
    } catch {
      // It was placed, and is watched: whatever the look met is met again there, and told.
      return null;
    }
  }

  #useId(id: string, heldBack: () => string | null): void {
    const { venue, connection } = this.#parts;
    if (!venue.orderIds.test(id)) throw new Error(`${venue.name} takes no id like ${id}.`);
    this.#usedIds.add(id);
    connection.expectToSend(id, heldBack);
  }
}
