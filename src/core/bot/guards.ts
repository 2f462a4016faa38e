/** The stop and the target of a holding that rest at the exchange: placed, replaced, and put back where that fails. */

import type { Instrument } from '../domain/instrument.ts';
import type { ExitOrder, ExitReason } from '../domain/order.ts';
import {
  givenUp,
  isOpen,
  newRecord,
  withCancelRequested,
  type OrderRecord,
} from '../orders/order-record.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { passExit } from '../risk/gate.ts';
import type { Desk } from './desk.ts';
import {
  afterFailure,
  isWaiting,
  overcome,
  retryAt,
  type ExitFailure,
  type Trouble,
} from './exit-policy.ts';
import type { GuardSpec } from './guard-spec.ts';

/** As kept between two runs. */
export interface GuardsState {
  readonly trouble: Trouble | null;
  /** What rested before it was withdrawn for another. */
  readonly before: GuardSpec | null;
  /** What was placed last. */
  readonly placed: GuardSpec | null;
}

type Role = 'stop' | 'target';

type GuardOrders = { readonly [Name in Role]: OrderRecord | null };

/** Relative: below it two amounts are the same one, rounded differently. */
const SAME_AMOUNT = 1e-9;

export class Guards {
  readonly #botId: string;
  readonly #instrument: Instrument;
  readonly #desk: Desk;
  readonly #orders: { [Name in Role]: OrderRecord | null } = { stop: null, target: null };
  #trouble: Trouble | null = null;
  #before: GuardSpec | null = null;
  #placed: GuardSpec | null = null;

  constructor(botId: string, instrument: Instrument, desk: Desk) {
    this.#botId = botId;
    this.#instrument = instrument;
    this.#desk = desk;
  }

  get stop(): OrderRecord | null {
    return this.#orders.stop;
  }

  get target(): OrderRecord | null {
    return this.#orders.target;
  }

  /** Nothing of it is at the exchange, or on the way there or back. */
  get areGone(): boolean {
    return this.#orders.stop === null && this.#orders.target === null;
  }

