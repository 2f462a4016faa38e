/** What the gate would make of an entry by hand, before it is asked for. */

import type { Denial } from '../domain/denial.ts';
import { lossPerCost, stopRatio } from '../risk/exposure.ts';
import type { Adjustment, GateAnswer } from '../risk/gate-answer.ts';
import type { AccountView } from '../risk/policy.ts';
import { worstEntry } from '../risk/worst-fills.ts';

export type EntryPreview =
  | {
      readonly kind: 'approved';
      /** What would be spent, in quote. */
      readonly cost: number;
      /** The limit, or the last price. */
      readonly price: number;
      /** The most that is paid: the limit, or the bound of a market entry. */
      readonly worstPrice: number;
      /** Of each fill, a fraction, as reckoned with. */
      readonly feeRate: number;
      /** Where the stop would be if the entry filled at that price; `null` for none. */
      readonly stop: number | null;
      /** All that can be lost down to the stop at its worst fill, fees included, in quote; `null` without a stop. */
      readonly maxLoss: number | null;
      readonly adjustments: readonly Adjustment[];
    }
  | { readonly kind: 'denied'; readonly denial: Denial };

export interface PreviewView {
  readonly wish: { readonly price: number; readonly limit: number | null };
  readonly view: AccountView;
  readonly priceStep: number | null;
}

export function approvedPreview(
  { order, adjustments }: Extract<GateAnswer, { readonly kind: 'approved' }>,
  { wish, view, priceStep }: PreviewView,
): EntryPreview {
  if (order.purpose !== 'entry') throw new Error('The gate has answered with another order.');
  const price = wish.limit ?? wish.price;
  const worstPrice = worstEntry(wish.limit, view, priceStep);
  const { cost } = order.size;
  const { feeRate } = view;
  const { stop } = order.protection;
  return {
    kind: 'approved',
    cost,
    price,
    worstPrice,
    feeRate,
    stop: stop === null ? null : price * stopRatio(price, stop),
    maxLoss:
      stop === null ? null : cost * lossPerCost({ price: worstPrice, stop, feeRate, priceStep }),
    adjustments,
  };
}
