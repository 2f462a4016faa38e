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
  if (stop !== null && !isBelow(order.price ?? account.price, stop)) {
    return deny(order, account, 'STOP_NOT_BELOW_PRICE', 'The stop is not below the entry price.');
  }
  if (!(order.size.cost >= SMALLEST_COST)) return denyFunds(order, account);
  if (policy.kind === 'none') return judgeFundsOnly(order, account);
  return refuse(order, policy, account) ?? limitSize(order, instrument, policy.limits, account);
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
