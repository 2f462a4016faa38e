/** A session over an exchange whose answers get lost: nothing is sent twice, and in the end the books are right. */

import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import { emergencyStop } from './emergency-stop.ts';
import { LiveSession } from './testing/live-session.ts';

const MINUTE = 60_000;

let opened: LiveSession | null = null;

async function open(): Promise<LiveSession> {
  opened = await LiveSession.open();
  return opened;
}

/** Whatever the story: in the end both sides have the same money, and nothing was sent twice. */
afterEach(async () => {
  if (opened === null) throw new Error('No session was opened.');
  const { submitted } = opened.exchange;
  expect(new Set(submitted).size).toBe(submitted.length);
  expect(await opened.difference()).toEqual({});
});

describe('an order whose answer is lost', () => {
  it('but that arrived is found, with its fill, and guarded', async () => {
    const live = await open();
    live.exchange.fates.push('done-unanswered');
    await live.enter({ stop: 95 });
    await live.clock.advance(1_000);
    expect(live.bot.holding.position.isOpen).toBe(true);
    expect(live.bot.holding.guardPlace).toBe('exchange');
    expect(live.exchange.submitted).toHaveLength(2);
  });

  it('and that rests there is found open', async () => {
    const live = await open();
    live.exchange.fates.push('done-unanswered');
    await live.enter({ limit: 90 });
    await live.clock.advance(1_000);
    expect(live.orders).toMatchObject([{ state: 'accepted', note: null }]);
    expect(live.alerts).toEqual(['ORDER_UNKNOWN']);
    await live.quote(89);
    expect(live.bot.holding.position.isOpen).toBe(true);
  });

  it.each(['lost', 'throws'] as const)(
    'and that never arrived (%s) is not sent again',
    async (fate) => {
      const live = await open();
      live.exchange.fates.push(fate);
      await live.enter();
      await live.clock.advance(MINUTE);
      expect(live.orders).toMatchObject([{ state: 'rejected', neverArrived: true }]);
      expect(live.bot.isIdle).toBe(true);
      expect(live.exchange.submitted).toHaveLength(1);
      await live.quote(100);
      await live.enter();
      expect(live.bot.holding.position.isOpen).toBe(true);
    },
  );

  it('is not given up before it can no longer turn up', async () => {
    const live = await open();
    live.exchange.arrivalMs = 10_000;
    live.exchange.fates.push('late');
    await live.enter({ stop: 95 });
    await live.clock.advance(9_000);
    expect(live.orders).toMatchObject([{ state: 'unknown' }]);
    await live.exchange.arrive();
    await live.clock.advance(MINUTE);
    expect(live.bot.holding.guardPlace).toBe('exchange');
  });

  it('is asked for with growing pauses while nobody can be asked', async () => {
    const live = await open();
    live.exchange.fates.push('done-unanswered');
    live.exchange.isSilent = true;
    await live.enter({ limit: 90 });
    await live.clock.advance(10 * MINUTE);
    const asked = live.exchange.asked.length;
    expect(asked).toBeGreaterThan(15);
    expect(asked).toBeLessThan(35);
    live.exchange.isSilent = false;
    await live.clock.advance(30_000);
    expect(live.orders).toMatchObject([{ state: 'accepted' }]);
    await live.clock.advance(10 * MINUTE);
    // Once by whoever waits for it, and once by whoever compares the books.
    expect(live.exchange.asked.length).toBeLessThanOrEqual(asked + 2);
  });

  it('and that turns up after it was given up is booked and guarded', async () => {
    const live = await open();
    live.exchange.fates.push('late');
    await live.enter({ stop: 95 });
    await live.clock.advance(MINUTE);
    expect(live.orders).toMatchObject([{ neverArrived: true }]);
    await live.quote(100);
    await live.exchange.arrive();
    await live.clock.advance(1_000);
    expect(live.bot.holding.guardPlace).toBe('exchange');
    await live.quote(94);
    expect(live.bot.isIdle).toBe(true);
  });

  it('and that is heard of while it is looked for is not given up', async () => {
    const live = await open();
    live.exchange.fates.push('late');
    live.exchange.meanwhile = async () => {
      await live.exchange.arrive();
      const [orderId = ''] = live.exchange.submitted;
      const time = live.clock.now;
      live.exchange.tell({ kind: 'order-accepted', orderId, time, exchangeId: null });
    };
    await live.enter({ limit: 90 });
    await live.clock.advance(MINUTE);
    expect(live.orders).toMatchObject([{ state: 'accepted' }]);
    await live.quote(89);
    expect(live.bot.holding.guardPlace).toBe('exchange');
  });

  it('is found out about also when the clock was set back', async () => {
    const live = await open();
    live.clock.set(live.clock.now - 2 * DAY_MS);
    await live.quote(100);
    live.exchange.arrivalMs = 5_000;
    live.exchange.fates.push('lost');
    await live.enter();
    await live.clock.advance(4_000);
    expect(live.orders).toMatchObject([{ state: 'unknown' }]);
    await live.clock.advance(MINUTE);
    expect(live.orders).toMatchObject([{ state: 'rejected', neverArrived: true }]);
  });

  it('is not given up for a clock that was set forward', async () => {
    const live = await open();
    live.exchange.arrivalMs = MINUTE;
    live.exchange.fates.push('lost');
    await live.enter();
    await live.clock.advance(1_000);
    live.clock.set(live.clock.now + 10 * MINUTE);
    await live.clock.advance(5_000);
    expect(live.orders).toMatchObject([{ state: 'unknown' }]);
    await live.clock.advance(2 * MINUTE);
    expect(live.orders).toMatchObject([{ state: 'rejected', neverArrived: true }]);
  });

  it('and that is withdrawn meanwhile is withdrawn once it is found', async () => {
    const live = await open();
    live.exchange.arrivalMs = 10_000;
    live.exchange.fates.push('late');
    await live.enter({ limit: 90 });
    await live.tell({ kind: 'bot-paused', time: live.clock.now, botId: 'b' });
    await live.clock.advance(5_000);
    await live.exchange.arrive();
    await live.clock.advance(MINUTE);
    expect(live.orders).toMatchObject([{ state: 'cancelled' }]);
    expect(live.bot.isIdle).toBe(true);
  });
});

