/** Somebody else trades in this account: a person, another program. What we did not buy is never sold. */

import { describe, expect, it } from 'vitest';
import type { TradingStatus as Status } from '../../contract/trading.ts';
import { BTC_PRICE, LiveExchange } from './testing/live-exchange.ts';

/** The same account through another window, with orders that carry no id of ours. */
class Somebody {
  readonly #stage: LiveExchange;

  constructor(stage: LiveExchange) {
    this.#stage = stage;
  }

  cancelsOurStop(): void {
    this.#stage.simulator.control.cancelAllByHand();
  }

  sells(amount: number): void {
    this.#trades('sell', amount);
  }

  buys(amount: number): void {
    this.#trades('buy', amount);
  }

  /** Out of the account, or into it. */
  moves(currency: string, amount: number): void {
    this.#stage.simulator.control.transfer(currency, amount.toFixed(8));
  }

  #trades(side: 'sell' | 'buy', amount: number): void {
    const quantity = amount.toFixed(8);
    this.#stage.simulator.control.placeByHand({ symbol: 'BTCUSDT', side, quantity });
  }
}

interface Story {
  readonly stage: LiveExchange;
  readonly somebody: Somebody;
  /** What our position has, in BTC. */
  readonly amount: number;
}

/** Live, with a position of 40 USDT beside `own` BTC of the person. */
async function withPosition(own = 0.1): Promise<Story> {
  const stage = await LiveExchange.open();
  const held = Number(stage.simulator.control.truth().balances['BTC']?.free ?? 0);
  if (own !== held) stage.simulator.control.transfer('BTC', (own - held).toFixed(8));
  await stage.goLive();
  await stage.buy(40);
  await stage.pass(3_000);
  const [position] = (await stage.status()).positions;
  if (position === undefined) throw new Error('There is no position.');
  expect(position.guardPlace).toBe('exchange');
  return { stage, somebody: new Somebody(stage), amount: position.amount };
}

async function alerts(stage: LiveExchange): Promise<readonly string[]> {
  return (await stage.call('trading.alerts', { account: 'live' })).map(({ code }) => code);
}

/** Waits for what comes over the wire by itself, and lets some time pass where that needs time. */
async function comesTo(
  stage: LiveExchange,
  isSo: (status: Status) => boolean,
  mostSeconds = 90,
): Promise<void> {
  const TURNS = 200;
  for (let second = 0; second < mostSeconds; second += 1) {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const status = stage.live.account()?.status();
      if (status !== undefined && isSo(status)) return;
      await stage.quiet();
    }
    await stage.pass(1_000);
  }
  throw new Error('It does not come to that.');
}

const isGone = ({ positions }: Status): boolean => positions.length === 0;
const is =
  (kind: Status['positions'][number]['verdict']['kind']) =>
  ({ positions }: Status): boolean =>
    positions[0]?.verdict.kind === kind;
const isGuarded = ({ positions }: Status): boolean => positions[0]?.guardPlace === 'exchange';

/** BTC that orders of ours have sold, less what they have bought: the person's coins, where it is more than nothing. */
function soldOfTheirs(stage: LiveExchange): number {
  const { orders, fills } = stage.simulator.control.truth();
  const ours = new Set(
    orders
      .filter(({ clientOrderId }) => clientOrderId.startsWith('t'))
      .map(({ orderId }) => orderId),
  );
  let sold = 0;
  for (const { orderId, side, quantity } of fills) {
    if (ours.has(orderId)) sold += (side === 'SELL' ? 1 : -1) * Number(quantity);
  }
  return sold;
}

/** The price falls through every stop, and minutes pass: whatever would sell has sold. */
async function crash(stage: LiveExchange): Promise<void> {
  for (const price of [56_000, 50_000, 50_000]) {
    stage.quote(price);
    await stage.pass(31_000);
  }
}

