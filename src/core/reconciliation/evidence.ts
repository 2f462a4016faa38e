/** What proves that something at the exchange is an order of the books, or that an order never took effect. Pure. */

import type { Fill } from '../domain/fill.ts';
import type { EntryOrder, ExitOrder } from '../domain/order.ts';
import type { OrderRecord } from '../orders/order-record.ts';
import type { AccountTrade, ExchangeOrder } from '../ports/exchange.ts';

/** Two clocks, ms. */
export interface Clocks {
  /** Of this computer, ms UTC. */
  readonly now: number;
  /** The exchange's clock less this computer's, as last measured. */
  readonly ahead: number;
}

/** An order as it was decided. */
export interface Decided {
  readonly order: EntryOrder | ExitOrder;
  /** ms UTC. */
  readonly createdAt: number;
}

/** What two clocks may differ by beyond what was measured, ms. */
const CLOCK_MARGIN_MS = 60_000;

/** Relative: an entry may cost this much more than it was given, by rounding to a step. */
const MORE_COST = 0.05;

/** Relative: an exit sells no more than it was given, but for rounding. */
const MORE_AMOUNT = 1e-3;

/**
 * Why what an exchange shows under an order's id is not that order; `null` where it is. An id that an older copy of the
 * profile has used before leads to an order of another time, on other coins.
 */
export function mismatch(record: OrderRecord, found: ExchangeOrder, clocks: Clocks): string | null {
  const { order } = record;
  if (found.symbol !== order.symbol) return `It is on ${found.symbol}.`;
  for (const fill of found.fills) {
    const reason = fillMismatch(record, fill, clocks);
    if (reason !== null) return reason;
  }
  const filled = found.fills.reduce((sum, { amount }) => sum + amount, 0);
  const cost = found.fills.reduce((sum, fill) => sum + fill.cost, 0);
  return exceeds(record, filled, cost) ? 'It has traded more than was ordered.' : null;
}

/** As `mismatch`, of a single fill. */
export function fillMismatch(record: OrderRecord, fill: Fill, clocks: Clocks): string | null {
  const { order } = record;
  if (fill.side !== order.side) return `It was a ${fill.side}.`;
  return isBefore(record, fill.time, clocks) ? 'It traded before it was decided.' : null;
}

/** Whether fills of an order add up to more than it was given. @param amount in base @param cost in quote */
function exceeds({ order }: Pick<Decided, 'order'>, amount: number, cost: number): boolean {
  return order.size.unit === 'base'
    ? amount > order.size.amount * (1 + MORE_AMOUNT)
    : cost > order.size.cost * (1 + MORE_COST);
}

/** What an order is known by at the exchange, and the trades of it that are known. */
export interface Known extends Pick<OrderRecord, 'exchangeId' | 'fillIds'> {
  readonly order: EntryOrder | ExitOrder;
}

/** Trades that are not of the books' orders: of somebody else, or of an order of ours whose answer was lost. */
export function outsideTrades(
  trades: readonly AccountTrade[],
  records: readonly Known[],
): readonly AccountTrade[] {
  const orders = new Set(records.flatMap(({ exchangeId }) => exchangeId ?? []));
  const fills = new Set(
    records.flatMap(({ order, fillIds }) => fillIds.map((id) => `${order.symbol} ${id}`)),
  );
  return trades.filter(
    ({ id, exchangeOrderId, symbol }) =>
      !fills.has(`${symbol} ${id}`) && !(exchangeOrderId !== null && orders.has(exchangeOrderId)),
  );
}

/** Whether a trade that nobody else has claimed may be of this order. */
export function couldBe(record: Decided, trade: AccountTrade, clocks: Clocks): boolean {
  const { order } = record;
  return (
    trade.symbol === order.symbol &&
    trade.side === order.side &&
    !isBefore(record, trade.time, clocks) &&
    !exceeds(record, trade.amount, trade.amount * trade.price)
  );
}

/** From when on trades may be of this order, ms UTC by the exchange's clock. */
export function couldTradeFrom({ createdAt }: Decided, { now, ahead }: Clocks): number {
  return Math.min(createdAt, now) + ahead - CLOCK_MARGIN_MS;
}

/** A time ahead of this computer's was written before its clock was set back, and tells nothing. */
function isBefore({ createdAt }: Decided, time: number, { now, ahead }: Clocks): boolean {
  return createdAt <= now && time < createdAt + ahead - CLOCK_MARGIN_MS;
}

/** Whether a fill that is new cannot be of this order: the other side, or more than was ordered. */
export function isForeign(record: OrderRecord, fill: Fill): boolean {
  if (record.fillIds.includes(fill.id)) return false;
  const { order, filledAmount, filledCost } = record;
  if (fill.side !== order.side) return true;
  return exceeds(record, filledAmount + fill.amount, filledCost + fill.cost);
}
