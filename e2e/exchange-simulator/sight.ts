/** What look-ups can see: an exchange that answers from copies of its books shows orders and trades late, or not at all. */

import { z } from 'zod';
import type { Balance } from './account.ts';
import type { Exchange } from './exchange.ts';
import type { Fill, Order } from './matching/order.ts';

export const sightFaultSchema = z.discriminatedUnion('kind', [
  /**
   * For so long from now on: look-ups find no orders (their answer is "not found"), no trades, or the balances of now.
   * Whatever is placed, traded or cancelled meanwhile takes effect all the same.
   */
  z.strictObject({
    kind: z.literal('unseen'),
    what: z.enum(['orders', 'trades', 'balances']),
    ms: z.int().positive(),
  }),
  /** Until it is called off: each order or trade is seen only so long after it came to be. */
  z.strictObject({
    kind: z.literal('late'),
    what: z.enum(['orders', 'trades']),
    ms: z.int().nonnegative(),
  }),
]);

export type SightFault = z.output<typeof sightFaultSchema>;

export function isSightFault(fault: { readonly kind: string }): fault is SightFault {
  return fault.kind === 'unseen' || fault.kind === 'late';
}

export interface Sight {
  readonly order: (order: Order) => boolean;
  readonly fill: (fill: Fill) => boolean;
  readonly balances: () => readonly Balance[];
  readonly add: (fault: SightFault) => void;
  readonly clear: () => void;
}

export function createSight({ now, account }: Pick<Exchange, 'now' | 'account'>): Sight {
  const unseenUntil = { orders: 0, trades: 0, balances: 0 };
  const lateMs = { orders: 0, trades: 0 };
  let frozen: readonly Balance[] = [];
  const isSeen = (what: 'orders' | 'trades', since: number): boolean =>
    now() >= unseenUntil[what] && now() >= since + lateMs[what];
  return {
    order: ({ createdAt }) => isSeen('orders', createdAt),
    fill: ({ time }) => isSeen('trades', time),
    balances: () => (now() < unseenUntil.balances ? frozen : account.balances()),
    add: (input) => {
      const fault = sightFaultSchema.parse(input);
      if (fault.kind === 'late') lateMs[fault.what] = fault.ms;
      else {
        unseenUntil[fault.what] = now() + fault.ms;
        if (fault.what === 'balances') frozen = account.balances();
      }
    },
    clear: () => {
      Object.assign(unseenUntil, { orders: 0, trades: 0, balances: 0 });
      Object.assign(lateMs, { orders: 0, trades: 0 });
    },
  };
}
