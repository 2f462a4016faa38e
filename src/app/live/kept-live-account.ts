/** Which live account is gone on with. A day's counters belong to a person, so no new account can begin them anew. */

import type { VenueId } from '../../contract/live.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { ok } from '../../core/domain/result.ts';
import type { AccountState } from '../../core/account/account.ts';
import { utcDay } from '../../core/domain/timeframe.ts';
import { isOpen } from '../../core/orders/order-record.ts';
import type { SettingsStore } from '../storage/storage.ts';
import type { LiveTradingOptions } from './live-trading-options.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';
import { venueName } from './venue-name.ts';

export interface AccountChoice {
  readonly store: TradingStore;
  readonly settings: SettingsStore;
  /** A simulator stands in for the exchange: what is held there is not what is held at the exchange. */
  readonly isSimulated: boolean;
  readonly venue: VenueId;
  /** ms UTC. */
  readonly now: number;
  readonly newOrderPrefix: () => string;
}

/** The account on this exchange; one that was kept on another ends, where nothing hangs on it. */
export function keptLiveAccount({
  store,
  settings,
  isSimulated,
  venue,
  now,
  newOrderPrefix,
}: AccountChoice): ContractResult<KeptAccount> {
  const current = store.current();
  if (current !== null) {
    const wasSimulated = isRehearsed(settings, current);
    if (current.settings.venue === venue && wasSimulated === isSimulated) return ok(current);
    // What was rehearsed is nobody's money, and its simulator may be gone.
    const refusal = wasSimulated ? null : whyNotEnded(current, now);
    if (refusal !== null) return refusal;
    store.end(current.id, now);
  }
  const begun = store.begin({ venue, orderPrefix: newOrderPrefix() }, now);
  if (isSimulated) settings.set(SIMULATED, begun.id);
  return ok(begun);
}

/** Holds the id of the last account that was begun on a simulator. */
const SIMULATED = 'live-simulated-account';

/** A simulator stands in for the exchange. */
export function isRehearsal({ appSettings }: Pick<LiveTradingOptions, 'appSettings'>): boolean {
  return appSettings.EXCHANGE_SIMULATOR_URL !== null;
}

/** Whether an account was begun on a simulator: what it holds is nobody's money. */
export function isRehearsed(
  settings: Pick<SettingsStore, 'get'>,
  { id }: Pick<KeptAccount, 'id'>,
): boolean {
  return settings.get(SIMULATED) === id;
}

/** Whether a position or an order is left that somebody should watch. */
export function isUnattended({ state }: KeptAccount): boolean {
  if (state === null) return false;
  return (
    state.orders.some(isOpen) ||
    Object.values(state.bots).some(({ holding }) => holding.position.open !== null)
  );
}

function whyNotEnded(account: KeptAccount, now: number): ContractResult<never> | null {
  const name = venueName(account.settings.venue);
  if (isUnattended(account)) {
    const sentence = `There are open positions or orders on ${name}. Connect there and close them first.`;
    return contractFailure('ACCOUNT_BUSY', sentence);
  }
  if (account.state === null || !countsToday(account.state.account, now)) return null;
  const sentence = `There were live trades on ${name} today, and the day's limits are counted there. Another exchange can be used from tomorrow on (UTC).`;
  return contractFailure('LIVE_NOT_READY', sentence);
}

/** Whether something was bought today, or lost: another account would begin both counts anew. */
function countsToday({ day, pastTrades }: AccountState, now: number): boolean {
  if (day === null || day.day < utcDay(now)) return false;
  const hasSold = pastTrades.some(({ exitTime }) => utcDay(exitTime) >= day.day);
  return hasSold || day.trades > 0 || day.lossLimitBreached;
}
