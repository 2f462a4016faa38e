/** The emergency stop: one function for the tray, the window, the shortcut, Telegram, the command line and the API. */

import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import type { Clock } from './clock.ts';
import type { TradingSession } from './session.ts';

export interface StopReport {
  /** ms UTC. */
  readonly time: number;
  readonly flatten: boolean;
  /** Entries that were open and are not any more. */
  readonly cancelled: readonly string[];
  /** Orders that should be gone, and of which the exchange has not confirmed it. */
  readonly notCancelled: readonly string[];
  /** Protective orders that were left in place. */
  readonly kept: readonly string[];
  /** Symbols whose position was sold. */
  readonly sold: readonly string[];
  /** Symbols whose position is still open. */
  readonly notSold: readonly string[];
}

export interface StopRequest {
  readonly flatten: boolean;
  /** How long to wait for the exchange, ms; the stop itself is in force at once. */
  readonly patienceMs: number;
}

/**
 * Halts strategies, withdraws every entry, and with `flatten` sells every position. Latched on disk before anything
 * is sent: only arming by hand ends it, a restart does not.
 */
export async function emergencyStop(
  session: TradingSession,
  clock: Clock,
  { flatten, patienceMs }: StopRequest,
): Promise<StopReport> {
  const { engine } = session;
  const before = engine.orders.open;
  const holding = engine.bots.list.filter((bot) => bot.holding.position.isOpen);
  const time = clock.now();
  session.dispatch({ kind: 'halt', time, flatten });
  const mustGo = before.filter(({ order }) => flatten || order.purpose === 'entry');
  const isDone = (): boolean =>
    mustGo.every((record) => !isStillOpen(session, record)) &&
    (!flatten || engine.bots.list.every((bot) => !bot.holding.position.isOpen));
  await until(isDone, session, clock, patienceMs);
  const stillOpen = mustGo.filter((record) => isStillOpen(session, record));
  const stillHeld = engine.bots.list.filter((bot) => bot.holding.position.isOpen);
  return {
    time,
    flatten,
    cancelled: mustGo.filter((record) => !stillOpen.includes(record)).map(idOf),
    notCancelled: stillOpen.map(idOf),
    kept: flatten ? [] : before.filter(({ order }) => order.purpose === 'exit').map(idOf),
    sold: flatten
      ? holding.filter((bot) => !stillHeld.includes(bot)).map((bot) => bot.setup.instrument.symbol)
      : [],
    notSold: flatten ? stillHeld.map((bot) => bot.setup.instrument.symbol) : [],
  };
}

function idOf({ order }: OrderRecord): string {
  return order.id;
}

function isStillOpen(session: TradingSession, { order }: OrderRecord): boolean {
  const record = session.engine.orders.get(order.id);
  return record !== null && isOpen(record);
}

/** Resolves when `isDone` after some event, or when patience ends. */
function until(
  isDone: () => boolean,
  session: TradingSession,
  clock: Clock,
  patienceMs: number,
): Promise<void> {
  if (isDone()) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      callOff();
      unlisten();
      resolve();
    };
    const callOff = clock.setTimer(patienceMs, finish);
    const unlisten = session.onEvent(() => {
      if (isDone()) finish();
    });
  });
}
