/** Which guards are wanted at the exchange for a plan: as many of its levels as can rest there. */

import type { Instrument } from '../domain/instrument.ts';
import type { ExitReason } from '../domain/order.ts';
import type { RestingExits } from './desk.ts';
import type { ExitPlan } from './exit-plan.ts';
import { isTooLittle } from './too-little.ts';

/** What is to rest: both levels over the same coins. */
export interface GuardSpec {
  /** In base. */
  readonly amount: number;
  /** In quote; `null` where none rests. */
  readonly stop: number | null;
  readonly stopReason: Extract<ExitReason, 'stop-loss' | 'trailing-stop'>;
  readonly target: number | null;
}

/** @param amount what the exchange takes of the position, in base */
export function wantedGuards(
  plan: ExitPlan,
  amount: number,
  instrument: Instrument,
  restingExits: RestingExits,
): GuardSpec {
  // The first part of an entry may be too little to guard: it is watched until more has come.
  const level = plan.stop ?? plan.target ?? 0;
  const rests = restingExits !== 'none' && !isTooLittle(amount, level, instrument);
  // Without pairs the coins can be promised to one order only, and the stop comes first.
  const targetRests = rests && (restingExits === 'pair' || plan.stop === null);
  return {
    amount,
    stop: rests ? plan.stop : null,
    stopReason: plan.stopReason,
    target: targetRests ? plan.target : null,
  };
}
