/** The emergency stop through an engine that works: halt, withdraw, sell, and say what the exchange has confirmed. */

import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import type { Clock } from './clock.ts';
import type { TradingSession } from './session.ts';

export interface SessionStop {
  /** Orders that were open and are not any more. */
  readonly cancelled: string[];
  /** Orders that should be gone, and of which the exchange has not confirmed it. */
  readonly notCancelled: string[];
  /** Protective orders that were left in place. */
  readonly kept: string[];
  /** Symbols whose position was sold. */
  readonly sold: string[];
  /** Symbols whose position is still open. */
  readonly notSold: string[];
}

export interface StopRequest {
  readonly flatten: boolean;
  /** How long to wait for the exchange, ms; the stop itself is in force at once. */
  readonly patienceMs: number;
}

/** Halts strategies, withdraws every entry, and with `flatten` sells every position. May be called again and again. */
export async function emergencyStop(
  session: TradingSession,
  clock: Clock,
  { flatten, patienceMs }: StopRequest,
): Promise<SessionStop> {
  const { engine } = session;
  const before = engine.orders.open;
  const holding = engine.bots.list.filter((bot) => bot.holding.position.isOpen);
  haltSession(session, clock, flatten);
  const mustGo = before.filter(({ order }) => flatten || order.purpose === 'entry');
  const isDone = (): boolean =>
    session.fault !== null ||
    (mustGo.every((record) => !isStillOpen(session, record)) &&
      (!flatten || engine.bots.list.every((bot) => bot.isIdle)));
  await until(isDone, session, clock, patienceMs);
  const stillOpen = engine.orders.open.filter(({ order }) => flatten || order.purpose === 'entry');
  const stillHeld = engine.bots.list.filter((bot) => bot.holding.position.isOpen);
  return {
    cancelled: mustGo.filter((record) => !isStillOpen(session, record)).map(idOf),
    notCancelled: stillOpen.map(idOf),
    kept: flatten ? [] : before.filter(({ order }) => order.purpose === 'exit').map(idOf),
    sold: flatten
      ? holding.filter((bot) => !stillHeld.includes(bot)).map((bot) => bot.setup.instrument.symbol)
      : [],
    notSold: flatten ? stillHeld.map((bot) => bot.setup.instrument.symbol) : [],
  };
}

/** Tells the engine of the stop, where it does not know all of it yet. */
export function haltSession(session: TradingSession, clock: Clock, flatten: boolean): void {
  const { account, bots } = session.engine;
  const isHalted = account.tradingState === 'halted';
  const holds = bots.list.some(
    ({ holding }) => holding.position.isOpen && holding.wantsOut === null,
  );
  const isAsked = session.engine.orders.open.every(
    ({ order, cancelRequested }) => order.purpose === 'exit' || cancelRequested,
  );
  if (isHalted && isAsked && !(flatten && holds)) return;
  session.dispatch({ kind: 'halt', time: clock.now(), flatten });
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
