/** The last door before a real exchange: with live mode off no entry passes, whoever sends it. Exits always do. */

import type { ExchangePort, SubmitAnswer } from '../../core/ports/exchange.ts';

/** @param closedBecause why nothing can be opened now; `null` while live mode is on. Asked at every entry. */
export function entryDoor(
  exchange: ExchangePort,
  closedBecause: () => string | null,
): ExchangePort {
  return {
    name: exchange.name,
    restingExits: exchange.restingExits,
    arrivalMs: exchange.arrivalMs,
    ...(exchange.orderAllowance === undefined ? {} : { orderAllowance: exchange.orderAllowance }),
    async submit(order): Promise<SubmitAnswer> {
      const closed = order.purpose === 'entry' ? closedBecause() : null;
      return closed === null
        ? exchange.submit(order)
        : { kind: 'rejected', refusal: 'for-good', sentence: closed };
    },
    submitPair: (stop, target) => exchange.submitPair(stop, target),
    cancel: (orderId, symbol) => exchange.cancel(orderId, symbol),
    find: (orderId, symbol) => exchange.find(orderId, symbol),
    openOrders: (symbols) => exchange.openOrders(symbols),
    balances: () => exchange.balances(),
    trades: (symbols, since) => exchange.trades(symbols, since),
    listen: (listener) => exchange.listen(listener),
  };
}
