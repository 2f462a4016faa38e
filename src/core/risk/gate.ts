/** The risk gate: turns what a strategy wants into an approved order or a denial with its reason. */

import type { Instrument } from '../domain/instrument.ts';
import type { EntryOrder, ExitOrder } from '../domain/order.ts';
import { approve, passWithoutLimits } from './approve.ts';
import type { GatedOrder } from './approved-order.ts';
import { deny, denyFunds } from './deny.ts';
import { exceedsFunds, limitSize } from './entry-size.ts';
import { isBelow } from './exposure.ts';
import type { Adjustment, GateAnswer } from './gate-answer.ts';
import type { AccountView, RiskPolicy } from './policy.ts';
import { refuse } from './refusals.ts';
import { entryBound } from './worst-fills.ts';

/** In quote. Less than this is no money any more: an account that has lost everything to fees ends here, not at 1e-320. */
const SMALLEST_COST = 1e-9;

const NO_ADJUSTMENTS: readonly Adjustment[] = [];

/** Exits only reduce risk: no limit may lock anyone into a position. */
export function passExit(order: ExitOrder, policy: RiskPolicy): GatedOrder {
  return policy.kind === 'none' ? passWithoutLimits(order) : approve(order);
}

/** Judges an entry. The order's size is what is asked; the answer's order has what is allowed. */
export function judgeEntry(
  order: EntryOrder,
  instrument: Instrument,
  policy: RiskPolicy,
  account: AccountView,
): GateAnswer {
  const { stop } = order.protection;
  if (stop !== null && !isBelow(lowestPrice(order, account), stop)) {
    return deny(order, account, 'STOP_NOT_BELOW_PRICE', 'The stop is not below the entry price.');
  }
  if (!(order.size.cost >= SMALLEST_COST)) return denyFunds(order, account);
  if (policy.kind === 'none') return judgeFundsOnly(order, account);
  const refusal = refuse(order, policy, account);
  return (
    refusal ?? limitSize(bounded(order, instrument, account), instrument, policy.limits, account)
  );
}

/** A stop must lie below the market too, and not only below a price that the market has left. */
function lowestPrice({ price }: EntryOrder, { price: decided, market }: AccountView): number {
  if (price !== null) return price;
  return market.kind === 'quote' ? Math.min(decided, market.ask) : decided;
}

/** A market entry carries the worst price that it may pay: everything after this counts with that one. */
function bounded(
  order: EntryOrder,
  { priceStep }: Instrument,
  { market }: AccountView,
): EntryOrder {
  if (order.type !== 'market' || market.kind !== 'quote') return order;
  return { ...order, bound: entryBound(market.ask, priceStep) };
}

function judgeFundsOnly(order: EntryOrder, account: AccountView): GateAnswer {
  if (exceedsFunds(order.size.cost, account)) return denyFunds(order, account);
  return {
    kind: 'approved',
    order: passWithoutLimits(order),
    askedCost: order.size.cost,
    adjustments: NO_ADJUSTMENTS,
  };
}
