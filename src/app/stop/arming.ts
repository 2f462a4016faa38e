/** Whether a stop may be ended by hand: not in silence while something of it is still to do. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { StopLatch } from './stop-latch.ts';
import type { StopSide } from './stop-order.ts';
import type { StopReport } from './stop-report.ts';

export interface Arming {
  readonly stops: StopLatch;
  /** `null` while no stop is in force. */
  readonly report: StopReport | null;
}

/**
 * Ends the stop for these sides.
 * @param anyway also where it was not carried out
 * @returns why it is still in force, or `null`
 */
export function mayArm(
  { stops, report }: Arming,
  sides: readonly StopSide[],
  anyway: boolean,
): ContractResult<never> | null {
  if (report === null) return null;
  const open = report.places.filter(
    ({ account, state }) => sides.includes(account) && state === 'not-yet',
  );
  if (!anyway && (open.length > 0 || report.state === 'unknown')) {
    const reasons = open.map(({ venue, sentence }) => `${venue}: ${sentence}`);
    const what = [...reasons, ...(report.state === 'unknown' ? [report.trouble ?? ''] : [])];
    return contractFailure(
      'STOP_NOT_CARRIED_OUT',
      `The stop is not carried out yet. ${what.join(' ')} Armed now, that is given up.`,
    );
  }
  const trouble = stops.release(sides);
  return trouble === null ? null : contractFailure('TRADING_FAULT', trouble);
}