describe('a stop', () => {
  it('whose answer is lost is found, and is the only one', async () => {
    const live = await open();
    live.exchange.fates.push('done', 'done-unanswered');
    await live.enter({ stop: 95 });
    await live.clock.advance(MINUTE);
    expect(live.bot.holding.guardPlace).toBe('exchange');
    await live.quote(94);
    expect(live.bot.isIdle).toBe(true);
    expect(live.exchange.submitted).toHaveLength(2);
  });

  it('that never arrived is placed under another id', async () => {
    const live = await open();
    live.exchange.fates.push('done', 'lost');
    await live.enter({ stop: 95 });
    await live.clock.advance(MINUTE);
    expect(live.bot.holding.guardPlace).toBe('exchange');
    expect(live.exchange.submitted).toHaveLength(3);
  });

  it('that the exchange refuses is watched by the engine', async () => {
    const live = await open();
    live.exchange.fates.push('done', 'rejected');
    await live.enter({ stop: 95 });
    expect(live.bot.holding.guardPlace).toBe('engine');
    expect(live.alerts).toEqual(['STOP_NOT_RESTING']);
    await live.quote(94);
    expect(live.bot.isIdle).toBe(true);
    expect(live.orders.map(({ state }) => state)).toEqual(['filled', 'rejected', 'filled']);
  });

  it('and its target whose common answer is lost are found as a pair', async () => {
    const live = await open();
    live.exchange.fates.push('done', 'done-unanswered');
    await live.enter({ stop: 95, target: 110 });
    await live.clock.advance(MINUTE);
    await live.quote(111);
    expect(live.bot.isIdle).toBe(true);
    expect(live.exchange.submitted).toHaveLength(3);
  });
});

describe('a pair that the exchange refuses', () => {
  it.each([94, 111])('is watched by the engine: sold at %d', async (price) => {
    const live = await open();
    live.exchange.fates.push('done', 'rejected');
    await live.enter({ stop: 95, target: 110 });
    expect(live.bot.holding.guardPlace).toBe('engine');
    await live.quote(price);
    expect(live.bot.isIdle).toBe(true);
    expect(live.exchange.submitted).toHaveLength(4);
  });
});

describe('a cancellation', () => {
  it('that is not answered is asked for again, with growing pauses, until it is certain', async () => {
    const live = await open();
    await live.enter({ limit: 90 });
    live.exchange.cancelFates.push(...Array.from({ length: 5 }, () => 'lost' as const));
    await live.tell({ kind: 'bot-paused', time: live.clock.now, botId: 'b' });
    await live.clock.advance(1_000);
    expect(live.exchange.cancelled.length).toBeLessThan(5);
    await live.clock.advance(MINUTE);
    expect(live.exchange.cancelled).toHaveLength(6);
    expect(live.orders).toMatchObject([{ state: 'cancelled' }]);
  });

  it('that was done without an answer is found to be done', async () => {
    const live = await open();
    await live.enter({ limit: 90 });
    live.exchange.cancelFates.push('done-unanswered');
    await live.tell({ kind: 'bot-paused', time: live.clock.now, botId: 'b' });
    await live.clock.advance(MINUTE);
    expect(live.orders).toMatchObject([{ state: 'cancelled' }]);
    expect(live.exchange.cancelled).toHaveLength(1);
  });

  it('that a fill overtakes leaves a position with its stop', async () => {
    const live = await open();
    await live.enter({ limit: 90, stop: 85 });
    live.exchange.cancelFates.push('late');
    await live.tell({ kind: 'bot-paused', time: live.clock.now, botId: 'b' });
    await live.quote(89);
    await live.exchange.arrive();
    await live.clock.advance(MINUTE);
    expect(live.bot.holding.guardPlace).toBe('exchange');
    expect(live.orders.map(({ state }) => state)).toEqual(['accepted', 'filled']);
  });

  it('of a stop that is not answered delays the sale, and no coin is sold twice', async () => {
    const live = await open();
    await live.enter({ stop: 95 });
    live.exchange.cancelFates.push('late', 'throws');
    await live.tell({ kind: 'position-close', time: live.clock.now, botId: 'b' });
    expect(live.exchange.submitted).toHaveLength(2);
    await live.quote(94);
    await live.exchange.arrive();
    await live.clock.advance(MINUTE);
    expect(live.bot.isIdle).toBe(true);
    expect(live.exchange.submitted).toHaveLength(2);
  });
});

