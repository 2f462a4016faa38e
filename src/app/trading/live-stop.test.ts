/** The emergency stop over the contract: what it reports, and that nothing but arming ends it. */

import { describe, expect, it } from 'vitest';
import { FALLING, LiveStage, START } from './testing/live-stage.ts';

interface Busy {
  readonly stage: LiveStage;
  readonly stopId: string;
  readonly entryId: string;
}

/** A position with its stop, and an entry that waits. */
async function busy(): Promise<Busy> {
  const stage = await LiveStage.open();
  stage.market.addHistory('BTC/USDT', '1m', START, FALLING);
  await stage.begin();
  const holder = await stage.crossBot();
  await stage.quote(100, 100);
  await stage.enter(holder, { stop: 95 });
  const [stop] = (await stage.status()).openOrders;
  const answer = await stage.enter(await stage.addBot(), { limit: 90 });
  if (stop === undefined || answer.kind !== 'submitted') throw new Error('It is not busy.');
  return { stage, stopId: stop.id, entryId: answer.order.id };
}

describe('the emergency stop', () => {
  it('withdraws entries and keeps what protects a position', async () => {
    const { stage, stopId, entryId } = await busy();
    expect(await stage.call('trading.stop', { flatten: false })).toMatchObject({
      time: START,
      flatten: false,
      state: 'carried-out',
      holds: ['paper', 'live'],
      trouble: null,
      cancelled: [entryId],
      notCancelled: [],
      kept: [stopId],
      sold: [],
      notSold: [],
    });
    expect(await stage.status()).toMatchObject({
      tradingState: 'halted',
      positions: [{ guardPlace: 'exchange' }],
      openOrders: [{ id: stopId, state: 'accepted' }],
    });
    await stage.quote(94);
    expect((await stage.status()).positions).toEqual([]);
  });

  it('with selling leaves nothing', async () => {
    const { stage, stopId, entryId } = await busy();
    expect(await stage.call('trading.stop', { flatten: true })).toMatchObject({
      time: START,
      flatten: true,
      state: 'carried-out',
      cancelled: expect.arrayContaining([stopId, entryId]) as string[],
      notCancelled: [],
      kept: [],
      sold: ['BTC/USDT'],
      notSold: [],
    });
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    const [sold] = await stage.call('trading.trades', {});
    expect(sold?.trade.exitReason).toBe('emergency-stop');
    expect(await stage.alertCodes()).toEqual(['EMERGENCY_STOP']);
  });

  it('silences strategies and orders by hand until it is armed, restart and crash or not', async () => {
    const { stage } = await busy();
    await stage.call('trading.stop', { flatten: true });
    const [bot] = (await stage.status()).bots;
    if (bot === undefined) throw new Error('There is no bot.');
    for (const end of [null, 'restart', 'crash'] as const) {
      if (end !== null) await stage[end]();
      expect((await stage.status()).tradingState).toBe('halted');
      await stage.quote(100, 100);
      await stage.bar(80);
      await stage.quote(100, 100);
      await stage.bar(110);
      expect(await stage.enter(bot.id)).toMatchObject({ code: 'TRADING_HALTED' });
      expect((await stage.status()).positions).toEqual([]);
    }
    await stage.call('trading.arm', {});
    await stage.restart();
    await stage.quote(100, 100);
    await stage.bar(80);
    await stage.quote(100, 100);
    await stage.bar(110);
    expect(await stage.status()).toMatchObject({
      tradingState: 'active',
      positions: [{ botId: bot.id }],
    });
  });

  it('can be pressed twice, and with selling after it was pressed without', async () => {
    const { stage } = await busy();
    await stage.call('trading.stop', { flatten: false });
    expect(await stage.call('trading.stop', { flatten: false })).toMatchObject({ cancelled: [] });
    expect(await stage.call('trading.stop', { flatten: true })).toMatchObject({
      sold: ['BTC/USDT'],
      notSold: [],
    });
  });

  it('sells at once what is not guarded by the exchange, and says what is still open after 10 s', async () => {
    const { stage, stopId } = await busy();
    stage.expectsFaults = true;
    stage.isExchangeFull = true;
    const report = stage.call('trading.stop', { flatten: true });
    await stage.clock.advance(9_999);
    await stage.clock.advance(1);
    const { state, notCancelled, notSold, sold } = await report;
    expect(state).toBe('not-yet');
    expect(await stage.refusal('trading.arm', {})).toBe('STOP_NOT_CARRIED_OUT');
    expect(notCancelled).toContain(stopId);
    expect({ sold, notSold }).toEqual({ sold: [], notSold: ['BTC/USDT'] });
    stage.isExchangeFull = false;
    await stage.clock.advance(60_000);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    expect(await stage.call('trading.stop-report', {})).toMatchObject({
      state: 'carried-out',
      sold: ['BTC/USDT'],
      notSold: [],
    });
  });

  it('without an account has nothing to carry out, and holds for the account that is begun then', async () => {
    const stage = await LiveStage.open();
    expect(await stage.call('trading.stop', { flatten: true })).toMatchObject({
      state: 'carried-out',
      places: [],
    });
    await stage.restart();
    await stage.begin();
    expect((await stage.status()).tradingState).toBe('halted');
    const botId = await stage.addBot();
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ code: 'TRADING_HALTED' });
    await stage.clock.advance(2_000);
    await stage.call('trading.arm', {});
    expect((await stage.status()).tradingState).toBe('active');
    expect(await stage.call('trading.stop-report', {})).toBeNull();
  });
});
