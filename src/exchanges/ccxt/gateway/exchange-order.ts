/** Orders and fills as the exchange shows them, in our terms. */

import type { Order as CcxtOrder, Trade as CcxtTrade } from 'ccxt';
import type { Fill } from '../../../core/domain/fill.ts';
import type { ExchangeOrder } from '../../../core/ports/exchange.ts';

const STATES: Readonly<Record<string, ExchangeOrder['state']>> = {
  open: 'open',
  closed: 'filled',
  canceled: 'cancelled',
  canceling: 'open',
  expired: 'expired',
  rejected: 'rejected',
};

/** @param trades all of this order, oldest first @throws Error for a state that nobody knows */
export function exchangeOrder(
  orderId: string | null,
  shown: CcxtOrder,
  trades: readonly CcxtTrade[],
): ExchangeOrder {
  const state = STATES[shown.status ?? ''];
  const { symbol } = shown;
  if (state === undefined || symbol === undefined)
    throw new Error(`The exchange shows an order as "${shown.status}".`);
  const fills = trades.map((trade, index) =>
    fillOf(orderId ?? '', trade, state === 'filled' && index === trades.length - 1),
  );
  return { orderId, exchangeId: shown.id ?? null, symbol, state, fills };
}

function fillOf(orderId: string, trade: CcxtTrade, complete: boolean): Fill {
  const { id, timestamp, amount, price, cost, side, takerOrMaker, fee, symbol } = trade;
  const [, quote = ''] = (symbol ?? '').split('/');
  if (id === undefined || amount === undefined || price === undefined) {
    throw new Error(`The exchange shows a fill of ${orderId} without an id, an amount or a price.`);
  }
  return {
    id,
    orderId,
    side: side === 'sell' ? 'sell' : 'buy',
    time: timestamp ?? 0,
    amount,
    price,
    cost: cost ?? amount * price,
    fee: { currency: fee?.currency ?? quote, amount: fee?.cost ?? 0 },
    liquidity: takerOrMaker === 'maker' ? 'maker' : 'taker',
    // The books know why they sold.
    reason: null,
    complete,
  };
}