describe.each([0.1, 0])('beside %d BTC of the person', (own) => {
  it('our stop is cancelled: it is placed again at once, and said', async () => {
    const { stage, somebody } = await withPosition(own);
    somebody.cancelsOurStop();
    await stage.pass(3_000);
    await comesTo(stage, isGuarded);
    expect(await alerts(stage)).toContain('GUARD_TAKEN_AWAY');
    await crash(stage);
    expect((await stage.status()).positions).toEqual([]);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(1e-9);
  });

  it('our stop is cancelled and our coins are sold: the position ends at that price', async () => {
    const { stage, somebody, amount } = await withPosition(own);
    somebody.cancelsOurStop();
    somebody.sells(amount);
    await comesTo(stage, isGone);
    expect(await alerts(stage)).toContain('POSITION_SOLD_OUTSIDE');
    const [trade] = await stage.call('trading.trades', { account: 'live' });
    expect(trade?.trade).toMatchObject({ exitReason: 'sold-outside' });
    expect(Math.abs(trade?.trade.pnl ?? 1)).toBeLessThan(0.2);
    await crash(stage);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(1e-9 - amount + 1e-8);
  });

  it('and with a restart in between', async () => {
    const { stage, somebody, amount } = await withPosition(own);
    somebody.cancelsOurStop();
    somebody.sells(amount);
    await stage.restart();
    await comesTo(stage, isGone);
    expect(await alerts(stage)).toContain('POSITION_SOLD_OUTSIDE');
    await crash(stage);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
  });

  it('our stop is cancelled and our coins are withdrawn: missing, until they are written off', async () => {
    const { stage, somebody, amount } = await withPosition(own);
    somebody.cancelsOurStop();
    somebody.moves('BTC', -amount);
    await comesTo(stage, is('missing'));
    expect(await alerts(stage)).toContain('POSITION_MISSING');
    await crash(stage);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
    expect((await stage.status()).positions).toHaveLength(1);
  });
});

describe('with coins of their own', () => {
  it('somebody sells and buys those: nothing happens to ours', async () => {
    const { stage, somebody } = await withPosition();
    somebody.sells(0.05);
    await stage.pass(31_000);
    somebody.buys(0.02);
    await stage.pass(31_000);
    expect(await alerts(stage)).toEqual([]);
    expect((await stage.status()).positions).toMatchObject([{ guardPlace: 'exchange' }]);
    expect((await stage.status()).today.pnl).toBeGreaterThan(-5);
  });

  it('our stop is cancelled and another amount is sold: nobody can tell, so nothing is sold or bought', async () => {
    const { stage, somebody, amount } = await withPosition();
    somebody.cancelsOurStop();
    somebody.sells(0.05);
    await comesTo(stage, is('quarantined'));
    expect(await alerts(stage)).toContain('POSITION_QUARANTINED');
    stage.quote(BTC_PRICE);
    expect(
      await stage.call('bots.preview', {
        account: 'live',
        botId: 'test BTC/USDT',
        cost: 10,
        limit: null,
        stop: null,
        target: null,
      }),
    ).toMatchObject({ kind: 'denied' });
    await crash(stage);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
  });
});

it('a withdrawal while a stop rests is in the equity within half a minute', async () => {
  const { stage, somebody } = await withPosition();
  somebody.moves('USDT', -9_950);
  await stage.pass(30_000);
  await comesTo(stage, ({ equity }) => equity < 6_100);
  const { today, positions } = await stage.status();
  expect(today.pnl).toBeGreaterThan(-5);
  expect(positions).toMatchObject([{ guardPlace: 'exchange' }]);
  stage.quote(BTC_PRICE);
  expect(await alerts(stage)).toEqual([]);
});

const BOT = { account: 'live', botId: 'test BTC/USDT' } as const;

