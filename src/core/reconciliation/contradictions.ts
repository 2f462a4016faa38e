/** What follows where the exchange contradicts the books: a position in doubt, or no entry until a person arms. */

import type { Account } from '../account/account.ts';
import type { Bot } from '../bot/bot.ts';
import type { Roster } from '../bot/roster.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { AlertCode, ReconciliationEvent } from '../events.ts';
import type { OrderBook } from '../orders/order-book.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import type { Finding } from './finding.ts';

export interface ContradictionParts {
  readonly account: Account;
  readonly bots: Roster;
  readonly orders: OrderBook;
  alert(code: AlertCode, botId: string | null, sentence: string): void;
  withdrawEntries(): void;
  /** Exits only, until a person arms. */
  stopEntries(): void;
}

export class Contradictions {
  readonly #parts: ContradictionParts;
  readonly #comparedAt = new Map<string, number>();

  constructor(parts: ContradictionParts) {
    this.#parts = parts;
  }

  /** When a currency last agreed with the exchange, ms UTC by its clock; `null` where that is not known. */
  comparedAt(currency: string): number | null {
    return this.#comparedAt.get(currency) ?? null;
  }

  noteCompared({ time, currencies }: Extract<ReconciliationEvent, { kind: 'compared' }>): void {
    for (const currency of currencies) this.#comparedAt.set(currency, time);
  }

  take(event: Exclude<ReconciliationEvent, { readonly kind: 'compared' }>): void {
    const { account, bots, orders, alert, stopEntries } = this.#parts;
    account.advanceTo(event.time);
    switch (event.kind) {
      case 'position-verdict':
        return this.#judged(bots.find(event.botId), event.finding);
      case 'position-doubted':
        return bots.find(event.botId)?.holding.suspect();
      case 'order-contradicted': {
        const record = orders.get(event.orderId);
        if (record !== null) return this.contradicted(record, event.sentence);
        alert('FOREIGN_ORDER', null, event.sentence);
        return stopEntries();
      }
      default:
        return assertNever(event);
    }
  }

  /** Of a sale the coins are in doubt; of an entry nothing is held yet, so nothing is bought until a person arms. */
  contradicted({ order, botId }: OrderRecord, because: string): void {
    const { alert, bots, stopEntries } = this.#parts;
    const sentence = `What the exchange shows as order ${order.id} is not what was ordered. ${because} It is not booked. Look at the orders on the exchange.`;
    alert('ORDER_UNMATCHED', botId, sentence);
    if (order.purpose === 'entry') return stopEntries();
    this.#judged(bots.find(botId), { kind: 'quarantined', because });
  }

  state(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#comparedAt);
  }

  restore(state: Readonly<Record<string, number>>): void {
    for (const [currency, time] of Object.entries(state)) this.#comparedAt.set(currency, time);
  }

  #judged(bot: Bot | null, finding: Finding): void {
    bot?.judged(finding);
    if (this.#parts.bots.isInDoubt) this.#parts.withdrawEntries();
  }
}
