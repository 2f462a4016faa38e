/** Denials in words. */

import type { DenialCode } from '../domain/denial.ts';
import type { EntryOrder } from '../domain/order.ts';
import type { GateAnswer } from './gate-answer.ts';
import type { AccountView } from './policy.ts';

export function deny(
  order: EntryOrder,
  account: AccountView,
  code: DenialCode,
  sentence: string,
): GateAnswer {
  const { side, size } = order;
  return {
    kind: 'denied',
    denial: { time: account.time, side, code, sentence, askedCost: size.cost },
  };
}

export function denyFunds(order: EntryOrder, account: AccountView): GateAnswer {
  return deny(
    order,
    account,
    'INSUFFICIENT_FUNDS',
    `The order needs ${order.size.cost.toFixed(2)} and its fee, but only ${account.cash.toFixed(2)} is free.`,
  );
}

export function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(4))} %`;
}
