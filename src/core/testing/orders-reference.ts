/** Which orders may be sent: never one twice, one entry of a bot at a time, and never more sold than is held. */

import type { Decision } from '../events.ts';
import type { OrderEvent } from '../orders/order-record.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { expectThat } from './expect-that.ts';

interface Sent {
  readonly order: GatedOrder;
  readonly botId: string;
  /** The target of a pair: its coins are those of the stop. */
  readonly isSecond: boolean;
  readonly fills: Map<string, number>;
  /** What the exchange has said: a complete fill, or an end without one. */
  told: 'nothing' | 'complete' | 'ended';
  isCancelled: boolean;
}

const ROUNDING = 1e-9;

export class OrdersReference {
  readonly #sent = new Map<string, Sent>();
  /** The bot that has just sold something. */
  #seller: string | null = null;
  /** What each bot has bought and got, fees in coins and dust taken off. */
  readonly #held: (botId: string) => number;

  /** @param held by what the engine has been told */
  constructor(held: (botId: string) => number) {
    this.#held = held;
  }

  get count(): number {
    return this.#sent.size;
  }

  botOf(orderId: string): string {
    const sent = this.#sent.get(orderId);
    if (sent === undefined) throw new Error(`Nobody has sent ${orderId}.`);
    return sent.botId;
  }

  hear(event: OrderEvent): void {
    const sent = this.#sent.get(event.orderId);
    if (sent === undefined)
      throw new Error(`There is news of ${event.orderId}, which was not sent.`);
    switch (event.kind) {
      case 'order-filled':
        if (sent.order.purpose === 'exit' && !sent.fills.has(event.fill.id)) {
          this.#seller = sent.botId;
        }
        sent.fills.set(event.fill.id, event.fill.amount);
        if (event.fill.complete) sent.told = 'complete';
        return;
      case 'order-cancelled':
      case 'order-expired':
      case 'order-rejected':
      case 'order-lost':
        if (sent.told === 'nothing') sent.told = 'ended';
        break;
      case 'order-accepted':
      case 'order-unknown':
        break;
    }
  }

  check(decisions: readonly Decision[], botOf: (orderId: string) => string): void {
    for (const decision of decisions) {
      if (decision.kind === 'submit') this.#submit([decision.order], botOf);
      if (decision.kind === 'submit-pair') this.#submit([decision.stop, decision.target], botOf);
      if (decision.kind === 'cancel') this.#cancel(decision.orderId);
      if (decision.kind === 'denied') expectThat(decision.denial.side === 'buy', 'denies an exit');
    }
  }

  #submit(orders: readonly GatedOrder[], botOf: (orderId: string) => string): void {
    for (const [index, order] of orders.entries()) {
      expectThat(!this.#sent.has(order.id), `sends ${order.id} a second time`);
      const botId = botOf(order.id);
      if (order.purpose === 'entry') this.#checkEntry(botId);
      this.#sent.set(order.id, {
        order,
        botId,
        isSecond: index > 0,
        fills: new Map(),
        told: 'nothing',
        isCancelled: false,
      });
    }
    const [first] = orders;
    if (first?.purpose === 'exit') this.#checkSells(botOf(first.id), first.id);
  }

  hasOpenEntry(botId: string): boolean {
    return [...this.#sent.values()].some(
      ({ order, botId: owner, told }) =>
        owner === botId && order.purpose === 'entry' && told === 'nothing',
    );
  }

  /** To be called after `check`. @param mayBuy whether a bot's open entry may stay */
  checkEntries(mayBuy: (botId: string) => boolean): void {
    for (const [orderId, { order, botId, told, isCancelled }] of this.#sent) {
      if (order.purpose !== 'entry' || told !== 'nothing' || isCancelled) continue;
      const mayStay = this.#seller !== botId && mayBuy(botId);
      expectThat(mayStay, `${botId} should have withdrawn its entry ${orderId}`);
    }
    this.#seller = null;
  }

  #cancel(orderId: string): void {
    const sent = this.#sent.get(orderId);
    if (sent === undefined) throw new Error(`It cancels ${orderId}, which was never sent.`);
    expectThat(!sent.isCancelled, `cancels ${orderId} a second time`);
    sent.isCancelled = true;
  }

  #checkEntry(botId: string): void {
    for (const [orderId, { order, botId: owner, told }] of this.#sent) {
      const isAlive = owner === botId && order.purpose === 'entry' && told === 'nothing';
      expectThat(!isAlive, `${botId} sends an entry while ${orderId} may be alive`);
    }
  }

  #checkSells(botId: string, orderId: string): void {
    let held = this.#held(botId);
    let promised = 0;
    for (const { order, botId: owner, isSecond, fills, told } of this.#sent.values()) {
      if (owner !== botId || order.purpose !== 'exit') continue;
      const filled = [...fills.values()].reduce((sum, amount) => sum + amount, 0);
      // Told to be complete, it has sold all of its amount, whatever fills are still to come.
      if (told === 'complete') held -= order.size.amount - filled;
      else if (told === 'nothing' && !isSecond) promised += order.size.amount - filled;
    }
    const isCovered = promised <= held * (1 + ROUNDING) + 1e-12;
    expectThat(isCovered, `with ${orderId}, ${botId} offers ${promised} and holds ${held}`);
  }
}
