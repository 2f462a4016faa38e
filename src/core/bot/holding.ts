/** A bot's position and everything that is meant to end it: its guards at the exchange, the levels the engine watches. */

import type { Pair } from '../account/account.ts';
import { Position, type PositionState } from '../account/position.ts';
import type { GuardPlace } from '../domain/bot-status.ts';
import type { Fill } from '../domain/fill.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { ExitOrder, ExitReason, Protection } from '../domain/order.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import type { Doubt, Finding } from '../reconciliation/finding.ts';
import { Alarm, type AlarmState } from './alarm.ts';
import type { Desk } from './desk.ts';
import type { Trouble } from './exit-policy.ts';
import { mergePlans, planExit, trail, type ExitPlan } from './exit-plan.ts';
import { FailedExits } from './failed-exits.ts';
import { wantedGuards, type GuardSpec } from './guard-spec.ts';
import { Guards, type GuardsState } from './guards.ts';
import { LeftOvers } from './left-overs.ts';
import { PositionDoubt } from './position-doubt.ts';
import { Sale } from './sale.ts';
import { isTooLittle, wholeSteps } from './too-little.ts';

/** A holding as it is kept between two runs. */
export interface HoldingState {
  readonly position: PositionState;
  readonly plan: ExitPlan | null;
  readonly wantsOut: ExitReason | null;
  readonly passedSince: number | null;
  /** The last bid, in quote. */
  readonly bid?: number | null;
  /** Of the sale, of the guards and of what was told: missing where it was kept before there was a policy for exits. */
  readonly sale?: Trouble | null;
  readonly guards?: GuardsState;
  readonly alarm?: AlarmState;
  /** Missing where it was kept before positions were compared with the exchange. */
  readonly doubt?: Doubt | null;
  /** Ids of the open orders: sold at the market, guarding stop, guarding target. */
  readonly orders: { readonly [Role in ExitRole]: string | null };
}

type ExitRole = 'exit' | 'stop' | 'target';

/** A stop on the exchange's book that the price has passed for this long has failed. */
const STOP_PATIENCE_MS = 10_000;

export class Holding {
  readonly position = new Position();
  readonly alarm: Alarm;
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #pair: Pair;
  readonly #desk: Desk;
  readonly #sale: Sale;
  readonly #guards: Guards;
  readonly #doubt: PositionDoubt;
  readonly #leftOvers: LeftOvers;
  readonly #failedExits: FailedExits;
  #plan: ExitPlan | null = null;
  #wantsOut: ExitReason | null = null;
  /** ms UTC since when the price has been past a stop that rests at the exchange. */
  #passedSince: number | null = null;
  /** In quote. */
  #bid: number | null = null;

  constructor(botId: string, instrument: Instrument, pair: Pair, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#pair = pair;
    this.#desk = desk;
    this.#sale = new Sale(botId, instrument, desk);
    this.#guards = new Guards(botId, instrument, desk);
    this.alarm = new Alarm(botId, desk);
    this.#doubt = new PositionDoubt(botId, instrument, this.position, desk);
    this.#leftOvers = new LeftOvers(botId, instrument, pair, this.position, this.alarm, desk);
    this.#failedExits = new FailedExits(botId, instrument, this.alarm, desk);
  }

  get plan(): ExitPlan | null {
    return this.#plan;
  }

  /** Being sold, for this reason; `null` while it is held. */
  get wantsOut(): ExitReason | null {
    return this.#wantsOut;
  }

  /** Why nothing is sent for it; `null` while the exchange bears out the books. */
  get doubt(): Doubt | null {
    return this.#doubt.doubt;
  }

  /** The order that has the coins, or is to have them: the sale, else the stop, else the target. */
  get holdingOrder(): OrderRecord | null {
    return this.#sale.order ?? this.#guards.stop ?? this.#guards.target;
  }

  get hasOpenOrders(): boolean {
    return this.#sale.order !== null || !this.#guards.areGone;
  }

