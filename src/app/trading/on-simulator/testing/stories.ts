/** One story for each thing that the app asks of an exchange: what leads to the call, and what makes it. */

import { NO_ATTACHED_EXITS } from '../../../../core/bot/attached-exits.ts';
import { NO_PROTECTION, type Protection } from '../../../../core/domain/order.ts';
import { emergencyStop, type SessionStop } from '../../emergency-stop.ts';
import { BTC } from './instruments.ts';
import type { SimulatorStage } from './simulator-stage.ts';
import type { Target } from './wire.ts';

export interface Story {
  readonly target: Target;
  /** Before anything goes wrong. */
  readonly prepare: (stage: SimulatorStage) => Promise<void>;
  /** Makes the call. */
  readonly act: (stage: SimulatorStage) => Promise<void>;
  /** What it was for and has not come about after all, in sentences. */
  readonly missing?: (stage: SimulatorStage) => readonly string[];
}

interface Entry {
  readonly limit?: number;
  readonly stop?: number;
  readonly target?: number;
}

const PLACE: Target = { method: 'POST', path: '/order' };

export const STORIES = {
  'submit of an entry': {
    target: PLACE,
    prepare: async () => {},
    act: (stage) => enter(stage, { stop: 59_000 }),
  },
  'submit of a stop': {
    target: PLACE,
    prepare: (stage) => enter(stage, { limit: 59_900, stop: 59_000 }),
    act: (stage) => stage.price(BTC, '59890'),
  },
  'submit of a pair': {
    target: { method: 'POST', path: '/order/oco' },
    prepare: async () => {},
    act: (stage) => enter(stage, { stop: 59_000, target: 61_000 }),
  },
  'cancel of an entry': {
    target: { method: 'DELETE', path: '/order' },
    prepare: (stage) => enter(stage, { limit: 59_500, stop: 58_000 }),
    act: (stage) => tell(stage, 'bot-paused'),
    missing: stillBuying,
  },
  'cancel of a stop': {
    target: { method: 'DELETE', path: '/order' },
    prepare: (stage) => enter(stage, { stop: 59_000 }),
    act: (stage) => tell(stage, 'position-close'),
    missing: stillHeld,
  },
  'the sale of an emergency stop': {
    target: PLACE,
    prepare: (stage) => enter(stage, { stop: 59_000, target: 61_000 }),
    act: (stage) => stop(stage, true),
    missing: stillHeld,
  },
  'the withdrawal of an emergency stop': {
    target: { method: 'DELETE', path: '/order' },
    prepare: (stage) => enter(stage, { limit: 59_500, stop: 58_000 }),
    act: (stage) => stop(stage, false),
    missing: stillBuying,
  },
  find: {
    target: { method: 'GET', path: '/order' },
    prepare: (stage) => enter(stage, { limit: 59_900, stop: 59_000 }),
    act: (stage) => stage.price(BTC, '59890'),
  },
  'find after a crash with an entry on its way': {
    target: { method: 'GET', path: '/order' },
    prepare: async () => {},
    act: async (stage) => {
      ask(stage, { stop: 59_000 });
      await stage.crash();
    },
  },
  'fills of an order': {
    target: { method: 'GET', path: '/myTrades' },
    prepare: (stage) => enter(stage, { limit: 59_900, stop: 59_000 }),
    act: (stage) => stage.price(BTC, '59890'),
  },
  balances: {
    target: { method: 'GET', path: '/account' },
    prepare: (stage) => enter(stage, { stop: 59_000 }),
    act: (stage) => stage.restart(),
  },
  'the first question of a run': {
    target: { method: 'GET', path: '/exchangeInfo' },
    prepare: (stage) => enter(stage, { stop: 59_000 }),
    act: (stage) => stage.restart(),
  },
  'open orders': {
    target: { method: 'GET', path: '/openOrders' },
    prepare: (stage) => enter(stage, { stop: 59_000 }),
    act: lookAtOpenOrders,
  },
} as const satisfies Readonly<Record<string, Story>>;

export const BOT = {
  id: 'b',
  name: 'By hand',
  symbol: BTC.symbol,
  timeframe: '1m',
  strategy: null,
  sizing: { kind: 'fixed', cost: 40 },
  exits: NO_ATTACHED_EXITS,
} as const;

async function enter(stage: SimulatorStage, entry: Entry): Promise<void> {
  ask(stage, entry);
  await stage.settled();
}

function ask(stage: SimulatorStage, { limit, stop: stopAt, target }: Entry): void {
  const protection: Protection = {
    ...NO_PROTECTION,
    stop: stopAt === undefined ? null : { kind: 'price', price: stopAt },
    target: target ?? null,
  };
  stage.account.session.dispatch({
    kind: 'entry-by-hand',
    time: stage.clock.now(),
    botId: BOT.id,
    cost: 40,
    limit: limit ?? null,
    protection,
  });
}

async function tell(stage: SimulatorStage, kind: 'bot-paused' | 'position-close'): Promise<void> {
  stage.account.session.dispatch({ kind, time: stage.clock.now(), botId: BOT.id });
  await stage.settled();
}

async function stop(stage: SimulatorStage, flatten: boolean): Promise<void> {
  const reports: SessionStop[] = [];
  const request = { flatten, patienceMs: 10_000 };
  const stopped = emergencyStop(stage.account.session, stage.clock.run(), request).then((report) =>
    reports.push(report),
  );
  await stage.settled();
  await stage.until(() => reports.length > 0);
  await stopped;
}

function stillBuying({ simulator }: SimulatorStage): readonly string[] {
  const { orders } = simulator.control.truth();
  return orders
    .filter(({ side, status }) => side === 'BUY' && status === 'NEW')
    .map(({ clientOrderId }) => `${clientOrderId} was to be withdrawn and is open`);
}

/** A person may have been told that it cannot be sold. */
function stillHeld(stage: SimulatorStage): readonly string[] {
  const told = stage.store.alerts(stage.account.id, 100);
  if (told.some(({ code }) => code === 'EXIT_FAILED')) return [];
  return stage.bot(BOT.id).holding.position.isOpen ? ['the position was to be sold'] : [];
}

/** What it answers may be that it cannot tell, and never an order less than there is. */
async function lookAtOpenOrders(stage: SimulatorStage): Promise<void> {
  const seen: number[] = [];
  const answered = stage.gateway.openOrders([BTC.symbol]).then((answer) => {
    seen.push(answer.ok ? answer.value.length : 1);
  });
  await stage.settled();
  await stage.until(() => seen.length > 0);
  await answered;
  if (seen[0] !== 1) throw new Error('An order that rests at the exchange was not shown.');
}
