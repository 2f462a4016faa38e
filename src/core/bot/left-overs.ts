/** What is left over of a position: too little to sell by itself, it is kept as dust and sold along with a later one. */

import type { Pair } from '../account/account.ts';
import type { Position } from '../account/position.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitReason } from '../domain/order.ts';
import type { Alarm } from './alarm.ts';
import type { Desk } from './desk.ts';
import { isTooLittle, wholeSteps } from './too-little.ts';

/** Relative: below it two amounts are the same one, rounded differently. */
const SAME_AMOUNT = 1e-9;

export class LeftOvers {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #pair: Pair;
  readonly #position: Position;
  readonly #alarm: Alarm;
  readonly #desk: Desk;

  constructor(
    botId: string,
    instrument: Instrument,
    pair: Pair,
    position: Position,
    alarm: Alarm,
    desk: Desk,
  ) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#pair = pair;
    this.#position = position;
    this.#alarm = alarm;
    this.#desk = desk;
  }

  /**
   * What earlier positions left over makes whole steps together with this one, and is sold with it: no more of it than
   * that takes, and only what is there. Never once something is on its way, which would be of another size.
   */
  takeAlong(): void {
    const { account } = this.#desk;
    const { symbol } = this.#instrument;
    const dust = account.dust.get(symbol)?.amount ?? 0;
    if (dust === 0) return;
    const { amount } = this.#position;
    const unheld = account.balances.amount(this.#pair.base) - this.#desk.held(this.#pair.base);
    const together = wholeSteps(amount + Math.min(dust, Math.max(0, unheld)), this.#instrument);
    if (!(together > wholeSteps(amount, this.#instrument))) return;
    this.#position.adopt(account.takeDust(symbol, together - amount), account.time);
  }

  /**
   * What is too little for the exchange to take is no position that anyone could close.
   * @param price the last one, in quote
   * @param reason what the position was being sold for
   */
  leave(price: number, reason: ExitReason | null): void {
    if (!isTooLittle(this.#position.amount, price, this.#instrument)) return;
    const { trade, dust } = this.#position.leaveDust(this.#desk.account.time, reason ?? 'signal');
    this.#desk.account.addDust(this.#instrument.symbol, dust);
    if (trade !== null) return this.#desk.traded(this.#botId, trade);
    this.#alarm.drop();
    this.#desk.alert(
      'EXIT_FAILED',
      this.#botId,
      `What was bought of ${this.#instrument.symbol} is worth less than the exchange takes. It stays in the account, and nothing guards it.`,
    );
  }

  /** The part of a sale that was the position's: a fill that comes late may have sold what was given up as dust. */
  without(fill: Fill): Fill | null {
    const { amount } = this.#position;
    const excess = fill.amount - amount;
    if (excess <= amount * SAME_AMOUNT) return fill;
    const { amount: taken } = this.#desk.account.takeDust(this.#instrument.symbol, excess);
    if (taken === 0) return fill;
    const left = fill.amount - taken;
    if (left <= fill.amount * SAME_AMOUNT) return null;
    return { ...fill, amount: left, cost: fill.cost * (left / fill.amount) };
  }
}