  get guardPlace(): GuardPlace {
    if (!this.position.isOpen || this.#plan === null) return 'none';
    // With its pair the exchange has ended its orders, whatever it still tells of them.
    if (this.doubt?.kind === 'missing') return 'none';
    if (this.#guards.stop !== null) return 'exchange';
    return this.doubt === null ? 'engine' : 'none';
  }

  /** Whether the exchange has confirmed a stop over all that is held, and whether that is the one which is wanted. */
  get proof(): 'none' | 'some' | 'wanted' {
    const wanted = this.#wanted();
    if (wanted === null || !this.#guards.isProven(wanted.amount)) return 'none';
    return this.#guards.isRight(wanted) ? 'wanted' : 'some';
  }

  /** Books a buy and plans its exit. */
  bought(fill: Fill, feeInQuote: number | null, feeInBase: number, protection: Protection): void {
    this.position.buy(fill, feeInQuote ?? 0, feeInBase);
    if (feeInQuote === null) this.position.owe(fill.fee);
    const { entryPrice, entryTime } = this.position;
    if (entryPrice === null || entryTime === null) return;
    this.#plan = mergePlans(this.#plan, planExit(protection, entryPrice, entryTime));
  }

  /** Counts fees in coins that had no price when they were paid. */
  settleFees(): void {
    const { account } = this.#desk;
    const price = account.balances.rate(this.#pair.base) / account.balances.rate(this.#pair.quote);
    this.position.settleFees((fee) => account.feeInQuote(fee, this.#pair, price));
  }

  sold(fill: Fill, feeInQuote: number | null): void {
    this.settleFees();
    // Before the sale: with it the trade may be over.
    if (feeInQuote === null) this.position.owe(fill.fee);
    const fromPosition = this.#leftOvers.without(fill);
    const held = fromPosition === null ? null : this.#doubt.heldPart(fromPosition);
    if (held === null) return;
    const trade = this.position.sell(held, feeInQuote ?? 0);
    if (trade !== null) this.#desk.traded(this.#botId, trade);
  }

  /** An order of this holding has changed. */
  orderChanged(record: OrderRecord): void {
    if (record.order.type === 'market') {
      const failure = this.#sale.orderChanged(record);
      if (failure === null) return;
      return this.#failedExits.saleFailed(failure, this.#sale.trouble, record.note);
    }
    const failure = this.#guards.orderChanged(record);
    if (failure !== null) this.#failedExits.guardFailed(failure, this.#guards.trouble, record.note);
    if (this.#guards.areGone && wasTakenAway(record) && this.#sale.order === null) this.suspect();
  }

  /** A guard may have been taken away: whatever it guarded is compared before anything is sent. */
  suspect(): void {
    const { position } = this;
    if (!position.isOpen || isTooLittle(position.amount, this.#lastPrice, this.#instrument)) return;
    this.#passedSince = null;
    this.#doubt.suspect();
  }

  /** Takes what a comparison with the exchange has shown. */
  judged(finding: Finding): void {
    if (!this.position.isOpen) return;
    this.#passedSince = null;
    this.#doubt.judged(finding);
    if (finding.kind !== 'sold-outside') return;
    this.#forgetUnknown();
    // What is left of a step goes as dust, and the round trip ends for the reason that it ended for.
    const { position } = this;
    if (isTooLittle(position.amount, this.#lastPrice, this.#instrument)) {
      this.#wantsOut = 'sold-outside';
    }
  }

  /** Out of the books at its last price, by a person's word. */
  writeOff(): void {
    const { entryPrice } = this.position;
    if (entryPrice === null) return;
    this.#forgetUnknown();
    this.#doubt.writeOff(this.#lastPrice > 0 ? this.#lastPrice : entryPrice);
  }

  /** Ends a doubt by a person's word; what was to be sold is held again. */
  keep(): void {
    this.#forgetUnknown();
    this.#wantsOut = null;
    this.#doubt.end();
  }

  /** Sells everything at the market, as soon as no guard holds the coins. */
  leave(reason: ExitReason): void {
    if (!this.position.isOpen) return;
    if (this.#wantsOut !== null) {
      if (reason === 'manual' || reason === 'emergency-stop') this.#sale.hasten();
      return;
    }
    this.#wantsOut = reason;
    // Nothing may be asked for yet, where a guard is still being withdrawn.
    this.#desk.changed(this.#botId);
  }

  /**
   * Takes up a sale that was sent without it. What it sold is told by its fills; until its end is known nothing else is
   * offered.
   */
  adoptExit(order: ExitOrder): void {
    this.#sale.adopt(order);
    // Whoever sold past the engine withdrew the guards first: their end is no riddle any more.
    if (this.doubt?.kind === 'suspect') this.#doubt.end();
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
    this.#bid = bid;
    const plan = this.#plan;
    if (plan === null || this.#wantsOut !== null || this.doubt !== null) return;
    const isPast = plan.stop !== null && bid <= plan.stop;
    if (isPast && !this.#isKeptThere(plan)) return this.leave(plan.stopReason);
    if (plan.target !== null && bid >= plan.target && this.#guards.target === null) {
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

  /** A stop that is wanted only now may have been passed already: no exchange would take it. */
  judgeLastPrice(): void {
    const plan = this.#plan;
    if (this.#wantsOut !== null || this.doubt !== null || typeof plan?.stop !== 'number') return;
    if (this.#bid === null || this.#bid > plan.stop || this.#isKeptThere(plan)) return;
    if (this.#desk.account.hasFreshPrice(this.#pair.base)) this.leave(plan.stopReason);
  }

  /** Brings the orders at the exchange to what the holding needs. To be called after every change. */
  settle(isEntryOpen: boolean): void {
    this.#endIdleSuspicion();
    if (!isEntryOpen && this.doubt === null && this.position.isOpen && !this.hasOpenOrders) {
      this.#leftOvers.takeAlong();
      this.#leftOvers.leave(this.#lastPrice, this.#wantsOut);
    }
    if (!this.position.isOpen) return this.#settleFlat();
    if (this.doubt !== null) return this.#settleInDoubt();
    if (this.#sale.order !== null) return;
    if (this.#wantsOut === null) return this.#guard();
    if (this.#sale.isPausing) return this.#guardMeanwhile();
    if (!this.#guards.areGone) {
      if (this.#guards.mayWithdraw('sale', 1)) this.#guards.withdraw();
      return;
    }
    const amount = this.#sellable();
    if (amount > 0) this.#sale.send(amount, this.#wantsOut, this.#bid ?? this.#lastPrice);
  }

  state(): HoldingState {
    return {
      position: this.position.state(),
      plan: this.#plan,
      wantsOut: this.#wantsOut,
      passedSince: this.#passedSince,
      bid: this.#bid,
      sale: this.#sale.state(),
      guards: this.#guards.state(),
      alarm: this.alarm.state(),
      doubt: this.doubt,
      orders: {
        exit: idOf(this.#sale.order),
        stop: idOf(this.#guards.stop),
        target: idOf(this.#guards.target),
      },
    };
  }

  /** @param find the records of the open orders */
  restore(state: HoldingState, find: (orderId: string) => OrderRecord): void {
    const open = (id: string | null): OrderRecord | null => (id === null ? null : find(id));
    const { exit, stop, target } = state.orders;
    this.position.restore(state.position);
    this.#plan = state.plan;
    this.#wantsOut = state.wantsOut;
    this.#passedSince = state.passedSince;
    this.#bid = state.bid ?? null;
    this.#sale.restore(state.sale, open(exit));
    this.#guards.restore(state.guards, { stop: open(stop), target: open(target) });
    this.alarm.restore(state.alarm);
    this.#doubt.restore(state.doubt);
  }

  /** Told to the books when it changes: what follows from it must follow from the journal too. */
  #notePassed(since: number | null): void {
    if (since === this.#passedSince) return;
    this.#passedSince = since;
    this.#desk.changed(this.#botId);
  }

  /** What is left of it is too little to guard or to sell: there is nothing that a comparison could be waited for. */
  #endIdleSuspicion(): void {
    if (this.doubt?.kind !== 'suspect' || !this.position.isOpen) return;
    if (isTooLittle(this.position.amount, this.#lastPrice, this.#instrument)) this.#doubt.end();
  }

  #settleInDoubt(): void {
    if (!this.#doubt.isWithdrawn) return;
    this.#guards.withdraw();
    this.#sale.withdraw();
  }

  /** A person or a trade has said what they were: nothing waits for them any more. Should one turn up, its fill counts. */
  #forgetUnknown(): void {
    this.#guards.forgetUnknown();
    this.#sale.forgetUnknown();
  }

  #settleFlat(): void {
    this.#doubt.end();
    if (this.#plan === null) return;
    this.#guards.clear();
    this.#sale.clear();
    this.#plan = null;
    this.#wantsOut = null;
    this.#passedSince = null;
  }

  /** Guards of the right size at the right price, or none while the old ones are being withdrawn. */
  #guard(): void {
    const wanted = this.#wanted();
    if (wanted === null) return;
    this.#guards.settle(wanted);
    if (this.#guards.isRight(wanted)) this.#guards.succeeded();
  }

  /** Between two attempts to sell, the stop is put back: unless the price has passed it already. */
  #guardMeanwhile(): void {
    const stop = this.#plan?.stop ?? null;
    if (stop === null || (this.#bid ?? this.#lastPrice) > stop) this.#guard();
  }

  #wanted(): GuardSpec | null {
    const plan = this.#plan;
    if (plan === null) return null;
    return wantedGuards(plan, this.#sellable(), this.#instrument, this.#desk.restingExits);
  }

  /** Whether the exchange keeps the stop itself, at its level and not at one from before. */
  #isKeptThere({ stop }: ExitPlan): boolean {
    const kept = this.#guards.stop;
    return kept !== null && (kept.order.price === stop || !this.#guards.areMissed);
  }

  get #lastPrice(): number {
    const { balances } = this.#desk.account;
    return balances.rate(this.#pair.base) / balances.rate(this.#pair.quote);
  }

  /** What the exchange takes of the position: whole steps. */
  #sellable(): number {
    return wholeSteps(this.position.amount, this.#instrument);
  }
}

function wasTakenAway({ state, cancelRequested }: OrderRecord): boolean {
  return !cancelRequested && (state === 'cancelled' || state === 'expired');
}

function idOf(record: OrderRecord | null): string | null {
  return record?.order.id ?? null;
}
