/** What another process of the same person may ask: the status, the emergency stop, and to trade again. */

import { ok, type Result } from '../../core/domain/result.ts';
import { contractFailure, type ContractError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { controlContract, StopReportWire, TradingStatus } from '../../contract/trading.ts';
import type { StopReport } from './emergency-stop.ts';

/** An account that can be looked at and stopped. */
export interface Controllable {
  status(): TradingStatus;
  stop(flatten: boolean): Promise<StopReport>;
  arm(): void;
}

/** @param find the account at the moment of the call, or why there is none */
export function controlHandlers(
  find: () => Result<Controllable, ContractError>,
): Handlers<typeof controlContract> {
  return {
    'trading.status': () => {
      const found = find();
      return found.ok ? ok(found.value.status()) : found;
    },
    'trading.stop': async ({ flatten }) => {
      const found = find();
      return found.ok ? ok(wire(await found.value.stop(flatten))) : found;
    },
    'trading.arm': () => {
      const found = find();
      if (!found.ok) return found;
      found.value.arm();
      const { fault } = found.value.status();
      return fault === null ? ok({}) : contractFailure('TRADING_FAULT', fault);
    },
  };
}

function wire({ time, flatten, ...lists }: StopReport): StopReportWire {
  return {
    time,
    flatten,
    cancelled: [...lists.cancelled],
    notCancelled: [...lists.notCancelled],
    kept: [...lists.kept],
    sold: [...lists.sold],
    notSold: [...lists.notSold],
  };
}
