/** Whether the exchange bears out what the books say of a position; while it does not, nothing is sent for it. */

import type { Position } from '../account/position.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitReason } from '../domain/order.ts';
import type { AlertCode } from '../events.ts';
import type { Doubt, Finding } from '../reconciliation/finding.ts';
import { doubtSentence, plainAmount } from '../reconciliation/sentences.ts';
import type { Desk } from './desk.ts';

/** Relative: below it two amounts are the same one, rounded differently. */
const SAME_AMOUNT = 1e-9;

export class PositionDoubt {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #position: Position;
  readonly #desk: Desk;
  #doubt: Doubt | null = null;

  constructor(botId: string, instrument: Instrument, position: Position, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#position = position;
    this.#desk = desk;
  }

  get doubt(): Doubt | null {
    return this.#doubt;
  }

  /** Whether orders of ours over coins that may be the person's go; one of a pair that is gone cannot. */
  get isWithdrawn(): boolean {
    const doubt = this.#doubt;
    return doubt?.kind === 'quarantined' || (doubt?.kind === 'missing' && doubt.cause === 'coins');
  }

  suspect(): void {
    if (this.#doubt !== null) return;
    this.#doubt = { kind: 'suspect', since: this.#desk.account.time };
    this.#desk.changed(this.#botId);
  }

  end(): void {
    if (this.#doubt === null) return;
    this.#doubt = null;
    this.#desk.changed(this.#botId);
  }

  /** Takes what a comparison with the exchange has shown. */
  judged(finding: Finding): void {
    switch (finding.kind) {
      case 'agreed':
        return this.#agree();
      case 'sold-outside':
        return this.#soldOutside(finding);
      case 'missing':
        return this.#begin({ ...finding, since: this.#desk.account.time });
      case 'quarantined':
        return this.#begin({ ...finding, since: this.#desk.account.time });
    }
  }

  /** Out of the books: a loss or gain until then is real, and none is made up. @param price the last one, in quote */
  writeOff(price: number): void {
    const { amount } = this.#position;
    this.end();
    this.#alert(
      'POSITION_WRITTEN_OFF',
      `${this.#coins(amount)} were written off at ${plainAmount(price)}. Nothing was sold: what is still in the account is yours, and CryptoPiggy leaves it alone.`,
    );
    this.#close(amount, amount * price, this.#desk.account.time, 'written-off');
  }

  /** The part of a sale that was held. An exchange that has sold what was sold before does not end trading. */
  heldPart(fill: Fill): Fill | null {
    const { amount } = fill;
    const held = this.#position.amount;
    if (amount <= held) return fill;
    if (amount <= held * (1 + SAME_AMOUNT)) return { ...fill, amount: held };
    this.#alert(
      'SOLD_TWICE',
      `The exchange reports a sale of ${this.#coins(amount)}, but only ${plainAmount(held)} were held. Nothing is bought until you have looked at the exchange and armed again.`,
    );
    this.#desk.stopEntries();
    return held > 0 ? { ...fill, amount: held, cost: fill.cost * (held / amount) } : null;
  }

  /** Left out by what was kept before positions were compared with the exchange: nothing was in doubt then. */
  restore(doubt: Doubt | null | undefined): void {
    this.#doubt = doubt ?? null;
  }

  #agree(): void {
    const doubt = this.#doubt;
    // Only a person can end a quarantine: amounts that fit by chance prove nothing.
    if (doubt === null || doubt.kind === 'quarantined') return;
    this.end();
    const coins = this.#coins(this.#position.amount);
    if (doubt.kind === 'missing') {
      return this.#alert('POSITION_FOUND', `${coins} are there again, and are guarded again.`);
    }
    this.#alert(
      'GUARD_TAKEN_AWAY',
      `The order that guarded ${coins} had ended at the exchange without being asked to. The coins are there, and are guarded again.`,
    );
  }

  #soldOutside({ amount, proceeds, time }: Extract<Finding, { kind: 'sold-outside' }>): void {
    this.end();
    const sold = Math.min(amount, this.#position.amount);
    const price = proceeds / amount;
    this.#alert(
      'POSITION_SOLD_OUTSIDE',
      `${this.#coins(sold)} were sold outside CryptoPiggy at ${plainAmount(price)}. They are out of the books at that price, and nothing more is sold for them.`,
    );
    this.#close(sold, sold * price, time, 'sold-outside');
  }

  #begin(doubt: Doubt): void {
    const before = this.#doubt;
    // What only a person can settle stays; told again, it would be the same to them.
    if (before?.kind === 'quarantined' || before?.kind === doubt.kind) return;
    this.#doubt = doubt;
    this.#desk.changed(this.#botId);
    const code = doubt.kind === 'missing' ? 'POSITION_MISSING' : 'POSITION_QUARANTINED';
    this.#alert(code, doubtSentence(doubt, this.#instrument.symbol, this.#position.amount));
  }

  /** Books a sale that no order of ours made. @param proceeds in quote, after fees */
  #close(amount: number, proceeds: number, time: number, reason: ExitReason): void {
    const fill: Fill = {
      id: reason,
      orderId: reason,
      side: 'sell',
      time,
      amount,
      price: proceeds / amount,
      cost: proceeds,
      fee: { currency: this.#instrument.quote, amount: 0 },
      liquidity: 'taker',
      reason,
      complete: true,
    };
    const trade = this.#position.sell(fill, 0);
    if (trade !== null) this.#desk.traded(this.#botId, trade);
  }

  #coins(amount: number): string {
    return `${plainAmount(amount)} ${this.#instrument.base}`;
  }

  #alert(code: AlertCode, sentence: string): void {
    this.#desk.alert(code, this.#botId, sentence);
  }
}
