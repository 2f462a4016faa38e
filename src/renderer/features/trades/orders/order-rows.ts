/** The rows of the list of orders, and how they are told apart. */

import type { OrderLine } from '../../../../contract/trading.ts';
import { botNameIn, type Books } from '../books.ts';

export interface OrderRow {
  readonly order: OrderLine;
  readonly bot: string;
  readonly botId: string;
  readonly symbol: string;
  /** When it was decided, ms UTC. */
  readonly time: number;
}

export function orderRows(books: Books, orders: readonly OrderLine[]): readonly OrderRow[] {
  return orders.map((order) => ({
    order,
    bot: botNameIn(books, order.botId),
    botId: order.botId,
    symbol: order.symbol,
    time: order.createdAt,
  }));
}

export const FATES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'filled', label: 'Filled' },
  { value: 'unfilled', label: 'Not filled' },
] as const;

export type Fate = (typeof FATES)[number]['value'];

const FATE_OF = {
  submitting: 'open',
  unknown: 'open',
  accepted: 'open',
  'partially-filled': 'open',
  filled: 'filled',
  cancelled: 'unfilled',
  expired: 'unfilled',
  rejected: 'unfilled',
} as const satisfies Record<OrderLine['state'], Fate>;

/** An order that was withdrawn after a part of it had traded counts as filled: something was bought or sold. */
export function hasFate({ state, filledAmount }: OrderLine, fate: Fate): boolean {
  if (fate === 'all') return true;
  const own = FATE_OF[state];
  return fate === (own === 'unfilled' && filledAmount > 0 ? 'filled' : own);
}

/** In quote; `null` where nothing traded. */
export function averagePrice({ filledAmount, filledCost }: OrderLine): number | null {
  return filledAmount > 0 ? filledCost / filledAmount : null;
}

/** The orders that made a trade: its entry, its exits and what guarded it. @returns oldest first */
export function ordersOfTrade(
  orders: readonly OrderLine[],
  trade: {
    readonly botId: string;
    readonly entryTime: number;
    readonly exitTime: number | null;
  },
): readonly OrderLine[] {
  const end = trade.exitTime ?? Infinity;
  return orders
    .filter(
      ({ botId, createdAt, updatedAt }) =>
        botId === trade.botId && createdAt <= end && updatedAt >= trade.entryTime,
    )
    .toSorted((one, other) => one.createdAt - other.createdAt);
}
