/** The market order that ends a holding: sent again with growing pauses and a lower bound until everything is sold. */

import type { Instrument } from '../domain/instrument.ts';
import type { ExitOrder, ExitReason } from '../domain/order.ts';
import {
  givenUp,
  isOpen,
  newRecord,
  withCancelRequested,
  type OrderRecord,
} from '../orders/order-record.ts';
import { passExit } from '../risk/gate.ts';
import type { Desk } from './desk.ts';
import {
  afterFailure,
  hastened,
  isWaiting,
  overcome,
  retryAt,
  worstPrice,
  type ExitFailure,
  type Trouble,
} from './exit-policy.ts';

export class Sale {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #desk: Desk;
  #order: OrderRecord | null = null;
  #trouble: Trouble | null = null;

  constructor(botId: string, instrument: Instrument, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#desk = desk;
  }

  get order(): OrderRecord | null {
    return this.#order;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Whether the next attempt has to wait: for its pause, or for room among the account's orders. */
  get isPausing(): boolean {
    const { isPaced, pulse, budget, wakeBy } = this.#desk;
    if (isWaiting(this.#trouble, pulse.now)) {
      wakeBy(retryAt(this.#trouble));
      return true;
    }
    if (!isPaced || budget.hasRoom('sale', 1)) return false;
    wakeBy(budget.roomAt('sale', 1));
    return true;
  }

  /**
   * @param amount whole steps, in base
   * @param bid the last one, in quote
   */
  send(amount: number, reason: ExitReason, bid: number): void {
    const { account, isPaced, policy } = this.#desk;
    const bound = isPaced ? worstPrice(bid, this.#trouble) : null;
    const exit: ExitOrder = {
      purpose: 'exit',
      id: this.#desk.newOrderId(),
      symbol: this.#instrument.symbol,
      side: 'sell',
      type: 'market',
      size: { unit: 'base', amount },
      price: null,
      bound,
      reason,
    };
    const order = passExit(exit, policy);
    this.#order = newRecord(order, this.#botId, null, account.time);
    this.#desk.keep(this.#order);
    this.#desk.decide({ kind: 'submit', order });
  }

  /** Takes up a sale that was sent without the engine; until its end is known nothing else is offered. */
  adopt(exit: ExitOrder): void {
    const { account, policy } = this.#desk;
    const record = newRecord(passExit(exit, policy), this.#botId, null, account.time);
    this.#desk.keep(record);
    this.#order ??= record;
  }

  /** @returns why it has sold nothing, where it ended so */
  orderChanged(record: OrderRecord): ExitFailure | null {
    if (this.#order?.order.id !== record.order.id) return null;
    this.#order = isOpen(record) ? record : null;
    if (isOpen(record) || record.state === 'filled') return null;
    // What sold a part has found its price: the rest goes on there, at once.
    if (record.filledAmount > 0) {
      this.#trouble = overcome(this.#trouble);
      return null;
    }
    const failure = failureOf(record);
    this.#trouble = afterFailure(this.#trouble, failure, this.#desk.pulse.now);
    return failure;
  }

  /** A person asks for it, who has seen what stands against it. */
  hasten(): void {
    if (this.#trouble !== null) this.#trouble = hastened(this.#trouble);
  }

  withdraw(): void {
    const record = this.#order;
    if (record === null || record.cancelRequested) return;
    this.#order = withCancelRequested(record, this.#desk.account.time);
    this.#desk.keep(this.#order);
    this.#desk.decide({ kind: 'cancel', orderId: record.order.id });
  }

  forgetUnknown(): void {
    const record = this.#order;
    if (record?.state !== 'unknown') return;
    this.#order = null;
    this.#desk.keep(givenUp(record, this.#desk.account.time));
  }

  /** The position is gone. */
  clear(): void {
    this.withdraw();
    this.#trouble = null;
  }

  state(): Trouble | null {
    return this.#trouble;
  }

  /** @param trouble missing where it was kept before there was a policy */
  restore(trouble: Trouble | null | undefined, order: OrderRecord | null): void {
    this.#trouble = trouble ?? null;
    this.#order = order;
  }
}

function failureOf(record: OrderRecord): ExitFailure {
  if (record.neverArrived) return 'lost';
  return record.state === 'rejected' ? (record.refusal ?? 'for-now') : 'nothing-found';
}
