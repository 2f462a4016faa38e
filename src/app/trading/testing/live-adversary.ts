/** An exchange that misbehaves on demand in front of one that does not: answers that are lost, late or wrong. */

import { fail } from '../../../core/domain/result.ts';
import type { OrderEvent } from '../../../core/orders/order-record.ts';
import type {
  CancelAnswer,
  ExchangeOrder,
  ExchangePort,
  SubmitAnswer,
} from '../../../core/ports/exchange.ts';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';

/** What becomes of something that is sent. `late`: it arrives when `arrive` is called, long after it was given up. */
export type Fate = 'done' | 'rejected' | 'done-unanswered' | 'lost' | 'late' | 'throws';

const UNKNOWN = { kind: 'unknown', sentence: 'No answer in time.' } as const;

export class Adversary implements ExchangePort {
  readonly name = 'Adversary';
  readonly restingExits = 'pair';
  /** Ids, each as often as it was sent. */
  readonly submitted: string[] = [];
  readonly cancelled: string[] = [];
  readonly asked: string[] = [];
  /** Of the next orders and cancellations, in this order; then all is done. */
  readonly fates: Fate[] = [];
  readonly cancelFates: Fate[] = [];
  /** Nothing can be asked. */
  isSilent = false;
  arrivalMs = 0;
  /** What happens once between the next look at an order and the answer that comes of it. */
  meanwhile: (() => Promise<void>) | null = null;
  readonly #inner: ExchangePort;
  readonly #late: (() => Promise<unknown>)[] = [];
  readonly #listeners = new Set<(event: OrderEvent) => void>();

  constructor(inner: ExchangePort) {
    this.#inner = inner;
  }

  submit(order: ApprovedOrder): Promise<SubmitAnswer> {
    this.submitted.push(order.id);
    return this.#send(() => this.#inner.submit(order));
  }

  submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<SubmitAnswer> {
    this.submitted.push(stop.id, target.id);
    return this.#send(() => this.#inner.submitPair(stop, target));
  }

  async cancel(orderId: string, symbol: string): Promise<CancelAnswer> {
    this.cancelled.push(orderId);
    const fate = this.cancelFates.shift() ?? 'done';
    const cancel = (): Promise<CancelAnswer> => this.#inner.cancel(orderId, symbol);
    if (fate === 'throws') throw new Error('The connection broke.');
    if (fate === 'done') return cancel();
    if (fate === 'done-unanswered') await cancel();
    if (fate === 'late') this.#late.push(cancel);
    return UNKNOWN;
  }

  async find(orderId: string, symbol: string): ReturnType<ExchangePort['find']> {
    this.asked.push(orderId);
    if (this.isSilent) return SILENCE;
    const answer = await this.#inner.find(orderId, symbol);
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
    return answer;
  }

  async openOrders(symbols: readonly string[]): ReturnType<ExchangePort['openOrders']> {
    return this.isSilent ? SILENCE : this.#inner.openOrders(symbols);
  }

  async topOfBook(symbol: string): ReturnType<ExchangePort['topOfBook']> {
    return this.isSilent ? SILENCE : this.#inner.topOfBook(symbol);
  }

  async balances(): ReturnType<ExchangePort['balances']> {
    return this.isSilent ? SILENCE : this.#inner.balances();
  }

  async trades(symbols: readonly string[], since: number): ReturnType<ExchangePort['trades']> {
    return this.isSilent ? SILENCE : this.#inner.trades(symbols, since);
  }

  listen(listener: (event: OrderEvent) => void): () => void {
    this.#listeners.add(listener);
    const unlisten = this.#inner.listen(listener);
    return () => {
      this.#listeners.delete(listener);
      unlisten();
    };
  }

  /** Tells news again that has been told, or that is not true. */
  tell(event: OrderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** What was late arrives now. */
  async arrive(): Promise<void> {
    for (const send of this.#late.splice(0)) await send();
  }

  /** @throws Error where there is none */
  async shown(orderId: string): Promise<ExchangeOrder> {
    const found = await this.#inner.find(orderId, 'BTC/USDT');
    if (!found.ok || found.value === null) throw new Error(`There is no order ${orderId}.`);
    return found.value;
  }

  async #send(send: () => Promise<SubmitAnswer>): Promise<SubmitAnswer> {
    const fate = this.fates.shift() ?? 'done';
    switch (fate) {
      case 'done':
        return send();
      case 'rejected':
        return { kind: 'rejected', refusal: 'for-now', sentence: 'Not today.' };
      case 'throws':
        throw new Error('The connection broke.');
      case 'done-unanswered':
        await send();
        return UNKNOWN;
      case 'late':
        this.#late.push(send);
        return UNKNOWN;
      case 'lost':
        return UNKNOWN;
    }
  }
}

const SILENCE = fail('EXCHANGE_UNAVAILABLE', 'The exchange does not answer.');
