/** The other traders' orders: levels around the market's price, used up by trades until the price moves again. */

import { floorTo, larger, smaller, units, type Units } from '../decimal.ts';
import type { Side } from '../matching/order.ts';
import type { SymbolRules } from '../symbols.ts';

export interface Level {
  readonly price: Units;
  readonly quantity: Units;
}

export interface Depth {
  /** Best first. */
  readonly bids: () => readonly Level[];
  readonly asks: () => readonly Level[];
  /** What an order on this side can trade with: within `limit` where there is one, and up to `most`. */
  readonly reach: (side: Side, limit: Units | undefined, most: Units) => readonly Level[];
  /** As `reach`, and takes it away. */
  readonly take: (side: Side, limit: Units | undefined, most: Units) => readonly Level[];
}

const LEVELS = 20;
/** Between two levels, as a fraction of the price: one basis point. */
const GAP_DIVISOR = 10_000n;
/** Value of the best level in the quote currency; each further one is half as much larger. */
const BEST_VALUE = units('5000');

export function createDepth(rules: SymbolRules, price: Units): Depth {
  const { tick, step } = rules;
  const gap = larger(tick, floorTo(price / GAP_DIVISOR, tick));
  const at = (index: number, direction: 1n | -1n): Level => {
    const away = tick + gap * BigInt(index);
    const levelPrice = larger(tick, price + direction * away);
    const value = (BEST_VALUE * BigInt(index + 2)) / 2n;
    return {
      price: levelPrice,
      quantity: larger(step, floorTo((value * units('1')) / levelPrice, step)),
    };
  };
  const ladder = (direction: 1n | -1n): Level[] => {
    const levels = Array.from({ length: LEVELS }, (_, index) => at(index, direction));
    // A price near zero has no room for twenty levels below it.
    return levels.filter((level, index) => level.price !== levels[index - 1]?.price);
  };
  let bids: readonly Level[] = ladder(-1n);
  let asks: readonly Level[] = ladder(1n);

  const reach: Depth['reach'] = (side, limit, most) => {
    const reached: Level[] = [];
    let left = most;
    for (const level of side === 'BUY' ? asks : bids) {
      if (left === 0n || (limit !== undefined && !isWithin(side, level.price, limit))) break;
      const quantity = smaller(left, level.quantity);
      reached.push({ price: level.price, quantity });
      left -= quantity;
    }
    return reached;
  };

  return {
    bids: () => bids,
    asks: () => asks,
    reach,
    take: (side, limit, most) => {
      const taken = reach(side, limit, most);
      if (side === 'BUY') asks = without(asks, taken);
      else bids = without(bids, taken);
      return taken;
    },
  };
}

function isWithin(side: Side, price: Units, limit: Units): boolean {
  return side === 'BUY' ? price <= limit : price >= limit;
}

function without(levels: readonly Level[], taken: readonly Level[]): readonly Level[] {
  return levels.flatMap((level, index) => {
    const quantity = level.quantity - (taken[index]?.quantity ?? 0n);
    return quantity > 0n ? [{ price: level.price, quantity }] : [];
  });
}
