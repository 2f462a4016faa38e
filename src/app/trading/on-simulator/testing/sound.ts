/** What must hold on a stage whatever went wrong: books equal to the truth, nothing sent twice, nothing held unguarded. */

import { expect } from 'vitest';
import type { Bot } from '../../../../core/bot/bot.ts';
import type { AlertCode } from '../../../../core/events.ts';
import { differences } from './books.ts';
import type { SimulatorStage } from './simulator-stage.ts';

/** Each tells a person that a position is not guarded at the exchange. */
const UNGUARDED: ReadonlySet<string> = new Set<AlertCode>([
  'STOP_NOT_RESTING',
  'STOP_DID_NOT_FILL',
  'EXIT_FAILED',
]);

/** To be asked once nothing is under way any more. */
export function expectSound(stage: SimulatorStage): void {
  expect(wrongs(stage)).toEqual([]);
}

/** In sentences; none where all is well. */
export function wrongs(stage: SimulatorStage): readonly string[] {
  const { account, store, simulator, wire, faults } = stage;
  const { session } = account;
  const { placed } = wire;
  return [
    ...differences({ session, store, truth: simulator.control.truth(), placed }),
    ...unguarded(stage),
    ...doubleEntries(stage),
    ...faults.map((fault) => `nobody waited for: ${String(fault)}`),
    ...(session.fault === null ? [] : [session.fault]),
  ];
}

/** Bots with more than one entry that may still buy. */
export function doubleEntries({ account, simulator }: SimulatorStage): readonly string[] {
  const buying = simulator.control
    .truth()
    .orders.filter(({ side, status }) => side === 'BUY' && isOpen(status))
    .map(({ clientOrderId }) => account.session.engine.orders.get(clientOrderId)?.botId ?? '?');
  const twice = buying.filter((botId, index) => buying.indexOf(botId) !== index);
  return twice.map((botId) => `${botId} has more than one live entry`);
}

function unguarded(stage: SimulatorStage): readonly string[] {
  const { engine } = stage.account.session;
  return engine.bots.list
    .filter((bot) => bot.holding.position.isOpen && !isGuarded(stage, bot))
    .map(({ setup }) => `${setup.id} holds a position without a stop, and nobody was told`);
}

function isGuarded({ account, store, simulator }: SimulatorStage, bot: Bot): boolean {
  const since = bot.holding.position.entryTime ?? 0;
  const told = store
    .alerts(account.id, 1_000)
    .filter(({ botId, time }) => botId === bot.setup.id && time >= since);
  if (told.some(({ code }) => UNGUARDED.has(code))) return true;
  const { orders } = account.session.engine;
  const resting = new Set(
    simulator.control
      .truth()
      .orders.filter(({ type, status }) => type === 'STOP_LOSS_LIMIT' && isOpen(status))
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
