/** The life of one order: what has become of it since the risk gate let it through. */

import { assertNever } from '../domain/assert-never.ts';
import type { Fill } from '../domain/fill.ts';
import type { OrderState } from '../domain/order-state.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import type { Adjustment } from '../risk/gate-answer.ts';

/** What the gate was asked and what it changed; exits are passed as they are. */
export interface Asked {
  /** In quote. */
  readonly cost: number;
  readonly adjustments: readonly Adjustment[];
}

export interface OrderRecord {
  readonly order: GatedOrder;
  readonly botId: string;
  readonly state: OrderState;
  /** `null` for an exit. */
  readonly asked: Asked | null;
  /** In base and in quote, of all fills so far. */
  readonly filledAmount: number;
  readonly filledCost: number;
  /** Fills counted so far, by the exchange's id. */
  readonly fillIds: readonly string[];
  /** A cancellation was sent; the order is open until the exchange says otherwise. */
  readonly cancelRequested: boolean;
  /** The exchange's own id, once it told it. */
  readonly exchangeId: string | null;
  /** ms UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Why it was rejected, expired or is unknown, as a sentence. */
  readonly note: string | null;
  /** What the exchange's refusal says about asking again; `null` where it refused nothing. */
  readonly refusal: Refusal | null;
  /** It ended as `rejected` without the exchange having seen it. */
  readonly neverArrived: boolean;
  /** `null` but for an order that waits for fills that its end has overtaken. */
  readonly awaitedEnd: AwaitedEnd | null;
}

/**
 * What can happen to an order, as the exchange or the pump tells it; it may come late, twice or out of order.
 * `filledAmount` is what the exchange says the order traded in all, in base; `null` where it does not say.
 */
export type OrderEvent =
  | {
      readonly kind: 'order-accepted';
      readonly orderId: string;
      readonly time: number;
      readonly exchangeId: string | null;
    }
  /** A definite no: the exchange refused it. */
  | {
      readonly kind: 'order-rejected';
      readonly orderId: string;
      readonly time: number;
      readonly refusal: Refusal;
      readonly sentence: string;
    }
  /** The exchange proved that it never arrived: what it was for may be asked again, under another id. */
  | { readonly kind: 'order-lost'; readonly orderId: string; readonly time: number }
  /** Sent, but nobody answered in time. */
  | {
      readonly kind: 'order-unknown';
      readonly orderId: string;
      readonly time: number;
      readonly sentence: string;
    }
  | { readonly kind: 'order-filled'; readonly orderId: string; readonly fill: Fill }
  | {
      readonly kind: 'order-cancelled';
      readonly orderId: string;
      readonly time: number;
      readonly filledAmount: number | null;
    }
  | {
      readonly kind: 'order-expired';
      readonly orderId: string;
      readonly time: number;
      readonly filledAmount: number | null;
      readonly sentence: string;
    };

/**
 * An end that the exchange has told of before all the fills: the order stays open until those have come, or what they
 * sold would be offered again.
 */
export interface AwaitedEnd {
  readonly state: 'cancelled' | 'expired';
  /** What the exchange says it traded in all, in base. */
  readonly filledAmount: number;
  readonly note: string | null;
}

export function newRecord(
  order: GatedOrder,
  botId: string,
  asked: Asked | null,
  time: number,
): OrderRecord {
  return {
    order,
    botId,
    state: 'submitting',
    asked,
    filledAmount: 0,
    filledCost: 0,
    fillIds: NO_IDS,
    cancelRequested: false,
    exchangeId: null,
    createdAt: time,
    updatedAt: time,
    note: null,
    refusal: null,
    neverArrived: false,
    awaitedEnd: null,
  };
}

/** Relative: below it two amounts are the same one, summed differently. */
const SAME_AMOUNT = 1e-9;

/** Relative: an order that is complete may lack this much, where the exchange keeps fewer decimals. */
const ROUNDED_AWAY = 1e-3;

const NO_IDS: readonly string[] = [];

export function isOpen({ state }: OrderRecord): boolean {
  switch (state) {
    case 'submitting':
    case 'unknown':
    case 'accepted':
    case 'partially-filled':
      return true;
    case 'filled':
    case 'cancelled':
    case 'expired':
    case 'rejected':
      return false;
    default:
      return assertNever(state);
  }
}

