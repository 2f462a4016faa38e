/**
 * The last door before a real exchange: with live mode off no entry passes, whoever sends it, nor by a price that has grown
 * old. Exits always do.
 */

import type { ExchangePort, SubmitAnswer } from '../../core/ports/exchange.ts';

/**
 * @param closedBecause why nothing can be opened in a symbol now; `null` where it can. Asked at every entry, and once more
 * when it leaves: it may have waited its turn for longer than a price or a confirmation is good for.
 */
export function entryDoor(
  exchange: ExchangePort,
  closedBecause: (symbol: string) => string | null,
): ExchangePort {
  return {
    name: exchange.name,
    restingExits: exchange.restingExits,
    arrivalMs: exchange.arrivalMs,
    ...(exchange.orderAllowance === undefined ? {} : { orderAllowance: exchange.orderAllowance }),
    async submit(order): Promise<SubmitAnswer> {
      if (order.purpose === 'exit') return exchange.submit(order);
      const closed = closedBecause(order.symbol);
      return closed === null
        ? exchange.submit(order, () => closedBecause(order.symbol))
        : { kind: 'rejected', refusal: 'for-good', sentence: closed };
    },
    submitPair: (stop, target) => exchange.submitPair(stop, target),
    cancel: (orderId, symbol) => exchange.cancel(orderId, symbol),
    find: (orderId, symbol) => exchange.find(orderId, symbol),
    openOrders: (symbols) => exchange.openOrders(symbols),
    topOfBook: (symbol) => exchange.topOfBook(symbol),
    balances: () => exchange.balances(),
    trades: (symbols, since) => exchange.trades(symbols, since),
    listen: (listener) => exchange.listen(listener),
  };
}
