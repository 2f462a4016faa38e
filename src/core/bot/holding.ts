/** A bot's position and everything that is meant to end it: its guards at the exchange, the levels the engine watches. */

import type { Pair } from '../account/account.ts';
import { Position, type PositionState } from '../account/position.ts';
import type { GuardPlace } from '../domain/bot-status.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitOrder, ExitReason, Protection } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import {
  isOpen,
  newRecord,
  withCancelRequested,
  type OrderRecord,
} from '../orders/order-record.ts';
import { passExit } from '../risk/gate.ts';
import type { Desk } from './desk.ts';
import { mergePlans, planExit, trail, type ExitPlan } from './exit-plan.ts';

/** A holding as it is kept between two runs. */
export interface HoldingState {
  readonly position: PositionState;
  readonly plan: ExitPlan | null;
  readonly wantsOut: ExitReason | null;
  readonly isWatching: boolean;
  readonly failedExits: number;
  readonly passedSince: number | null;
  /** Ids of the open orders: sold at the market, guarding stop, guarding target. */
  readonly orders: { readonly [Role in ExitRole]: string | null };
}

type ExitRole = 'exit' | 'stop' | 'target';

/** After so many refused market exits in a row the engine stops asking and calls the person. */
const MAX_FAILED_EXITS = 3;

/** A stop on the exchange's book that the price has passed for this long has failed. */
const STOP_PATIENCE_MS = 10_000;

/** Relative: below it two amounts are the same one, rounded differently. */
const SAME_AMOUNT = 1e-9;

