/** What the matching engine itself refuses, whatever the filters said. */

import type { Account } from '../account.ts';
import { larger, times, type Units } from '../decimal.ts';
import type { Market } from '../market/market.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import { isStop, triggersAt, type OrderDraft } from './order.ts';
import { needOf, withFee, type Need } from './settlement.ts';
import type { Fees } from './fees.ts';
import type { OrderStore } from './order-store.ts';

export interface AdmissionParts {
  readonly account: Account;
  readonly store: OrderStore;
  readonly market: Market;
  readonly fees: Fees;
}

export function admissionRefusal(parts: AdmissionParts, draft: OrderDraft): Refusal | undefined {
  const { account, market, fees } = parts;
  if (isTaken(parts, draft)) return REFUSALS.duplicateOrder;
  if (draft.type === 'LIMIT_MAKER' && crosses(market, draft)) return REFUSALS.wouldMatch;
  if (isStop(draft) && triggersAt(draft, market.last())) return REFUSALS.wouldTrigger;
  return isCovered(account, entryNeed(market, draft, fees))
    ? undefined
    : REFUSALS.insufficientBalance;
}

/** For a pair in which `limit` is the order without a trigger. */
export function pairRefusal(
  parts: AdmissionParts,
  limit: OrderDraft,
  stop: OrderDraft,
): Refusal | undefined {
  const { account, market, fees } = parts;
  const { rules } = market;
  if ([limit, stop].some((draft) => isTaken(parts, draft))) return REFUSALS.duplicateOrder;
  if (limit.clientOrderId === stop.clientOrderId) return REFUSALS.duplicateOrder;
  const isRelated =
    limit.side === 'SELL'
      ? limit.price > market.last() && market.last() > stop.stopPrice
      : limit.price < market.last() && market.last() < stop.stopPrice;
  if (!isRelated) return REFUSALS.pricesUnrelated;
  if (crosses(market, limit)) return REFUSALS.wouldMatch;
  const { asset, amount } = needOf(rules, limit, 0n, fees);
  const need = { asset, amount: larger(amount, needOf(rules, stop, 0n, fees).amount) };
  return isCovered(account, need) ? undefined : REFUSALS.insufficientBalance;
}

/** An id may be used again only after the earlier order with it is filled. */
function isTaken({ store }: AdmissionParts, { symbol, clientOrderId }: OrderDraft): boolean {
  const earlier = store.byClientId(symbol, clientOrderId);
  return earlier !== undefined && earlier.status !== 'FILLED';
}

function crosses(market: Market, { side, price }: OrderDraft): boolean {
  return market.depth().reach(side, price, 1n).length > 0;
}

/** A market buy is paid at the prices that it will meet. */
function entryNeed(market: Market, draft: OrderDraft, fees: Fees): Need {
  if (draft.type !== 'MARKET' || draft.side === 'SELL')
    return needOf(market.rules, draft, 0n, fees);
  const levels = market.depth().reach('BUY', undefined, draft.quantity);
  const cost = levels.reduce<Units>((sum, level) => sum + times(level.price, level.quantity), 0n);
  return { asset: market.rules.quote, amount: withFee(cost, 'quote', fees) };
}

function isCovered(account: Account, { asset, amount }: Need): boolean {
  return account.free(asset) >= amount;
}
