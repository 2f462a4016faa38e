/** What trades and open orders do to the account: who pays what, what is held back, and the exchange's commission. */

import type { Account } from '../account.ts';
import { floorTo, larger, ONE, times, type Units } from '../decimal.ts';
import type { SymbolRules } from '../symbols.ts';
import type { Level } from '../market/depth.ts';
import type { Fees } from './fees.ts';
import { isOpen, type Fill, type Order, type OrderDraft } from './order.ts';

/** What an order needs that is not filled yet. */
export interface Need {
  readonly asset: string;
  readonly amount: Units;
}

/** @param filled - In the base currency. */
export function needOf(rules: SymbolRules, draft: OrderDraft, filled: Units, fees: Fees): Need {
  const left = draft.quantity - filled;
  return draft.side === 'SELL'
    ? { asset: rules.base, amount: withFee(left, 'base', fees) }
    : { asset: rules.quote, amount: withFee(times(draft.price, left), 'quote', fees) };
}

/** What giving this much takes at most: a taker's fee is never below a maker's. */
export function withFee(given: Units, coin: 'base' | 'quote', fees: Fees): Units {
  return fees.paidIn === coin ? given + times(given, fees.taker) : given;
}

/** Orders of a list hold back what the dearer of them needs, once. */
export function holdFor(account: Account, rules: SymbolRules, orders: readonly Order[]): void {
  const [first] = orders;
  if (first === undefined) return;
  const name = first.listId === -1 ? `order ${first.orderId}` : `list ${first.listId}`;
  const { asset } = needOf(rules, first, 0n, first.fees);
  const amounts = orders
    .filter(isOpen)
    .map((order) => needOf(rules, order, order.filled, order.fees).amount);
  account.hold(name, asset, amounts.reduce(larger, 0n));
}

/** Books a trade and its commission. */
export function settle(account: Account, rules: SymbolRules, fill: Fill): void {
  const { side, quantity, quote } = fill;
  account.change(rules.base, side === 'BUY' ? quantity : -quantity);
  account.change(rules.quote, side === 'BUY' ? -quote : quote);
  account.change(fill.commissionAsset, -fill.commission);
}

export interface Commission {
  readonly commission: Units;
  readonly commissionAsset: string;
}

/** @param worthIn - How much of a third coin an amount of quote is; `undefined` where it has no price or there is too little. */
export function commissionOf(
  rules: SymbolRules,
  trade: Pick<Fill, 'side' | 'quantity' | 'quote' | 'isMaker'>,
  { maker, taker, paidIn }: Fees,
  worthIn: (asset: string, quote: Units) => Units | undefined,
): Commission {
  const rate = trade.isMaker ? maker : taker;
  if (typeof paidIn === 'object') {
    const commission = worthIn(paidIn.asset, times(trade.quote, rate));
    if (commission !== undefined) return { commission, commissionAsset: paidIn.asset };
  }
  const isInBase = paidIn === 'base' || (paidIn !== 'quote' && trade.side === 'BUY');
  return isInBase
    ? { commission: times(trade.quantity, rate), commissionAsset: rules.base }
    : { commission: times(trade.quote, rate), commissionAsset: rules.quote };
}

/** How much of the levels an amount in the quote currency reaches, in whole steps. */
export function quantityFor(quote: Units, levels: readonly Level[], step: Units): Units {
  let left = quote;
  let quantity = 0n;
  for (const level of levels) {
    const affordable = (left * ONE) / level.price;
    if (affordable < level.quantity) return floorTo(quantity + affordable, step);
    quantity += level.quantity;
    left -= times(level.price, level.quantity);
  }
  return quantity;
}
