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

/** What trades cost, as fractions in units: 100,000 is 0.1 %. */
export interface Fees {
  readonly maker: Units;
  readonly taker: Units;
  /** Out of what is received, or in the quote currency on either side: a buy then costs more than its price. */
  readonly paidIn: 'received' | 'quote';
}

/** @param filled - In the base currency. */
export function needOf(rules: SymbolRules, draft: OrderDraft, filled: Units, fees: Fees): Need {
  const left = draft.quantity - filled;
  return draft.side === 'SELL'
    ? { asset: rules.base, amount: left }
    : { asset: rules.quote, amount: withFee(times(draft.price, left), fees) };
}

/** What a buy of this cost takes at most: a taker's fee is never below a maker's. */
export function withFee(cost: Units, fees: Fees): Units {
  return fees.paidIn === 'quote' ? cost + times(cost, fees.taker) : cost;
}

/** Orders of a list hold back what the dearer of them needs, once. */
export function holdFor(
  account: Account,
  rules: SymbolRules,
  orders: readonly Order[],
  fees: Fees,
): void {
  const [first] = orders;
  if (first === undefined) return;
  const name = first.listId === -1 ? `order ${first.orderId}` : `list ${first.listId}`;
  const { asset } = needOf(rules, first, 0n, fees);
  const amounts = orders
    .filter(isOpen)
    .map((order) => needOf(rules, order, order.filled, fees).amount);
  account.hold(name, asset, amounts.reduce(larger, 0n));
}

/** Books a trade and its commission. */
export function settle(account: Account, rules: SymbolRules, fill: Fill): void {
  const { side, quantity, quote } = fill;
  account.change(rules.base, side === 'BUY' ? quantity : -quantity);
  account.change(rules.quote, side === 'BUY' ? -quote : quote);
  account.change(fill.commissionAsset, -fill.commission);
}

export function commissionOf(
  rules: SymbolRules,
  trade: Pick<Fill, 'side' | 'quantity' | 'quote' | 'isMaker'>,
  fees: Fees,
): { readonly commission: Units; readonly commissionAsset: string } {
  const rate = trade.isMaker ? fees.maker : fees.taker;
  return trade.side === 'BUY' && fees.paidIn === 'received'
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
