/** What must hold on a stage whatever went wrong: books equal to the truth, nothing sent twice, nothing held unguarded. */

import type { Bot } from '../../../../core/bot/bot.ts';
import type { AlertCode } from '../../../../core/events.ts';
import { differences, type Books } from './books.ts';
import type { TradingAccount } from '../../trading-account.ts';

/** Each tells a person that a position is not guarded at the exchange. */
const UNGUARDED: ReadonlySet<string> = new Set<AlertCode>([
  'STOP_NOT_RESTING',
  'STOP_DID_NOT_FILL',
  'EXIT_FAILED',
]);

const EVERY_ALERT = 1_000_000;

/** Both sides of an account's trading. */
export interface Ledger extends Books {
  readonly account: TradingAccount;
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
    ...unmatched(ledger),
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

/** News that fits no order of the books is a hole in them. */
function unmatched({ account, store }: Ledger): readonly string[] {
  return store
    .alerts(account.id, EVERY_ALERT)
    .filter(({ code }) => code === 'ORDER_UNMATCHED')
    .map(({ sentence }) => sentence);
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
    .alerts(account.id, EVERY_ALERT)
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
