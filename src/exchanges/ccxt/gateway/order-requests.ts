/** Our orders as ccxt takes them. */

import type { Exchange, Order as CcxtOrder } from 'ccxt';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import type { PairRequest } from './venue-row.ts';

/** A stop sells at its trigger or up to this fraction below it: spot exchanges keep stops as limit orders. */
export const STOP_SLACK = 0.01;

/** @param params what gives the order its client id */
export function placeOrder(
  exchange: Exchange,
  { symbol, side, price, size, type }: ApprovedOrder,
  params: Readonly<Record<string, string>>,
): Promise<CcxtOrder> {
  // ccxt adds to the parameters that it is given.
  const own = { ...params };
  if (size.unit === 'quote') {
    if (price === null) return exchange.createMarketBuyOrderWithCost(symbol, size.cost, own);
    return exchange.createOrder(symbol, 'limit', side, size.cost / price, price, own);
  }
  const { amount } = size;
  if (price === null) return exchange.createOrder(symbol, 'market', side, amount, undefined, own);
  if (type === 'take-profit') {
    return exchange.createOrder(symbol, 'limit', side, amount, price, own);
  }
  const limit = price * (1 - STOP_SLACK);
  return exchange.createOrder(symbol, 'limit', side, amount, limit, {
    ...own,
    stopLossPrice: price,
  });
}

export function pairRequest(
  exchange: Exchange,
  stop: ApprovedOrder,
  target: ApprovedOrder,
): PairRequest {
  if (stop.size.unit !== 'base' || stop.price === null || target.price === null) {
    throw new Error('A pair is a stop and a target over one amount.');
  }
  const { symbol } = stop;
  const at = (price: number): string => String(exchange.priceToPrecision(symbol, price));
  return {
    marketId: String(exchange.market(symbol).id),
    amount: String(exchange.amountToPrecision(symbol, stop.size.amount)),
    stopId: stop.id,
    stopPrice: at(stop.price),
    stopLimit: at(stop.price * (1 - STOP_SLACK)),
    targetId: target.id,
    targetPrice: at(target.price),
  };
}
