/** What must hold on a stage whatever went wrong: books equal to the truth, nothing sent twice, nothing held unguarded. */

import type { Truth } from '../../../../../e2e/exchange-simulator/truth.ts';
import type { Bot } from '../../../../core/bot/bot.ts';
import type { AlertCode } from '../../../../core/events.ts';
import { differences } from './books.ts';
import type { TradingStore } from '../../../storage/trading-store.ts';
import type { TradingAccount } from '../../trading-account.ts';

/** Each tells a person that a position is not guarded at the exchange. */
const UNGUARDED: ReadonlySet<string> = new Set<AlertCode>([
  'STOP_NOT_RESTING',
  'STOP_DID_NOT_FILL',
  'EXIT_FAILED',
]);

/** Both sides of an account's trading. */
export interface Ledger {
  readonly account: TradingAccount;
  readonly store: TradingStore;
  readonly truth: Truth;
  /** Client ids, each as often as it was sent. */
  readonly placed: readonly string[];
  /** Errors that nobody waited for. */
  readonly faults: readonly unknown[];
}

/** What is not as it must be once nothing is under way any more, in sentences; none where all is well. */
export function wrongs(ledger: Ledger): readonly string[] {
  const { fault } = ledger.account.session;
  return [
    ...differences(ledger),
    ...unguarded(ledger),
    ...doubleEntries(ledger),
    ...ledger.faults.map((error) => `nobody waited for: ${String(error)}`),
    ...(fault === null ? [] : [fault]),
  ];
}

/** Bots with more than one entry that may still buy. */
export function doubleEntries({ account, truth }: Ledger): readonly string[] {
  const buying = truth.orders
    .filter(({ side, status }) => side === 'BUY' && isOpen(status))
    .map(({ clientOrderId }) => account.session.engine.orders.get(clientOrderId)?.botId ?? '?');
  const twice = buying.filter((botId, index) => buying.indexOf(botId) !== index);
  return twice.map((botId) => `${botId} has more than one live entry`);
}

function unguarded(ledger: Ledger): readonly string[] {
  const { engine } = ledger.account.session;
  return engine.bots.list
    .filter((bot) => bot.holding.position.isOpen && !isGuarded(ledger, bot))
    .map(({ setup }) => `${setup.id} holds a position without a stop, and nobody was told`);
}

function isGuarded({ account, store, truth }: Ledger, bot: Bot): boolean {
  const since = bot.holding.position.entryTime ?? 0;
  const told = store
    .alerts(account.id, 1_000)
    .filter(({ botId, time }) => botId === bot.setup.id && time >= since);
  if (told.some(({ code }) => UNGUARDED.has(code))) return true;
  const { orders } = account.session.engine;
  const resting = new Set(
    truth.orders
      .filter(({ type, status }) => type === 'STOP_LOSS_LIMIT' && isOpen(status))
      .map(({ clientOrderId }) => clientOrderId),
  );
  return orders.open.some(
    ({ botId, order }) =>
      botId === bot.setup.id && order.type === 'stop-loss' && resting.has(order.id),
  );
}

function isOpen(status: string): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}
