/** A stop, whatever state the account beneath it is in: nothing of ours buys afterwards, and what is told of it is true. */

import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { LiveExchange, TOKEN } from '../live/testing/live-exchange.ts';
import { saveTarget } from '../live/live-target.ts';
import type { StopReport } from './stop-report.ts';

interface State {
  readonly name: string;
  /** The stop has to go past the engine, or waits. */
  readonly begin: (stage: LiveExchange) => Promise<void> | void;
  /** What lets it be carried out where it could not be. */
  readonly end: (stage: LiveExchange) => Promise<void> | void;
  /** How long an answer is waited for, in real time; left out, longer than a busy machine takes. */
  readonly answerMs?: number;
}

const LONG_MS = 10_000;

const NOTHING = (): void => {};

/** What a state has opened and a failed story would leave open. */
const toClose = new Set<() => void>();
afterEach(() => {
  for (const close of toClose) close();
  toClose.clear();
});

async function afterCrash(stage: LiveExchange): Promise<void> {
  await stage.restart();
  await stage.elapse(2_000);
}

function answering(fault: Parameters<LiveExchange['simulator']['control']['fault']>[0]): State {
  return {
    name: `an exchange that answers with ${fault.kind}`,
    begin: ({ simulator }) => simulator.control.fault(fault),
    end: ({ simulator }) => simulator.control.clearFaults(),
  };
}

function alsoAfterCrash(state: State): readonly State[] {
  return [
    state,
    {
      ...state,
      name: `${state.name}, after a crash`,
      begin: async (stage) => {
        await state.begin(stage);
        await afterCrash(stage);
      },
    },
  ];
}

const EVER = 100_000;

const REFUSED_SALES = {
  kind: 'refusal',
  method: 'POST',
  path: '/order',
  having: 'side=SELL',
  code: -1013,
  msg: 'Market is closed.',
  times: EVER,
} as const;

/** A position that was being closed: half of it is sold, and nothing more is taken. */
async function halfSold(stage: LiveExchange): Promise<void> {
  const { control } = stage.simulator;
  const { sold } = truthOf(stage);
  control.fault({ kind: 'partial-fills', percent: 50 });
  const closed = stage.call('bots.close', { account: 'live', botId: 'test BTC/USDT' });
  await stage.until(() => truthOf(stage).sold > sold);
  control.fault(REFUSED_SALES);
  control.fault({ kind: 'partial-fills', percent: 100 });
  await closed;
}

async function faulted(stage: LiveExchange): Promise<void> {
  const session = stage.live.account()?.session;
  session?.dispatch({ kind: 'position-close', time: stage.clock.now, botId: 'no such bot' });
  await stage.quiet();
  expect(session?.fault).not.toBeNull();
  stage.faults.splice(0);
}

const TAKES_ALL: State['end'] = ({ simulator }) => simulator.control.clearFaults();

const STATES: readonly State[] = [
  { name: 'an account that is connected', begin: NOTHING, end: NOTHING },
  { name: 'an account that is opened again after a crash', begin: afterCrash, end: NOTHING },
  {
    name: 'an account that is connecting',
    begin: async (stage) => {
      stage.simulator.control.fault({ kind: 'reset', times: EVER });
      await stage.restart();
      stage.simulator.control.clearFaults();
    },
    end: NOTHING,
  },
  ...alsoAfterCrash(answering({ kind: 'reset', times: EVER })),
  answering({ kind: 'reset', effect: 'after', times: EVER }),
  ...alsoAfterCrash({ ...answering({ kind: 'timeout', times: EVER }), answerMs: 500 }),
  answering({ kind: 'rate-limit', retryAfterSeconds: 30, times: EVER }),
  ...alsoAfterCrash(answering({ kind: 'ban', retryAfterSeconds: 120, times: EVER })),
  answering({ kind: 'server-error', status: 503, times: EVER }),
  ...alsoAfterCrash(answering({ kind: 'maintenance', on: true })),
  ...alsoAfterCrash({
    name: 'an exchange that does not cancel',
    begin: ({ simulator }) =>
      simulator.control.fault({ kind: 'reset', method: 'DELETE', times: EVER }),
    end: TAKES_ALL,
  }),
  {
    name: 'an exchange that takes no sale',
    begin: ({ simulator }) => simulator.control.fault(REFUSED_SALES),
    end: TAKES_ALL,
  },
  ...alsoAfterCrash({
    name: 'a sale that came to half, and whose rest is refused',
    begin: halfSold,
    end: TAKES_ALL,
  }),
  {
    name: 'such a sale, and then a fault of the engine',
    begin: async (stage) => {
      await halfSold(stage);
      await faulted(stage);
    },
    end: TAKES_ALL,
  },
  {
    name: 'an engine that has faulted',
    begin: faulted,
    end: NOTHING,
  },
  {
    name: 'a database that another process holds',
    begin: (stage) => {
      const other = new DatabaseSync(stage.path, { timeout: 0 });
      toClose.add(() => other.close());
      other.exec('BEGIN IMMEDIATE');
    },
    end: (stage) => {
      for (const close of toClose) close();
      toClose.clear();
      stage.faults.splice(0);
    },
  },
  {
    name: 'a disk that is full',
    begin: (stage) => {
      stage.isDiskFull = true;
    },
    end: async (stage) => {
      stage.isDiskFull = false;
      stage.faults.splice(0);
      await stage.restart();
    },
  },
  {
    name: 'keys that are locked after a crash',
    begin: async (stage) => {
      stage.vault.isLocked = true;
      await afterCrash(stage);
    },
    end: (stage) => {
      stage.vault.isLocked = false;
    },
  },
  {
    name: 'a profile that names another exchange',
    begin: async (stage) => {
      const { target } = stage.live;
      saveTarget(stage.storage.settings, { ...target, venue: 'binance' });
      await afterCrash(stage);
      expect(stage.live.target.venue).toBe('binance');
    },
    end: NOTHING,
  },
];

