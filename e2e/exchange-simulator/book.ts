/** What anyone sees of a pair's orders: the depth around its price, with the account's own orders in it. */

import { formatUnits, type Units } from './decimal.ts';
import type { Exchange } from './exchange.ts';
import type { Level } from './market/depth.ts';
import type { Market } from './market/market.ts';
import type { Side } from './matching/order.ts';

export interface Book {
  /** Best first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

export function bookOf(exchange: Exchange, market: Market): Book {
  const own = exchange.store.open(market.rules.name).filter(({ working }) => working);
  const side = (name: Side, others: readonly Level[]): readonly Level[] => {
    const quantities = new Map<Units, Units>();
    const add = (price: Units, quantity: Units): void => {
      quantities.set(price, (quantities.get(price) ?? 0n) + quantity);
    };
    for (const { price, quantity } of others) add(price, quantity);
    for (const order of own) {
      if (order.side === name) add(order.price, order.quantity - order.filled);
    }
    const levels = [...quantities].map(([price, quantity]) => ({ price, quantity }));
    const ascending = levels.sort((a, b) => (a.price < b.price ? -1 : 1));
    return name === 'SELL' ? ascending : ascending.toReversed();
  };
  return { bids: side('BUY', market.depth().bids()), asks: side('SELL', market.depth().asks()) };
}

export function levelView({ price, quantity }: Level): readonly [string, string] {
  return [formatUnits(price), formatUnits(quantity)];
}
