/** Whether an order that the exchange does not find never took effect, past the engine: by the rule that look-ups go by. */

import {
  couldBe,
  couldTradeFrom,
  outsideTrades,
  type Decided,
  type Known,
} from '../../core/reconciliation/evidence.ts';
import type { StopAtExchange } from './stop-work.ts';

/**
 * Not found for as long as one may take to arrive, and no trade of the account could be its.
 * @param others what is known of other orders, beside the books
 */
export async function tookNoEffect(
  { exchange, books, unfound, now }: StopAtExchange,
  decided: Decided,
  others: readonly Known[] = [],
): Promise<boolean> {
  const { id, symbol } = decided.order;
  if (unfound.note(id, now()) < exchange.arrivalMs) return false;
  // What the clocks differ by was not measured here; evidence allows for a minute.
  const clocks = { now: now(), ahead: 0 };
  const trades = await exchange.trades([symbol], couldTradeFrom(decided, clocks));
  if (!trades.ok) return false;
  const outside = outsideTrades(trades.value, [...books.orders, ...others]);
  return !outside.some((trade) => couldBe(decided, trade, clocks));
}
