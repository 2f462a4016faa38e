/** What another process of the same person may ask: the status, the emergency stop, and to trade again. */

import { ok } from '../../core/domain/result.ts';
import type { ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type {
  AccountKind,
  controlContract,
  StopReportWire,
  TradingStatus,
} from '../../contract/trading.ts';
import type { StopReport } from './emergency-stop.ts';

export interface Controlled {
  /** The account at the moment of the call, or why there is none. */
  readonly find: (account: AccountKind) => ContractResult<{ status(): TradingStatus }>;
  readonly stopAll: (flatten: boolean) => Promise<ContractResult<StopReport>>;
  readonly arm: (account: AccountKind) => ContractResult<Record<string, never>>;
}

export function controlHandlers({
  find,
  stopAll,
  arm,
}: Controlled): Handlers<typeof controlContract> {
  return {
    'trading.status': ({ account }) => {
      const found = find(account);
      return found.ok ? ok(found.value.status()) : found;
    },
    'trading.stop': async ({ flatten }) => {
      const report = await stopAll(flatten);
      return report.ok ? ok(wire(report.value)) : report;
    },
    'trading.arm': ({ account }) => arm(account),
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