/** The record after `event`; the very same one where the event is a repetition or comes too late to matter. */
export function advance(record: OrderRecord, event: OrderEvent): OrderRecord {
  switch (event.kind) {
    case 'order-accepted':
      return accepted(record, event);
    case 'order-rejected':
      return rejected(record, event);
    case 'order-lost':
      return lost(record, event.time);
    case 'order-unknown':
      return record.state === 'submitting'
        ? { ...record, state: 'unknown', updatedAt: event.time, note: event.sentence }
        : record;
    case 'order-filled':
      return filled(record, event.fill);
    case 'order-cancelled':
      return endedAfter(record, event, { state: 'cancelled', note: null });
    case 'order-expired':
      return endedAfter(record, event, { state: 'expired', note: event.sentence });
    default:
      return assertNever(event);
  }
}

export function withCancelRequested(record: OrderRecord, time: number): OrderRecord {
  return { ...record, cancelRequested: true, updatedAt: time };
}

/** The record of an order that nobody looks for any more, as if it had never arrived. */
export function givenUp(record: OrderRecord, time: number): OrderRecord {
  return lost(record, time);
}

/** An acceptance that comes after a fill or an end has only the exchange's id to add. */
function accepted(
  record: OrderRecord,
  { exchangeId, time }: Extract<OrderEvent, { readonly kind: 'order-accepted' }>,
): OrderRecord {
  if (record.state === 'submitting' || record.state === 'unknown') {
    return { ...record, state: 'accepted', exchangeId, updatedAt: time, note: null };
  }
  return record.exchangeId === null && exchangeId !== null ? { ...record, exchangeId } : record;
}

function ended(
  record: OrderRecord,
  state: 'cancelled' | 'expired' | 'rejected',
  time: number,
  note: string | null,
): OrderRecord {
  return isOpen(record) ? { ...record, state, updatedAt: time, note } : record;
}

function rejected(
  record: OrderRecord,
  { time, sentence, refusal }: Extract<OrderEvent, { readonly kind: 'order-rejected' }>,
): OrderRecord {
  const next = ended(record, 'rejected', time, sentence);
  return next === record ? record : { ...next, refusal };
}

function endedAfter(
  record: OrderRecord,
  { time, filledAmount }: { readonly time: number; readonly filledAmount: number | null },
  end: Pick<AwaitedEnd, 'state' | 'note'>,
): OrderRecord {
  if (!isOpen(record) || record.awaitedEnd !== null) return record;
  if (filledAmount === null || record.filledAmount >= filledAmount * (1 - SAME_AMOUNT)) {
    return ended(record, end.state, time, whyNotBought(record) ?? end.note);
  }
  return { ...record, awaitedEnd: { ...end, filledAmount }, updatedAt: time };
}

/** A bounded entry that nobody withdrew and that bought nothing: that is no fault, and the person is told why. */
function whyNotBought({ order, cancelRequested, filledAmount }: OrderRecord): string | null {
  if (order.purpose === 'exit' || order.bound === null || cancelRequested || filledAmount > 0)
    return null;
  return `Not bought: nothing was offered at ${Number(order.bound.toPrecision(12))} or less, the most that this order pays. The price has moved since it was decided.`;
}

function lost(record: OrderRecord, time: number): OrderRecord {
  const next = ended(record, 'rejected', time, 'It never reached the exchange.');
  return next === record ? record : { ...next, neverArrived: true };
}

/** What has traded has traded: a fill counts in every state, once. */
function filled(record: OrderRecord, fill: Fill): OrderRecord {
  if (record.fillIds.includes(fill.id)) return record;
  const filledAmount = record.filledAmount + fill.amount;
  const state = stateAfterFill(record, fill, filledAmount);
  return {
    ...record,
    state,
    note: state === record.awaitedEnd?.state ? record.awaitedEnd.note : record.note,
    awaitedEnd: state === 'partially-filled' ? record.awaitedEnd : null,
    filledAmount,
    filledCost: record.filledCost + fill.cost,
    fillIds: [...record.fillIds, fill.id],
    updatedAt: fill.time,
  };
}

function stateAfterFill(record: OrderRecord, fill: Fill, filledAmount: number): OrderState {
  if (fill.complete && !lacksFills(record, filledAmount)) return 'filled';
  if (!isOpen(record)) return record.state;
  const end = record.awaitedEnd;
  if (end !== null && filledAmount >= end.filledAmount * (1 - SAME_AMOUNT)) return end.state;
  return isAllSold(record, filledAmount) ? 'filled' : 'partially-filled';
}

/** The last fill has overtaken others: until those come, what they sold must not be offered again. */
function lacksFills({ order }: OrderRecord, filledAmount: number): boolean {
  return order.purpose === 'exit' && filledAmount < order.size.amount * (1 - ROUNDED_AWAY);
}

function isAllSold({ order }: OrderRecord, filledAmount: number): boolean {
  return order.purpose === 'exit' && filledAmount >= order.size.amount * (1 - SAME_AMOUNT);
}
