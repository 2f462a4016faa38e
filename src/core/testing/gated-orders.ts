/** Orders that went through the gate without limits, for tests of what becomes of orders. */

import { NO_PROTECTION, type EntryOrder, type ExitOrder } from '../domain/order.ts';
import type { GatedOrder } from '../risk/approved-order.ts';
import { judgeEntry, passExit } from '../risk/gate.ts';
import { WELL } from './account-view.ts';

const NO_LIMITS = { kind: 'none' } as const;

/** A market entry of 20 USDT with money enough. */
export function gatedBuy(id: string, bound: number | null = null): GatedOrder {
  const order: EntryOrder = {
    purpose: 'entry',
    id,
    symbol: 'BTC/USDT',
    side: 'buy',
    type: 'market',
    size: { unit: 'quote', cost: 20 },
    price: null,
    bound,
    protection: NO_PROTECTION,
  };
  const instrument = {
    symbol: 'BTC/USDT',
    base: 'BTC',
    quote: 'USDT',
    amountStep: null,
    minAmount: null,
    priceStep: null,
    minCost: null,
  };
  const answer = judgeEntry(order, instrument, NO_LIMITS, WELL);
  if (answer.kind === 'denied') throw new Error(answer.denial.sentence);
  return answer.order;
}

/** A market sale of `amount`, in base. */
export function gatedSell(id: string, amount: number): GatedOrder {
  const order: ExitOrder = {
    purpose: 'exit',
    id,
    symbol: 'BTC/USDT',
    side: 'sell',
    type: 'market',
    size: { unit: 'base', amount },
    price: null,
    bound: 90,
    reason: 'signal',
  };
  return passExit(order, NO_LIMITS);
}