describe('a position in doubt', () => {
  async function quarantined(): Promise<Story> {
    const story = await withPosition();
    story.somebody.cancelsOurStop();
    story.somebody.sells(0.05);
    await comesTo(story.stage, is('quarantined'));
    const [position] = (await story.stage.status()).positions;
    expect(position?.verdict).toMatchObject({
      kind: 'quarantined',
      waysOut: ['keep', 'write-off'],
    });
    return story;
  }

  it('is kept by hand: guarded again, and bought again afterwards', async () => {
    const { stage } = await quarantined();
    await stage.call('positions.keep', BOT);
    await comesTo(stage, isGuarded);
    expect((await stage.status()).positions).toMatchObject([
      { guardPlace: 'exchange', verdict: { kind: 'agreed' } },
    ]);
  });

  it('is not kept where the exchange does not hold that much', async () => {
    const { stage, somebody } = await quarantined();
    somebody.sells(0.0499);
    somebody.moves('BTC', -0.000_7);
    expect(await stage.refusal('positions.keep', BOT)).toMatchObject({
      code: 'POSITION_NOT_COVERED',
    });
  });

  it('is written off by hand: nothing is sold, the bot is free, and no loss is made up', async () => {
    const { stage, amount } = await quarantined();
    const before = (await stage.status()).equity;
    await stage.call('positions.write-off', BOT);
    const { positions, equity, balances } = await stage.status();
    expect(positions).toEqual([]);
    expect(equity).toBeCloseTo(before, 6);
    const theirs = balances.find(({ currency }) => currency === 'BTC')?.heldBefore;
    expect(theirs).toBeCloseTo(0.05 + amount, 8);
    expect(await alerts(stage)).toContain('POSITION_WRITTEN_OFF');
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
    stage.quote(BTC_PRICE);
    expect(await stage.buy(20)).toMatchObject({ kind: 'submitted' });
  });

  it('is sold by nobody: not by its button, and not by the emergency stop', async () => {
    const { stage, amount } = await quarantined();
    await stage.call('bots.close', BOT);
    await stage.pass(3_000);
    expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
    expect((await stage.status()).positions).toHaveLength(1);
  });

  it('stays so over a restart', async () => {
    const { stage } = await quarantined();
    await stage.restart();
    await stage.until(() => stage.live.account() !== null);
    await stage.pass(40_000);
    expect((await stage.status()).positions).toMatchObject([{ verdict: { kind: 'quarantined' } }]);
  });

  it('that nobody doubts is not written off by a slip', async () => {
    const { stage } = await withPosition();
    expect(await stage.refusal('positions.write-off', BOT)).toMatchObject({
      code: 'POSITION_NOT_IN_DOUBT',
    });
  });
});

it('coins that left and come back are ours again', async () => {
  const { stage, somebody, amount } = await withPosition();
  somebody.cancelsOurStop();
  somebody.moves('BTC', -amount);
  await comesTo(stage, is('missing'));
  somebody.moves('BTC', amount);
  await comesTo(stage, isGuarded);
  expect(await alerts(stage)).toContain('POSITION_FOUND');
});

it('a sale whose answer is lost, and which is not found for 22 s, is not made twice', async () => {
  const { stage, amount } = await withPosition();
  const { control } = stage.simulator;
  control.fault({ kind: 'timeout', effect: 'after', method: 'POST', path: '/order' });
  control.fault({ kind: 'unseen', what: 'orders', ms: 25_000 });
  await stage.call('bots.close', BOT);
  await stage.pass(40_000);
  const sold = (): number =>
    control
      .truth()
      .fills.filter(({ side }) => side === 'SELL')
      .reduce((sum, { quantity }) => sum + Number(quantity), 0);
  expect(sold()).toBeGreaterThan(0);
  expect(sold()).toBeLessThanOrEqual(amount);
  await stage.pass(60_000);
  await comesTo(stage, isGone);
  expect(sold()).toBeLessThanOrEqual(amount);
});

it('a stop that is cancelled at the moment that the position is closed does not sell the person’s coins', async () => {
  const { stage, somebody, amount } = await withPosition();
  somebody.cancelsOurStop();
  somebody.sells(amount);
  await stage.call('bots.close', BOT);
  await comesTo(stage, isGone);
  expect(soldOfTheirs(stage)).toBeLessThanOrEqual(-amount + 1e-8);
  expect((await stage.status()).positions).toEqual([]);
});

it('a pair that is gone keeps neither the account nor another pair from trading', async () => {
  const { stage } = await withPosition();
  stage.simulator.control.setStatus({ symbol: 'BTCUSDT', status: 'vanished' });
  await stage.restart();
  await comesTo(stage, is('missing'));
  const [position] = (await stage.status()).positions;
  expect(position).toMatchObject({ guardPlace: 'none', verdict: { waysOut: ['write-off'] } });
  await stage.until(() => stage.live.account()?.isReconciled === true);
});
