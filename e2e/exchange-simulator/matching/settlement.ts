/** What trades and open orders do to the account: who pays what, what is held back, and the exchange's commission. */

import type { Account } from '../account.ts';
import { floorTo, larger, ONE, times, type Units } from '../decimal.ts';
import type { SymbolRules } from '../symbols.ts';
import type { Level } from '../market/depth.ts';
import { isOpen, type Fill, type Order, type OrderDraft } from './order.ts';

/** What an order needs that is not filled yet. */
export interface Need {
  readonly asset: string;
  readonly amount: Units;
}

/** @param filled - In the base currency. */
export function needOf(rules: SymbolRules, draft: OrderDraft, filled: Units): Need {
  const left = draft.quantity - filled;
  return draft.side === 'SELL'
    ? { asset: rules.base, amount: left }
    : { asset: rules.quote, amount: times(draft.price, left) };
}

/** Orders of a list hold back what the dearer of them needs, once. */
export function holdFor(account: Account, rules: SymbolRules, orders: readonly Order[]): void {
  const [first] = orders;
  if (first === undefined) return;
  const name = first.listId === -1 ? `order ${first.orderId}` : `list ${first.listId}`;
  const { asset } = needOf(rules, first, 0n);
  const amounts = orders.filter(isOpen).map((order) => needOf(rules, order, order.filled).amount);
  account.hold(name, asset, amounts.reduce(larger, 0n));
}

/** Books a trade: the commission comes out of what is received. */
export function settle(account: Account, rules: SymbolRules, fill: Fill): void {
  const { side, quantity, quote } = fill;
  account.change(rules.base, side === 'BUY' ? quantity : -quantity);
  account.change(rules.quote, side === 'BUY' ? -quote : quote);
  account.change(fill.commissionAsset, -fill.commission);
}

/** @param rate - As a fraction in units: 100,000 is 0.1 %. */
export function commissionOf(
  rules: SymbolRules,
  side: Order['side'],
  trade: { readonly quantity: Units; readonly quote: Units },
  rate: Units,
): { readonly commission: Units; readonly commissionAsset: string } {
  return side === 'BUY'
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
