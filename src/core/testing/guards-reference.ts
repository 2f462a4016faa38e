/** What must hold once everything has been delivered: every position is guarded, and what is to be sold is sold. */

import type { AlertCode } from '../events.ts';
import { expectThat } from './expect-that.ts';
import type { World } from './world.ts';

const ROUNDING = 1e-9;

const ABOUT_GUARDS: ReadonlySet<AlertCode> = new Set([
  'STOP_NOT_RESTING',
  'POSITION_UNGUARDED',
  'EXIT_FAILED',
  'POSITION_GUARDED',
]);

export function checkGuards(world: World): void {
  for (const botId of world.botIds) {
    const { holding } = world.twins.steady.bots.get(botId);
    if (!holding.position.isOpen) continue;
    const isRefused = isTold(world, botId);
    expectThat(holding.wantsOut === null || isRefused, `${botId} is to be sold and is not`);
    if (holding.guardPlace === 'engine') {
      const isAllowed =
        world.setting.restingExits === 'none' || isRefused || isTooLittle(world, botId);
      expectThat(isAllowed, `${botId} has no stop at the exchange, though none was refused`);
      continue;
    }
    checkStop(world, botId);
  }
}

/** Whether a person knows of trouble with the position, and not that it is over. */
function isTold(world: World, botId: string): boolean {
  const told = world.alerts.findLast(
    (alert) => alert.botId === botId && ABOUT_GUARDS.has(alert.code),
  );
  return told !== undefined && told.code !== 'POSITION_GUARDED';
}

/** A stop that would sell for less than the exchange takes cannot rest there. */
function isTooLittle(world: World, botId: string): boolean {
  const { position, plan } = world.twins.steady.bots.get(botId).holding;
  const { minCost = null } = world.instruments.get(botId) ?? {};
  return position.amount * (plan?.stop ?? 0) < (minCost ?? 0) * (1 + ROUNDING);
}

function checkStop(world: World, botId: string): void {
  const { holding } = world.twins.steady.bots.get(botId);
  expectThat(holding.guardPlace === 'exchange', `${botId} is not guarded at all`);
  const orderId = holding.state().orders.stop;
  const resting = orderId === null ? null : world.exchange.resting(orderId);
  if (resting === null) throw new Error(`${botId} takes its stop ${orderId} for resting`);
  const { amount } = holding.position;
  const step = world.instruments.get(botId)?.amountStep ?? 0;
  const isAll = resting.amount > amount * (1 - ROUNDING) - step;
  const isMore = resting.amount > amount * (1 + ROUNDING);
  expectThat(isAll && !isMore, `${botId} holds ${amount}, its stop sells ${resting.amount}`);
  expectThat(resting.price === holding.plan?.stop, `${botId} has its stop at ${resting.price}`);
}

/** @param since how many alerts there were when it was to be sold */
export function checkFlattened(world: World, since: number): void {
  for (const botId of world.botIds) {
    const { position } = world.twins.steady.bots.get(botId).holding;
    const wasTold = world.alerts
      .slice(since)
      .some((alert) => alert.botId === botId && alert.code === 'EXIT_FAILED');
    expectThat(!position.isOpen || wasTold, `${botId} still holds ${position.amount}`);
  }
}