export class Holding {
  readonly position = new Position();
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #pair: Pair;
  readonly #desk: Desk;
  readonly #orders: { [Role in ExitRole]: OrderRecord | null } = {
    exit: null,
    stop: null,
    target: null,
  };
  #plan: ExitPlan | null = null;
  #wantsOut: ExitReason | null = null;
  /** The exchange would not take a guard: the engine watches both levels. */
  #isWatching = false;
  #failedExits = 0;
  /** ms UTC since when the price has been past a stop that rests at the exchange. */
  #passedSince: number | null = null;

  constructor(botId: string, instrument: Instrument, pair: Pair, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#pair = pair;
    this.#desk = desk;
  }

  get plan(): ExitPlan | null {
    return this.#plan;
  }

  /** Being sold, for this reason; `null` while it is held. */
  get wantsOut(): ExitReason | null {
    return this.#wantsOut;
  }

  get hasOpenOrders(): boolean {
    const { exit, stop, target } = this.#orders;
    return exit !== null || stop !== null || target !== null;
  }

  get guardPlace(): GuardPlace {
    if (!this.position.isOpen || this.#plan === null) return 'none';
    return this.#orders.stop === null ? 'engine' : 'exchange';
  }

  /** Books a buy and plans its exit. */
  bought(fill: Fill, feeInQuote: number, feeInBase: number, protection: Protection): void {
    this.position.buy(fill, feeInQuote, feeInBase);
    const { entryPrice, entryTime } = this.position;
    if (entryPrice === null || entryTime === null) return;
    this.#plan = mergePlans(this.#plan, planExit(protection, entryPrice, entryTime));
  }

  sold(fill: Fill, feeInQuote: number): void {
    const fromPosition = this.#withoutDust(fill);
    if (fromPosition === null) return;
    const trade = this.position.sell(fromPosition, feeInQuote);
    if (trade !== null) this.#desk.traded(this.#botId, trade);
  }

  /** An order of this holding has changed. */
  orderChanged(record: OrderRecord): void {
    const role = roleOf(record);
    if (this.#orders[role]?.order.id !== record.order.id) return;
    this.#orders[role] = isOpen(record) ? record : null;
    if (role === 'exit') this.#exitEnded(record);
    else if (record.state === 'rejected' && !record.neverArrived) this.#watchInstead(record);
  }

  /** Sells everything at the market, as soon as no guard holds the coins. */
  leave(reason: ExitReason): void {
    if (!this.position.isOpen || this.#wantsOut !== null) return;
    this.#wantsOut = reason;
    this.#failedExits = 0;
    // Nothing may be asked for yet, where a guard is still being withdrawn.
    this.#desk.changed(this.#botId);
  }

  /**
   * Takes up a sale that was sent without it. What it sold is told by its fills; until its end is known nothing else is
   * offered.
   */
  adoptExit(order: ExitOrder): void {
    const record = this.#track(passExit(order, this.#desk.policy));
    this.#orders.exit ??= record;
    if (this.position.isOpen) this.#wantsOut ??= order.reason;
  }

  /**
   * Follows a closed bar: raises a trailing stop, and leaves when the time is up.
   * @returns whether there is something to settle
   */
  followBar(barStart: number, barEnd: number, high: number, close: number): boolean {
    const plan = this.#plan;
    if (plan === null) return false;
    // In the bar of the entry the high may have come before it.
    const seen = (this.position.entryTime ?? 0) >= barStart ? close : high;
    this.#plan = trail(plan, seen, this.#instrument.priceStep);
    if (plan.sellAt !== null && barEnd >= plan.sellAt) this.leave('time-exit');
    return this.#plan !== plan || this.#wantsOut !== null;
  }

  /**
   * Judges the levels that no exchange keeps, and stops that should have filled.
   * @param bid in quote
   * @param time of the price, ms UTC: it goes back where a clock is set back, and patience then begins anew
   */
  watchPrice(bid: number, time: number): void {
    const plan = this.#plan;
    if (plan === null || this.#wantsOut !== null) return;
    const isPast = plan.stop !== null && bid <= plan.stop;
    if (isPast && this.#orders.stop === null) return this.leave(plan.stopReason);
    if (plan.target !== null && bid >= plan.target && this.#orders.target === null) {
      return this.leave('take-profit');
    }
    this.#notePassed(isPast ? Math.min(this.#passedSince ?? time, time) : null);
    if (this.#passedSince !== null && time - this.#passedSince >= STOP_PATIENCE_MS) {
      this.#passedSince = null;
      this.#desk.alert(
        'STOP_DID_NOT_FILL',
        this.#botId,
        `The price has been past the stop for ${STOP_PATIENCE_MS / 1_000} s and the exchange has not filled it: selling at the market.`,
      );
      this.leave(plan.stopReason);
    }
  }

  /** Brings the orders at the exchange to what the holding needs. To be called after every change. */
  settle(isEntryOpen: boolean): void {
    if (!isEntryOpen) this.#leaveDust();
    if (!this.position.isOpen) return this.#settleFlat();
    if (this.#wantsOut === null) return this.#guard();
    this.#cancel('stop');
    this.#cancel('target');
    const { exit, stop, target } = this.#orders;
    if (exit === null && stop === null && target === null) this.#sellAtMarket(this.#wantsOut);
  }

  state(): HoldingState {
    const { exit, stop, target } = this.#orders;
    return {
      position: this.position.state(),
      plan: this.#plan,
      wantsOut: this.#wantsOut,
      isWatching: this.#isWatching,
      failedExits: this.#failedExits,
      passedSince: this.#passedSince,
      orders: { exit: idOf(exit), stop: idOf(stop), target: idOf(target) },
    };
  }

  /** @param find the records of the open orders */
  restore(state: HoldingState, find: (orderId: string) => OrderRecord): void {
    const { exit, stop, target } = state.orders;
    this.position.restore(state.position);
    this.#plan = state.plan;
    this.#wantsOut = state.wantsOut;
    this.#isWatching = state.isWatching;
    this.#failedExits = state.failedExits;
    this.#passedSince = state.passedSince;
    this.#orders.exit = exit === null ? null : find(exit);
    this.#orders.stop = stop === null ? null : find(stop);
    this.#orders.target = target === null ? null : find(target);
  }

  /** Told to the books when it changes: what follows from it must follow from the journal too. */
  #notePassed(since: number | null): void {
    if (since === this.#passedSince) return;
    this.#passedSince = since;
    this.#desk.changed(this.#botId);
  }

  #settleFlat(): void {
    if (this.#plan === null) return;
    this.#cancel('stop');
    this.#cancel('target');
    this.#cancel('exit');
    this.#plan = null;
    this.#wantsOut = null;
    this.#isWatching = false;
    this.#failedExits = 0;
    this.#passedSince = null;
  }

  /** What is too little for the exchange to take is no position that anyone could close. */
  #leaveDust(): void {
    if (!this.position.isOpen || this.hasOpenOrders) return;
    const { balances } = this.#desk.account;
    const price = balances.rate(this.#pair.base) / balances.rate(this.#pair.quote);
    const sellable = this.#sellable();
    if (sellable > 0 && !(sellable * price < (this.#instrument.minCost ?? 0))) return;
    const reason = this.#wantsOut ?? 'signal';
    const { trade, dust } = this.position.leaveDust(this.#desk.account.time, reason);
    this.#desk.account.addDust(this.#instrument.symbol, dust);
    if (trade !== null) return this.#desk.traded(this.#botId, trade);
    this.#desk.alert(
      'EXIT_FAILED',
      this.#botId,
      `What was bought of ${this.#instrument.symbol} is worth less than the exchange takes. It stays in the account, and nothing guards it.`,
    );
  }

  /** The part of a sale that was the position's: a fill that comes late may have sold what was given up as dust. */
  #withoutDust(fill: Fill): Fill | null {
    const { amount } = this.position;
    const excess = fill.amount - amount;
    if (excess <= amount * SAME_AMOUNT) return fill;
    const taken = this.#desk.account.takeDust(this.#instrument.symbol, excess);
    if (taken === 0) return fill;
    const left = fill.amount - taken;
    if (left <= fill.amount * SAME_AMOUNT) return null;
    return { ...fill, amount: left, cost: fill.cost * (left / fill.amount) };
  }

  /** Guards of the right size at the right price, or none while the old ones are being withdrawn. */
  #guard(): void {
    const plan = this.#plan;
    if (plan === null || this.#orders.exit !== null) return;
    const amount = this.#sellable();
    const stopPrice = this.#rests('stop', amount) ? plan.stop : null;
    const targetPrice = this.#rests('target', amount) ? plan.target : null;
    const { stop, target } = this.#orders;
    if (isAsWanted(stop, amount, stopPrice) && isAsWanted(target, amount, targetPrice)) return;
    this.#cancel('stop');
    this.#cancel('target');
    if (this.#orders.stop !== null || this.#orders.target !== null || amount <= 0) return;
    this.#placeGuards(amount, stopPrice, targetPrice, plan);
  }

  #rests(role: 'stop' | 'target', amount: number): boolean {
    const { restingExits } = this.#desk;
    if (this.#isWatching || restingExits === 'none') return false;
    // The first part of an entry may be too little to guard: it is watched until more has come.
    const level = this.#plan?.stop ?? this.#plan?.target ?? 0;
    if (amount * level < (this.#instrument.minCost ?? 0)) return false;
    // Without pairs the coins can be promised to one order only, and the stop comes first.
    return role === 'stop' || restingExits === 'pair' || this.#plan?.stop === null;
  }

  #placeGuards(
    amount: number,
    stopPrice: number | null,
    targetPrice: number | null,
    plan: ExitPlan,
  ): void {
    const stop =
      stopPrice === null ? null : this.#order('stop-loss', amount, stopPrice, plan.stopReason);
    const target =
      targetPrice === null ? null : this.#order('take-profit', amount, targetPrice, 'take-profit');
    if (stop !== null) this.#orders.stop = this.#track(stop);
    if (target !== null) this.#orders.target = this.#track(target);
    if (stop !== null && target !== null) this.#desk.decide({ kind: 'submit-pair', stop, target });
    else if (stop !== null) this.#desk.decide({ kind: 'submit', order: stop });
    else if (target !== null) this.#desk.decide({ kind: 'submit', order: target });
  }

  #sellAtMarket(reason: ExitReason): void {
    const amount = this.#sellable();
    if (amount <= 0) return;
    const order = this.#order('market', amount, null, reason);
    this.#orders.exit = this.#track(order);
    this.#desk.decide({ kind: 'submit', order });
  }

  #exitEnded(record: OrderRecord): void {
    if (isOpen(record) || record.state === 'filled' || record.neverArrived) return;
    // What sold a part has not failed; the rest is asked for again.
    if (record.filledAmount > 0) return;
    this.#failedExits += 1;
    if (this.#failedExits < MAX_FAILED_EXITS) return;
    this.#desk.alert(
      'EXIT_FAILED',
      this.#botId,
      `The exchange refused to sell ${this.#instrument.symbol} ${MAX_FAILED_EXITS} times (${record.note ?? record.state}). The position is still open: look at it yourself.`,
    );
    this.#wantsOut = null;
    this.#failedExits = 0;
  }

  #watchInstead(record: OrderRecord): void {
    this.#isWatching = true;
    this.#desk.alert(
      'STOP_NOT_RESTING',
      this.#botId,
      `The exchange did not take the ${record.order.type} order of ${this.#instrument.symbol} (${record.note ?? 'no reason given'}). CryptoPiggy watches the price itself, which works only while it runs.`,
    );
  }

  #cancel(role: ExitRole): void {
    const record = this.#orders[role];
    if (record === null || record.cancelRequested) return;
    const requested = withCancelRequested(record, this.#desk.account.time);
    this.#orders[role] = requested;
    this.#desk.keep(requested);
    this.#desk.decide({ kind: 'cancel', orderId: record.order.id });
  }

  #track(order: GatedOrder): OrderRecord {
    const record = newRecord(order, this.#botId, null, this.#desk.account.time);
    this.#desk.keep(record);
    return record;
  }

  #order(
    type: ExitOrder['type'],
    amount: number,
    price: number | null,
    reason: ExitReason,
  ): GatedOrder {
    const order: ExitOrder = {
      purpose: 'exit',
      id: this.#desk.newOrderId(),
      symbol: this.#instrument.symbol,
      side: 'sell',
      type,
      size: { unit: 'base', amount },
      price,
      bound: null,
      reason,
    };
    return passExit(order, this.#desk.policy);
  }

  /** What the exchange takes of the position: whole steps. */
  #sellable(): number {
    const { amountStep } = this.#instrument;
    const { amount } = this.position;
    if (amountStep === null) return amount;
    // A step's multiple may sit a rounding below its own count of steps.
    return Math.floor(amount / amountStep + SAME_AMOUNT) * amountStep;
  }
}

function isAsWanted(record: OrderRecord | null, amount: number, price: number | null): boolean {
  if (record === null) return price === null;
  if (price === null || record.cancelRequested || record.order.price !== price) return false;
  const { size } = record.order;
  if (size.unit !== 'base') return false;
  return Math.abs(size.amount - record.filledAmount - amount) <= SAME_AMOUNT * amount;
}

function roleOf({ order }: OrderRecord): ExitRole {
  switch (order.type) {
    case 'stop-loss':
      return 'stop';
    case 'take-profit':
      return 'target';
    default:
      return 'exit';
  }
}

function idOf(record: OrderRecord | null): string | null {
  return record?.order.id ?? null;
}
