/** Live mode against an exchange that answers nonsense or nothing, and against a change of exchange. */

import { describe, expect, it } from 'vitest';
import { BTC_PRICE, LiveExchange, TOKEN } from './testing/live-exchange.ts';

const DAY_MS = 86_400_000;

const free = (amount: number) => ({ free: amount, locked: 0 });

describe('what is held', () => {
  it.each([
    ['no number', { USDT: free(Number.NaN), BTC: free(0.1) }],
    ['more than there is', { USDT: free(Number.POSITIVE_INFINITY) }],
    ['less than nothing', { USDT: free(10_000), BTC: free(-0.1) }],
  ])('is waited for where the exchange says %s', async (_, held) => {
    const stage = await LiveExchange.open();
    stage.held = held;
    const connecting = stage.live.connect();
    await stage.until(() => stage.live.account() !== null);
    await stage.pass(16_000);
    expect(await connecting).toMatchObject({ ok: true });
    expect((await stage.state()).isReady).toBe(false);
    const refusal = await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(refusal).toMatchObject({ code: 'LIVE_NOT_READY' });
    expect((await stage.status()).equity).toBe(0);
    stage.held = null;
    while (!(await stage.state()).isReady) await stage.pass(1_000);
    stage.quote(BTC_PRICE);
    expect((await stage.status()).equity).toBe(16_000);
  });

  it('stays as it was where the exchange stops making sense while live mode is on', async () => {
    const stage = await LiveExchange.live();
    stage.held = { USDT: free(Number.NaN) };
    await stage.check();
    await stage.pass(2_000);
    expect((await stage.status()).equity).toBe(16_000);
    stage.quote(51_900);
    await stage.quiet();
    expect((await stage.state()).isLive).toBe(false);
  });
});

describe('a price', () => {
  it.each([0, -1, Number.NaN])('of %d moves no equity and is no loss', async (price) => {
    const stage = await LiveExchange.live();
    stage.tellPrice(price);
    await stage.quiet();
    expect((await stage.status()).equity).toBe(16_000);
    expect((await stage.state()).isLive).toBe(true);
  });
});

describe('an order that nobody answers', () => {
  it.each(['before', 'after'] as const)(
    'is known after the app was closed meanwhile: lost %s it took effect',
    async (effect) => {
      const stage = await LiveExchange.live();
      stage.simulator.control.fault({ kind: 'timeout', method: 'POST', path: '/order', effect });
      const botId = 'test BTC/USDT';
      const entry = { botId, cost: 20, limit: null, stop: null, target: null };
      const asked = stage.refusal('bots.enter', { account: 'live', ...entry });
      await stage.restart();
      await asked;
      stage.clock.set(stage.clock.now + 30_000);
      const connecting = stage.refusal('live.connect', {});
      await stage.until(() => stage.live.account() !== null);
      await stage.pass(90_000);
      await connecting;
      const { positions, openOrders } = await stage.status();
      const bought = stage.simulator.control
        .truth()
        .orders.filter(({ side, status }) => side === 'BUY' && status === 'FILLED');
      expect(positions).toHaveLength(bought.length);
      for (const { guardPlace } of positions) expect(guardPlace).toBe('exchange');
      expect(openOrders.filter(({ side }) => side === 'buy')).toEqual([]);
      expect((await stage.state()).isLive).toBe(false);
    },
  );
});

describe('sleep', () => {
  it('that ends without a network, and twice, is learnt from when the network is back', async () => {
    const stage = await LiveExchange.live();
    stage.live.suspend();
    stage.simulator.control.fault({ kind: 'reset', path: '/account', times: 6 });
    const resuming = Promise.all([stage.live.resume(), stage.live.resume()]);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).not.toBeNull();
    stage.simulator.control.clearFaults();
    stage.simulator.control.transfer('USDT', '500');
    await stage.pass(12_000);
    await resuming;
    while (!stage.live.state().isReady) await stage.pass(1_000);
    expect((await stage.status()).equity).toBeCloseTo(16_500, 6);
  });
});

describe('another exchange', () => {
  it('is refused on a day whose losses are counted here, whoever traded them', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(50);
    await stage.pass(4_000);
    stage.clock.set(stage.clock.now + DAY_MS);
    await stage.pass(41_000);
    stage.quote(BTC_PRICE * 0.99);
    await stage.call('live.test-sell', {});
    await stage.pass(6_000);
    const status = await stage.status();
    expect(status).toMatchObject({ positions: [], today: { trades: 0 } });
    await stage.vault.save('binance', await keyOf(stage));
    await stage.choose('binance', 'BTC/USDT');
    expect(await stage.refusal('live.connect', {})).toMatchObject({ code: 'LIVE_NOT_READY' });
  });

  it('in the settings does not draw the app away from what it was connected to', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    stage.exchange = 'binance';
    await stage.restart();
    await stage.until(() => stage.live.state().isConnected);
    expect(await stage.state()).toMatchObject({ venue: { id: 'binanceus' }, isLive: false });
  });
});

describe('a simulator in the place of the exchange', () => {
  it('is not compared with the books of real money', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    stage.isRehearsal = true;
    await stage.restart();
    expect(await stage.refusal('live.connect', {})).toMatchObject({ code: 'ACCOUNT_BUSY' });
    stage.isRehearsal = false;
    await stage.restart();
    await stage.until(() => stage.live.state().isReady);
    expect((await stage.status()).positions).toHaveLength(1);
  });

  it('leaves nothing of a rehearsal in the books of the real exchange', async () => {
    const stage = await LiveExchange.open();
    stage.isRehearsal = true;
    await stage.restart();
    await stage.goLive();
    await stage.buy(20);
    await stage.pass(4_000);
    expect((await stage.status()).positions).toHaveLength(1);
    stage.isRehearsal = false;
    await stage.restart();
    await stage.refusal('live.connect', {});
    expect(await stage.status()).toMatchObject({ positions: [], today: { trades: 0 } });
  });
});

async function keyOf(stage: LiveExchange) {
  const kept = await stage.vault.read('binanceus');
  if (!kept.ok || kept.value === null) throw new Error('There is no key.');
  return kept.value.credentials;
}
