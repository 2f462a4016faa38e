/** Orders and fills as the exchange shows them, in our terms. */

import { ExchangeNotAvailable, type Trade as CcxtTrade } from 'ccxt';
import type { Fill } from '../../../core/domain/fill.ts';
import type { ExchangeOrder } from '../../../core/ports/exchange.ts';
import type { FoundOrder } from './venue-row.ts';

const STATES: Readonly<Record<string, ExchangeOrder['state']>> = {
  open: 'open',
  closed: 'filled',
  canceled: 'cancelled',
  canceling: 'open',
  expired: 'expired',
  rejected: 'rejected',
  // Coinbase's own words, which ccxt passes on.
  PENDING: 'open',
  QUEUED: 'open',
  CANCEL_QUEUED: 'open',
  EDIT_QUEUED: 'open',
};

/** Relative: below it two amounts are the same one, summed differently or reckoned from what was paid. */
const SAME_AMOUNT = 1e-6;

/** @throws Error for a state that nobody knows, ExchangeNotAvailable where its trades are not all shown yet */
export function exchangeOrder(orderId: string | null, found: FoundOrder): ExchangeOrder {
  const { order } = found;
  const state = STATES[order.status ?? ''];
  const { symbol } = order;
  if (state === undefined || symbol === undefined)
    throw new Error(`The exchange shows an order as "${order.status}".`);
  const trades = found.trades.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
  // An order that has ended is not asked for again: what it traded must all be here.
  if (state !== 'open' && tradedIn(trades) < (order.filled ?? 0) * (1 - SAME_AMOUNT)) {
    throw new ExchangeNotAvailable(`Not all trades of ${orderId} are shown yet.`);
  }
  const fills = trades.map((trade, index) =>
    fillOf(orderId ?? '', trade, state === 'filled' && index === trades.length - 1),
  );
  const { side } = order;
  return {
    orderId,
    exchangeId: order.id ?? null,
    symbol,
    ...((side === 'buy' || side === 'sell') && { side }),
    state,
    fills,
  };
}

function tradedIn(trades: readonly CcxtTrade[]): number {
  return trades.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
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