const OURS = /^t\d/;

/** As the exchange has it. */
function truthOf({ simulator }: LiveExchange) {
  const { orders, fills, balances } = simulator.control.truth();
  const amount = (side: 'BUY' | 'SELL'): number =>
    fills
      .filter((fill) => fill.side === side)
      .reduce((sum, { quantity }) => sum + Number(quantity), 0);
  const resting = orders.filter(({ status }) => status === 'NEW' || status === 'PARTIALLY_FILLED');
  const ours = resting.filter(({ clientOrderId }) => OURS.test(clientOrderId));
  return {
    entries: ours.filter(({ side }) => side === 'BUY'),
    guards: ours.filter(({ side }) => side === 'SELL'),
    persons: resting.filter(({ clientOrderId }) => !OURS.test(clientOrderId)),
    bought: amount('BUY'),
    sold: amount('SELL'),
    balances,
  };
}

/** Below it nothing can be sold: the exchange's step, and the fee that was paid in the coin. */
const CRUMB = 0.000_010_1;

function isOpen(stage: LiveExchange, flatten: boolean): boolean {
  const { entries, guards, bought, sold } = truthOf(stage);
  if (!flatten) return entries.length > 0;
  return entries.length > 0 || guards.length > 0 || bought - sold > CRUMB;
}

/** A position with its stop and an entry that waits below the price, beside a person's own coins and order. */
async function busy(answerMs: number): Promise<LiveExchange> {
  const stage = await LiveExchange.live({ answerMs });
  stage.simulator.control.transfer('BTC', '0.1');
  stage.simulator.control.placeByHand({
    symbol: 'BTCUSDT',
    side: 'sell',
    quantity: '0.05',
    price: '90000',
  });
  await stage.buy(20);
  await stage.pass(4_000);
  const [bot] = (await stage.status()).bots;
  if (bot === undefined) throw new Error('There is no bot.');
  const { botId } = await stage.call('bots.add', {
    ...bot.settings,
    name: 'waits',
    account: 'live',
    starts: true,
  });
  await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  const entry = { cost: 20, limit: 50_000, stop: null, target: null };
  await stage.call('bots.enter', { account: 'live', botId, ...entry });
  await stage.pass(2_000);
  const { entries, guards, persons } = truthOf(stage);
  expect([entries, guards, persons].map(({ length }) => length)).toEqual([1, 1, 1]);
  return stage;
}

/** It may never say that it is done while something is open. */
function expectTrue(stage: LiveExchange, report: StopReport | null, flatten: boolean): void {
  if (isOpen(stage, flatten)) expect(report?.state).not.toBe('carried-out');
  if (report?.state === 'carried-out') expect(report.notCancelled).toEqual([]);
}

describe.each([
  ['a stop', false],
  ['a stop with selling', true],
] as const)('%s meets', (_, flatten) => {
  it.each(STATES)('$name', async ({ begin, end, answerMs = LONG_MS }) => {
    const stage = await busy(answerMs);
    const before = truthOf(stage);
    await begin(stage);
    const pressed = stage.stop(flatten);
    await stage.elapse(11_000);
    expectTrue(stage, await pressed, flatten);
    await end(stage);
    for (let look = 0; look < 500 && stage.desk.report()?.state !== 'carried-out'; look += 1) {
      await stage.elapse(5_000);
      expectTrue(stage, stage.desk.report(), flatten);
    }
    const report = stage.desk.report();
    expect(report, report?.places.map(({ sentence }) => sentence).join()).toMatchObject({
      state: 'carried-out',
      flatten,
    });
    expect(isOpen(stage, flatten)).toBe(false);
    // Over another start, and at a price that would have bought.
    await stage.restart();
    await stage.elapse(8_000);
    stage.quote(49_000);
    await stage.elapse(3_000);
    const after = truthOf(stage);
    expect(after).toMatchObject({ entries: [], persons: before.persons, bought: before.bought });
    expect(after.bought - after.sold).toBeGreaterThanOrEqual(0);
    if (!flatten) expect(after.guards.length > 0 || after.sold > 0).toBe(true);
    expect(stage.desk.report()).toMatchObject({ state: 'carried-out', flatten });
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).not.toBeNull();
    await stage.call('trading.arm', { account: 'live', anyway: false });
    expect(stage.stops.order).toBeNull();
    stage.faults.splice(0);
  });
});

describe.each([
  ['a stop', false],
  ['a stop with selling', true],
] as const)('%s meets no account at all', (_, flatten) => {
  it('is in force all the same, over a start and a connection, until it is armed', async () => {
    const stage = await LiveExchange.open();
    const stopped = stage.stop(flatten);
    await stage.elapse(11_000);
    expect(await stopped).toMatchObject({ state: 'carried-out', flatten, places: [] });
    await stage.restart();
    await stage.call('live.connect', {});
    stage.quote(60_000);
    do {
      await stage.pass(1_000);
    } while (stage.desk.report()?.state !== 'carried-out');
    expect(stage.desk.report()).toMatchObject({ flatten, notCancelled: [], notSold: [] });
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).not.toBeNull();
    expect(truthOf(stage)).toMatchObject({ entries: [], guards: [], bought: 0, sold: 0 });
    await stage.call('trading.arm', { account: 'live', anyway: false });
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    stage.quote(60_000);
    expect(await stage.buy(20)).toMatchObject({ kind: 'submitted' });
  });
});
