/** Sends orders to the exchange, each once, and tells the engine what the exchange answers. */

import type { EngineEvent } from '../../core/events.ts';
import type { ExchangePort } from '../../core/ports/exchange.ts';
import type { GatedOrder } from '../../core/risk/approved-order.ts';
import { provenApproved } from '../../core/risk/proof.ts';
import type { Clock } from './clock.ts';
import { newsOf } from './look-ups.ts';

export interface OrderSenderOptions {
  readonly exchange: Pick<ExchangePort, 'submit' | 'submitPair'>;
  readonly clock: Clock;
  readonly dispatch: (event: EngineEvent) => void;
  /** Begins to ask what has become of an order. */
  readonly lookUp: (orderId: string) => void;
  readonly track: (work: Promise<void>) => void;
  readonly reportFault: (error: unknown) => void;
}

export class OrderSender {
  readonly #options: OrderSenderOptions;
  /** Orders that are being sent at this moment. */
  readonly #sending = new Set<string>();

  constructor(options: OrderSenderOptions) {
    this.#options = options;
  }

  /** Whether an order is being sent at this moment: it may not have arrived yet. */
  isSending(orderId: string): boolean {
    return this.#sending.has(orderId);
  }

  submit(order: GatedOrder): void {
    const { exchange, track } = this.#options;
    track(this.#answer([order.id], () => exchange.submit(provenApproved(order))));
  }

  submitPair(stop: GatedOrder, target: GatedOrder): void {
    const { exchange, track } = this.#options;
    const send = (): ReturnType<ExchangePort['submitPair']> =>
      exchange.submitPair(provenApproved(stop), provenApproved(target));
    track(this.#answer([stop.id, target.id], send));
  }

  /** Sends once, never again: whatever goes wrong on the way makes the orders unknown, not unsent. */
  async #answer(
    orderIds: readonly string[],
    send: () => ReturnType<ExchangePort['submit']>,
  ): Promise<void> {
    const { clock, dispatch, lookUp, reportFault } = this.#options;
    for (const orderId of orderIds) this.#sending.add(orderId);
    const answer = await send().catch((error: unknown) => {
      reportFault(error);
      return { kind: 'unknown', sentence: 'Sending the order failed half-way.' } as const;
    });
    for (const orderId of orderIds) this.#sending.delete(orderId);
    const time = clock.now();
    for (const orderId of orderIds) {
      if (answer.kind === 'accepted') {
        // Before the acceptance: an order of which all is told need not be asked for.
        if (answer.shown !== null) this.#tell(newsOf(orderId, answer.shown, time));
        dispatch({ kind: 'order-accepted', orderId, time, exchangeId: answer.exchangeId });
      } else if (answer.kind === 'rejected') {
        const { refusal, sentence } = answer;
        dispatch({ kind: 'order-rejected', orderId, time, refusal, sentence });
      } else {
        dispatch({ kind: 'order-unknown', orderId, time, sentence: answer.sentence });
        lookUp(orderId);
      }
    }
  }

  #tell(news: readonly EngineEvent[]): void {
    for (const event of news) this.#options.dispatch(event);
  }
}