  /** The exchange did not take what is wanted: until it is asked again, the engine keeps the level itself. */
  get areMissed(): boolean {
    return isWaiting(this.#trouble, this.#desk.pulse.now);
  }

  /** Whether the exchange has confirmed a stop over `amount`, at whatever level. */
  isProven(amount: number): boolean {
    const { stop } = this.#orders;
    return stop !== null && isConfirmed(stop) && restOf(stop) >= amount * (1 - SAME_AMOUNT);
  }

  /** Whether what is wanted rests, and the exchange has confirmed its stop. */
  isRight(wanted: GuardSpec): boolean {
    return this.isProven(wanted.amount) && this.#matches(wanted);
  }

  /** Brings what rests at the exchange to what is wanted, as far as that can be done without going unguarded. */
  settle(wanted: GuardSpec): void {
    if (this.#matches(wanted)) return;
    if (this.areGone) return this.#placeDue(wanted);
    if (!this.#mayReplace(wanted)) return;
    const { stop } = this.#orders;
    const rested = stop !== null && isConfirmed(stop) ? restOf(stop) : 0;
    this.#before =
      this.#placed === null || rested === 0 ? null : { ...this.#placed, amount: rested };
    this.withdraw();
  }

  /** Asks for both to be cancelled; they are gone once the exchange says so. */
  withdraw(): void {
    this.#cancel('stop');
    this.#cancel('target');
  }

  /**
   * Whether they may be withdrawn for something else: not where the market is known to be halted or the exchange
   * cannot be reached, and not without room for what is to follow.
   */
  mayWithdraw(urgency: 'sale' | 'guard', following: number): boolean {
    const { isPaced, isReachable, halts, pulse, budget } = this.#desk;
    if (!isPaced) return true;
    if (!isReachable) return false;
    const halted = halts.haltedUntil(this.#instrument.symbol, pulse.now);
    if (halted !== null) {
      this.#desk.wakeBy(halted);
      return false;
    }
    const count = following + [this.stop, this.target].filter((order) => order !== null).length;
    if (budget.hasRoom(urgency, count)) return true;
    this.#desk.wakeBy(budget.roomAt(urgency, count));
    return false;
  }

  /** @returns why it does not guard, where it has ended without having been withdrawn */
  orderChanged(record: OrderRecord): ExitFailure | null {
    const role: Role = record.order.type === 'stop-loss' ? 'stop' : 'target';
    const before = this.#orders[role];
    if (before?.order.id !== record.order.id) return null;
    this.#orders[role] = isOpen(record) ? record : null;
    const failure = isOpen(record) ? null : this.#failureOf(role, record, before);
    if (failure === null) return null;
    this.#trouble = afterFailure(this.#trouble, failure, this.#desk.pulse.now);
    return failure;
  }

  /** What was wanted rests: whatever comes later is other trouble, unless it comes soon. */
  succeeded(): void {
    this.#before = null;
    if (this.areMissed) this.#trouble = overcome(this.#trouble);
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  forgetUnknown(): void {
    for (const role of ['stop', 'target'] as const) {
      const record = this.#orders[role];
      if (record?.state !== 'unknown') continue;
      this.#orders[role] = null;
      this.#desk.keep(givenUp(record, this.#desk.account.time));
    }
  }

  /** The position is gone. */
  clear(): void {
    this.withdraw();
    this.#trouble = null;
    this.#before = null;
    this.#placed = null;
  }

  state(): GuardsState {
    return { trouble: this.#trouble, before: this.#before, placed: this.#placed };
  }

  /** @param state missing where it was kept before there was a policy: what was refused then is asked for once more */
  restore(state: GuardsState | undefined, { stop, target }: GuardOrders): void {
    this.#trouble = state?.trouble ?? null;
    this.#before = state?.before ?? null;
    this.#placed = state?.placed ?? null;
    this.#orders.stop = stop;
    this.#orders.target = target;
  }

  #matches({ amount, stop, target }: GuardSpec): boolean {
    return (
      isAsWanted(this.#orders.stop, amount, stop) && isAsWanted(this.#orders.target, amount, target)
    );
  }

  #mayReplace(wanted: GuardSpec): boolean {
    const { stop, target } = this.#orders;
    if (stop?.cancelRequested === true || target?.cancelRequested === true) {
      // The rest of a pair that lost its other half: only both together are withdrawn.
      return true;
    }
    if (stop?.state === 'unknown' || target?.state === 'unknown') return false;
    const resting = [stop, target].filter((order) => order !== null);
    // More than is held must not be sold; there is nothing to lose by taking that away.
    if (resting.some((order) => restOf(order) > wanted.amount * (1 + SAME_AMOUNT))) return true;
    // Without its stop it guards nothing.
    const guards = wanted.stop === null || stop !== null;
    if (guards && this.#isPausing()) return false;
    return this.mayWithdraw('guard', 2);
  }

  /** Places what is wanted; while the exchange does not take that, once more what rested before. */
  #placeDue(wanted: GuardSpec): void {
    if (!this.#isPausing()) return this.#place(wanted);
    const before = this.#before;
    this.#before = null;
    if (before !== null && before.amount <= wanted.amount * (1 + SAME_AMOUNT)) this.#place(before);
  }

  #isPausing(): boolean {
    if (!isWaiting(this.#trouble, this.#desk.pulse.now)) return false;
    this.#desk.wakeBy(retryAt(this.#trouble));
    return true;
  }

  #place(spec: GuardSpec): void {
    const { amount, target } = spec;
    if (amount <= 0 || (spec.stop === null && target === null)) return;
    const { isPaced, budget } = this.#desk;
    if (isPaced && !budget.hasRoom('guard', 2)) {
      this.#desk.wakeBy(budget.roomAt('guard', 2));
      return;
    }
    this.#placed = spec;
    const stop =
      spec.stop === null ? null : this.#order('stop-loss', amount, spec.stop, spec.stopReason);
    const gain = target === null ? null : this.#order('take-profit', amount, target, 'take-profit');
    if (stop !== null) this.#orders.stop = this.#track(stop);
    if (gain !== null) this.#orders.target = this.#track(gain);
    if (stop !== null && gain !== null) {
      this.#desk.decide({ kind: 'submit-pair', stop, target: gain });
    } else if (stop !== null) this.#desk.decide({ kind: 'submit', order: stop });
    else if (gain !== null) this.#desk.decide({ kind: 'submit', order: gain });
  }

  #failureOf(role: Role, record: OrderRecord, before: OrderRecord): ExitFailure | null {
    const other = this.#orders[role === 'stop' ? 'target' : 'stop'];
    // Of a pair the stop speaks for both.
    const isSecond = role === 'target' && typeof this.#placed?.stop === 'number';
    if (record.state === 'filled' || isSecond) return null;
    if (record.neverArrived) return 'lost';
    if (record.state === 'rejected') return record.refusal ?? 'for-now';
    const hasSold = record.filledAmount > 0 || (other?.filledAmount ?? 0) > 0;
    return before.cancelRequested || hasSold ? null : 'taken-away';
  }

  #cancel(role: Role): void {
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
    type: 'stop-loss' | 'take-profit',
    amount: number,
    price: number,
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
}

function isConfirmed({ state, cancelRequested }: OrderRecord): boolean {
  return !cancelRequested && (state === 'accepted' || state === 'partially-filled');
}

/** What it still sells, in base. */
function restOf({ order, filledAmount }: OrderRecord): number {
  return order.size.unit === 'base' ? order.size.amount - filledAmount : 0;
}

function isAsWanted(record: OrderRecord | null, amount: number, price: number | null): boolean {
  if (record === null) return price === null;
  if (price === null || record.cancelRequested || record.order.price !== price) return false;
  return Math.abs(restOf(record) - amount) <= SAME_AMOUNT * amount;
}
