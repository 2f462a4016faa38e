/** What another process of the same person may ask: the status, the emergency stop, and to trade again. */

import { ok } from '../../core/domain/result.ts';
import type { ContractResult } from '../../contract/errors.ts';
import type { Exposure } from '../../contract/exposure.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { StopReportWire } from '../../contract/stop.ts';
import type { AccountKind, controlContract, TradingStatus } from '../../contract/trading.ts';
import type { StopReport } from '../stop/stop-report.ts';

export interface Controlled {
  /** The account at the moment of the call, or why there is none. */
  readonly find: (account: AccountKind) => ContractResult<{ status(): TradingStatus }>;
  readonly stop: (flatten: boolean) => Promise<StopReport>;
  /** `null` while no stop is in force. */
  readonly stopReport: () => StopReport | null;
  /** @param anyway also where the stop has not been carried out */
  readonly arm: (account: AccountKind, anyway: boolean) => ContractResult<Record<string, never>>;
  /** What is open with real money, connected or not. */
  readonly exposure: () => Exposure;
}

export function controlHandlers({
  find,
  stop,
  stopReport,
  arm,
  exposure,
}: Controlled): Handlers<typeof controlContract> {
  return {
    'trading.status': ({ account }) => {
      const found = find(account);
      return found.ok ? ok(found.value.status()) : found;
    },
    'trading.stop': async ({ flatten }) => ok(stopWire(await stop(flatten))),
    'trading.stop-report': () => {
      const report = stopReport();
      return ok(report === null ? null : stopWire(report));
    },
    'trading.arm': ({ account, anyway }) => arm(account, anyway),
    'trading.exposure': () => ok(exposure()),
  };
}

export function stopWire(report: StopReport): StopReportWire {
  const { time, flatten, state, holds, trouble, places } = report;
  return {
    time,
    flatten,
    state,
    holds: [...holds],
    trouble,
    places: places.map((place) => ({ ...place, ...lists(place) })),
    ...lists(report),
  };
}

type Lists = Pick<StopReport, 'cancelled' | 'notCancelled' | 'kept' | 'sold' | 'notSold'>;

function lists(of: Lists) {
  return {
    cancelled: [...of.cancelled],
    notCancelled: [...of.notCancelled],
    kept: [...of.kept],
    sold: [...of.sold],
    notSold: [...of.notSold],
  };
}
