/** A disk that is full while an account trades: nothing goes out that is not in the books. */

import { describe, expect, it } from 'vitest';
import { settled } from './testing/live-clock.ts';
import { LiveStage } from './testing/live-stage.ts';

const FULL = 'Trading has stopped because of a fault: database or disk is full';

/** An account with one bot by hand and a price of 100. */
async function ready(): Promise<{ readonly stage: LiveStage; readonly botId: string }> {
  const stage = await LiveStage.open();
  stage.expectsFaults = true;
  await stage.begin();
  const botId = await stage.addBot();
  await stage.quote(100);
  return { stage, botId };
}

describe('when the books cannot be written', () => {
  it('nothing is sent, and the person is told why', async () => {
    const { stage, botId } = await ready();
    stage.isDiskFull = true;
    const order = { botId, cost: 10, limit: null, stop: null, target: null };
    expect(await stage.refusal('bots.enter', order)).toBe('TRADING_FAULT');
    await stage.quote(99);
    expect(await stage.status()).toMatchObject({ fault: FULL, positions: [] });
    expect(stage.sentOrders()).toEqual([]);
  });

  it('entries that rest at the exchange are withdrawn, stops stay', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    const second = await stage.addBot();
    await stage.enter(second, { limit: 90 });
    stage.isDiskFull = true;
    await stage.call('trading.reduce', {}).catch(String);
    await settled();
    expect(stage.sentOrders().filter(({ state }) => state === 'open')).toMatchObject([
      { order: { type: 'stop-loss' } },
    ]);
  });

  it('everything that would change something is refused, also once there is room again', async () => {
    const { stage, botId } = await ready();
    stage.isDiskFull = true;
    expect(await stage.refusal('bots.pause', { botId })).toBe('TRADING_FAULT');
    stage.isDiskFull = false;
    const order = { botId, cost: 10, limit: null, stop: null, target: null };
    expect(await stage.refusal('bots.enter', order)).toBe('TRADING_FAULT');
    for (const call of ['bots.start', 'bots.stop', 'bots.close', 'bots.remove'] as const) {
      expect(await stage.refusal(call, { botId }), call).toBe('TRADING_FAULT');
    }
    for (const call of ['trading.reduce', 'trading.arm'] as const) {
      expect(await stage.refusal(call, {}), call).toBe('TRADING_FAULT');
    }
    const money = { currency: 'USDT', amount: 100 };
    expect(await stage.refusal('trading.transfer', money)).toBe('TRADING_FAULT');
    await expect(stage.addBot()).rejects.toThrow('TRADING_FAULT');
    const { equity, bots } = await stage.status();
    expect(equity).toBe(1_000);
    expect(bots).toHaveLength(1);
  });

  it('whoever watches is told of it', async () => {
    const { stage, botId } = await ready();
    const seen = stage.watch();
    await settled();
    stage.isDiskFull = true;
    await stage.refusal('bots.pause', { botId });
    await stage.clock.advance(250);
    expect(seen.at(-1)).toMatchObject({ fault: FULL });
  });

  it('the next start goes on with what was written last, halted until it is armed', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    const before = await stage.status();
    stage.isDiskFull = true;
    await stage.refusal('bots.pause', { botId });
    stage.isDiskFull = false;
    await stage.restart();
    const { fault, tradingState, positions, openOrders, bots } = await stage.status();
    expect({ fault, tradingState }).toEqual({ fault: null, tradingState: 'halted' });
    expect(positions).toEqual(before.positions);
    expect(openOrders).toEqual(before.openOrders);
    expect(bots).toMatchObject([{ status: 'running' }]);
    await stage.quote(94);
    expect((await stage.status()).positions).toEqual([]);
  });
});

describe('when the disk is full at the wrong moment', () => {
  it('closing the app ends everything all the same', async () => {
    const { stage } = await ready();
    await stage.quote(101);
    stage.isDiskFull = true;
    const closed = stage.restart();
    stage.isDiskFull = false;
    await closed;
    expect(await stage.status()).toMatchObject({ fault: null, equity: 1_000 });
    expect(stage.market.openFeeds).toBe(1);
  });

  it('starting says that nothing trades, and the next start goes on', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    stage.isDiskFull = true;
    await stage.crash();
    expect(stage.faults.at(-1)).toMatchObject({ code: 'ACCOUNT_UNREADABLE' });
    expect(await stage.refusal('trading.status', {})).toBe('NO_ACCOUNT');
    expect(stage.market.openFeeds).toBe(0);
    stage.isDiskFull = false;
    await stage.restart();
    await stage.quote(94);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [], fault: null });
  });

  it('a new account whose deposit cannot be written is not said to have begun', async () => {
    const { stage } = await ready();
    stage.failAfter = 2;
    const begin = { venue: 'hand', balances: [{ currency: 'USDT', amount: 70 }] };
    expect(await stage.refusal('trading.begin', begin)).toBe('TRADING_FAULT');
    expect(await stage.refusal('trading.begin', begin)).toBeNull();
    expect(await stage.status()).toMatchObject({ equity: 70, fault: null, tradingState: 'active' });
  });
});

describe('when the simulated exchange cannot keep a fill', () => {
  it('there was none: the feed goes on, and the next price fills it', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    stage.isExchangeFull = true;
    await stage.quote(94);
    expect(await stage.status()).toMatchObject({ fault: null, positions: [{ botId }] });
    expect(stage.faults).toHaveLength(1);
    stage.isExchangeFull = false;
    await stage.quote(94);
    expect((await stage.status()).positions).toEqual([]);
    const { balances } = await stage.status();
    expect(balances.map(({ currency }) => currency)).toEqual(['USDT']);
  });

  it('an entry that it could not take never arrived, and is not sent again', async () => {
    const { stage, botId } = await ready();
    stage.isExchangeFull = true;
    await stage.enter(botId);
    stage.isExchangeFull = false;
    await stage.clock.advance(1_000);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    expect(stage.sentOrders()).toEqual([]);
    expect(await stage.alertCodes()).toEqual(['ORDER_UNKNOWN']);
  });
});
