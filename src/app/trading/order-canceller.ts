/** Cancels orders at the exchange, and doubts a position whose guard has ended although we did not end it. */

import type { Engine } from '../../core/engine.ts';
import type { EngineEvent } from '../../core/events.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import type { CancelAnswer, ExchangePort } from '../../core/ports/exchange.ts';
import type { Clock } from './clock.ts';

export interface OrderCancellerOptions {
  readonly exchange: Pick<ExchangePort, 'cancel'>;
  readonly clock: Clock;
  readonly engine: Pick<Engine, 'orders' | 'bots'>;
  readonly dispatch: (event: EngineEvent) => void;
  /** Begins to ask what has become of an order. */
  readonly lookUp: (orderId: string) => void;
  readonly track: (work: Promise<void>) => void;
  readonly reportFault: (error: unknown) => void;
}

export class OrderCanceller {
  readonly #options: OrderCancellerOptions;
  /** Cancellations that are on their way, and their answers, by order. */
  readonly #cancels = new Map<string, Promise<CancelAnswer>>();
  /** Orders that the exchange has said to have cancelled because we asked. */
  readonly #cancelledByUs = new Set<string>();

  constructor(options: OrderCancellerOptions) {
    this.#options = options;
  }

  cancel(orderId: string, symbol: string): void {
    this.#options.track(this.#cancelled(orderId, symbol));
  }

  /** Whether the answer to a cancellation that is on its way will tell who ended an order, and somebody has to know. */
  willTellEndOf(record: OrderRecord): boolean {
    return this.#cancels.has(record.order.id) && this.#isHeld(record);
  }

  /** A guard that has ended although nobody of ours is known to have ended it: its coins are compared first. */
  doubtEnd(record: OrderRecord): void {
    const { order, botId, cancelRequested } = record;
    // One that was not to be cancelled at all tells so by itself.
    if (order.purpose === 'entry' || order.type === 'market' || !cancelRequested) return;
    if (this.#cancelledByUs.has(order.id) || !this.#isHeld(record)) return;
    if (this.#othersOf(record).some((id) => this.#cancelledByUs.has(id))) return;
    const { clock, dispatch } = this.#options;
    dispatch({ kind: 'position-doubted', time: clock.now(), botId });
  }

  async #cancelled(orderId: string, symbol: string): Promise<void> {
    const { exchange, clock, engine, dispatch, lookUp, reportFault } = this.#options;
    const asked = exchange.cancel(orderId, symbol).catch((error: unknown): CancelAnswer => {
      reportFault(error);
      return { kind: 'unknown', sentence: 'The cancellation failed half-way.' };
    });
    this.#cancels.set(orderId, asked);
    const answer = await asked;
    if (answer.kind === 'cancelled') {
      this.#cancelledByUs.add(orderId);
      this.#cancels.delete(orderId);
      const { filledAmount } = answer;
      dispatch({ kind: 'order-cancelled', orderId, time: clock.now(), filledAmount });
    } else if (answer.kind === 'gone') {
      await this.#doubtGone(orderId);
    }
    this.#cancels.delete(orderId);
    // Gone already, not answered, or traded more than we know of: the exchange tells the rest.
    const record = engine.orders.get(orderId);
    if (record !== null && isOpen(record)) lookUp(orderId);
  }

  /** An order that was gone before we could cancel it: the other of its pair may have taken it along. */
  async #doubtGone(orderId: string): Promise<void> {
    const record = this.#options.engine.orders.get(orderId);
    if (record === null || !isOpen(record)) return;
    const others = this.#othersOf(record).flatMap((id) => this.#cancels.get(id) ?? []);
    await Promise.all(others);
    this.doubtEnd(record);
  }

  /** Whether the bot of an order still holds anything. */
  #isHeld({ botId }: OrderRecord): boolean {
    return this.#options.engine.bots.find(botId)?.holding.position.isOpen === true;
  }

  /** Exits of the same bot that were decided at the same moment. */
  #othersOf({ order, botId, createdAt }: OrderRecord): readonly string[] {
    return this.#options.engine.orders.all
      .filter((other) => other.botId === botId && other.createdAt === createdAt)
      .filter((other) => other.order.purpose === 'exit' && other.order.id !== order.id)
      .map((other) => other.order.id);
  }
}
