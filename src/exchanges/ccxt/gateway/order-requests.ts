/** Our orders as ccxt takes them: limits all of them, those at the market too, with numbers that are on the pair's steps. */

import type { Exchange, Order as CcxtOrder } from 'ccxt';
import type { Side } from '../../../core/domain/order.ts';
import type { ApprovedOrder } from '../../../core/risk/approved-order.ts';
import { stepsOf } from './numbers/pair-steps.ts';
import { wireAmount, wireAmountFor, wirePrice, type Steps } from './numbers/wire-numbers.ts';
import type { PairRequest } from './venue-row.ts';

/** A stop sells at its trigger or up to this fraction below it: spot exchanges keep stops as limit orders. */
export const STOP_SLACK = 0.01;

/** A limit order in plain decimals. */
export interface OrderRequest {
  readonly symbol: string;
  readonly side: Side;
  readonly amount: string;
  readonly price: string;
  /** What triggers it; `null` for an order that is in the book at once. */
  readonly stop: string | null;
  /** What does not trade at once ends. */
  readonly isImmediate: boolean;
}

/**
 * An order at the market is a limit at its bound that trades at once or not at all: a price that jumps between the decision
 * and the exchange costs no more than was decided.
 * @throws TooSmall for less than a step
 */
export function orderRequest(steps: Steps, order: ApprovedOrder): OrderRequest {
  const { symbol, side } = order;
  const isImmediate = order.type === 'market';
  const asked = order.price ?? order.bound;
  if (asked === null) throw new Error('An order at the market goes out with a bound.');
  if (order.purpose === 'entry') {
    const price = wirePrice(steps, asked, 'buy-limit');
    const amount = wireAmountFor(steps, order.size.cost, price);
    return { symbol, side, amount, price, stop: null, isImmediate };
  }
  const amount = wireAmount(steps, order.size.amount);
  if (order.type !== 'stop-loss') {
    const price = wirePrice(steps, asked, 'sell-limit');
    return { symbol, side, amount, price, stop: null, isImmediate };
  }
  const stop = wirePrice(steps, asked, 'stop');
  return { symbol, side, amount, price: stopLimit(steps, asked), stop, isImmediate };
}

function stopLimit(steps: Steps, stop: number): string {
  return wirePrice(steps, stop * (1 - STOP_SLACK), 'stop-limit');
}

/** @param params what gives the order its client id @throws what ccxt throws */
export function placeOrder(
  exchange: Exchange,
  request: OrderRequest,
  params: Readonly<Record<string, string>>,
): Promise<CcxtOrder> {
  const { symbol, side, amount, price, stop, isImmediate } = request;
  mustStayAsTheyAre(exchange, request);
  return exchange.createOrder(symbol, 'limit', side, Number(amount), Number(price), {
    ...params,
    ...(isImmediate && { timeInForce: 'IOC' }),
    // In text: of a small number ccxt would make an exponent, which it then does not understand.
    ...(stop !== null && { stopLossPrice: stop }),
  });
}

/** ccxt rounds by rules of its own: it must find nothing to round. */
function mustStayAsTheyAre(exchange: Exchange, request: OrderRequest): void {
  const { symbol, amount, price, stop } = request;
  const sent = [
    exchange.amountToPrecision(symbol, Number(amount)),
    exchange.priceToPrecision(symbol, Number(price)),
    ...(stop === null ? [] : [exchange.priceToPrecision(symbol, Number(stop))]),
  ];
  const meant = [amount, price, ...(stop === null ? [] : [stop])];
  if (sent.some((text, index) => text !== meant[index])) {
    throw new Error(`${meant.join(', ')} would be sent as ${sent.join(', ')}.`);
  }
}

export function pairRequest(
  exchange: Exchange,
  stop: ApprovedOrder,
  target: ApprovedOrder,
): PairRequest {
  if (stop.size.unit !== 'base' || stop.price === null || target.price === null) {
    throw new Error('A pair is a stop and a target over one amount.');
  }
  const market = exchange.market(stop.symbol);
  const steps = stepsOf(market);
  return {
    marketId: String(market.id),
    amount: wireAmount(steps, stop.size.amount),
    stopId: stop.id,
    stopPrice: wirePrice(steps, stop.price, 'stop'),
    stopLimit: stopLimit(steps, stop.price),
    targetId: target.id,
    targetPrice: wirePrice(steps, target.price, 'sell-limit'),
  };
}