describe('news', () => {
  it('that is told again is counted once', async () => {
    const live = await open();
    await live.enter({ stop: 95 });
    const [entry] = live.exchange.submitted;
    const { fills } = await live.exchange.shown(entry ?? '');
    for (const fill of fills) {
      live.exchange.tell({ kind: 'order-filled', orderId: fill.orderId, fill });
    }
    expect(live.bot.holding.position.amount).toBe(fills[0]?.amount);
  });

  it('of an order that is not ours calls the person and changes nothing', async () => {
    const live = await open();
    const { now } = live.clock;
    live.exchange.tell({ kind: 'order-accepted', orderId: 'x', time: now, exchangeId: null });
    expect(live.alerts).toEqual(['ORDER_UNMATCHED']);
    expect(live.session.fault).toBeNull();
  });
});

describe('an emergency stop', () => {
  it('reports what an exchange that does not answer has not confirmed, and keeps asking', async () => {
    const live = await open();
    await live.enter({ limit: 90 });
    live.exchange.isSilent = true;
    live.exchange.cancelFates.push('lost', 'lost');
    const run = live.clock.run();
    const stop = emergencyStop(live.session, run, { flatten: false, patienceMs: 10_000 });
    await live.clock.advance(9_999);
    let isDone = false;
    void stop.finally(() => (isDone = true));
    await live.clock.advance(0);
    expect(isDone).toBe(false);
    await live.clock.advance(1);
    const id = live.exchange.submitted[0] ?? '';
    expect(await stop).toMatchObject({ cancelled: [], notCancelled: [id], kept: [] });
    live.exchange.isSilent = false;
    await live.clock.advance(2 * MINUTE);
    expect(live.orders).toMatchObject([{ state: 'cancelled' }]);
  });

  it('ends as soon as the exchange has answered', async () => {
    const live = await open();
    await live.enter({ stop: 95 });
    live.exchange.cancelFates.push('lost');
    const run = live.clock.run();
    const stop = emergencyStop(live.session, run, { flatten: true, patienceMs: 10_000 });
    await live.clock.advance(1_000);
    expect(await stop).toMatchObject({ notCancelled: [], sold: ['BTC/USDT'], notSold: [] });
  });
});

describe('a fault', () => {
  it('sends nothing of what could not be written', async () => {
    const live = await open();
    live.isDiskFull = true;
    await live.enter();
    expect(live.exchange.submitted).toEqual([]);
    expect(live.session.fault).toContain('disk is full');
  });

  it('withdraws entries, and asks again where that is not answered', async () => {
    const live = await open();
    await live.enter({ limit: 90 });
    live.exchange.cancelFates.push('lost', 'throws');
    live.isDiskFull = true;
    await live.tell({ kind: 'reduce', time: live.clock.now });
    await live.clock.advance(MINUTE);
    expect(await live.exchange.shown(live.exchange.submitted[0] ?? '')).toMatchObject({
      state: 'cancelled',
    });
  });

  it('that has nothing to do with an entry withdraws it all the same', async () => {
    const live = await open();
    await live.enter({ limit: 90 });
    live.exchange.cancelFates.push('lost', 'throws');
    live.isDiskFull = true;
    await live.addBot('second');
    await live.clock.advance(MINUTE);
    expect(await live.exchange.shown(live.exchange.submitted[0] ?? '')).toMatchObject({
      state: 'cancelled',
    });
    const asked = live.exchange.asked.length;
    await live.clock.advance(10 * MINUTE);
    expect(live.exchange.asked).toHaveLength(asked);
  });
});

describe('reconciliation', () => {
  it('names the orders that nobody can tell of, and finds them later', async () => {
    const live = await open();
    await live.enter({ stop: 95 });
    live.exchange.isSilent = true;
    expect(await live.session.reconcileOrders()).toEqual([live.exchange.submitted[1]]);
    expect(await live.session.compare()).toEqual({ kind: 'unreachable' });
    live.exchange.isSilent = false;
    expect(await live.session.reconcileOrders()).toEqual([]);
    expect(await live.session.compare()).toEqual({ kind: 'agreed' });
    expect(live.session.engine.account.equity()).toBeCloseTo(1_000 - 10 * 0.001, 1);
  });

  it('writes it down whatever fraction of a millisecond the exchange is ahead', async () => {
    const live = await open();
    for (const ahead of [0.5, -499.5, 1e-9]) {
      live.session.noteClock(ahead);
      expect(await live.session.compare()).toEqual({ kind: 'agreed' });
      await live.enter({ stop: 95 });
    }
    expect(live.session.fault).toBeNull();
    expect(live.faults).toEqual([]);
  });
});
