/** Everything that switches live mode off, on the exchange simulator: and with it off, nothing more is bought. */

import { describe, expect, it } from 'vitest';
import { LiveExchange, TOKEN } from './testing/live-exchange.ts';

/** What the exchange was sent to buy with, however it ended. */
function purchases({ simulator }: LiveExchange): number {
  return simulator.control.truth().orders.filter(({ side }) => side === 'BUY').length;
}

async function expectOff(stage: LiveExchange, because: RegExp): Promise<void> {
  const { isLive, shutBecause } = await stage.state();
  expect(isLive).toBe(false);
  expect(shutBecause).toMatch(because);
  const before = purchases(stage);
  const botId = 'test BTC/USDT';
  const entry = { botId, cost: 20, limit: null, stop: null, target: null };
  if (stage.live.account() !== null) {
    expect(await stage.refusal('bots.enter', { account: 'live', ...entry })).toMatchObject({
      code: 'LIVE_MODE_OFF',
    });
  }
  expect(purchases(stage)).toBe(before);
}

describe('live mode goes off', () => {
  it('when it is switched off', async () => {
    const stage = await LiveExchange.live();
    await stage.call('live.switch-off', {});
    await expectOff(stage, /switched off/);
    expect((await stage.status()).tradingState).toBe('reducing');
  });

  it('at a daily loss of more than 5 %, until the next day and a new confirmation', async () => {
    const stage = await LiveExchange.live();
    stage.quote(51_900);
    await stage.quiet();
    await expectOff(stage, /more than the limit/);
    expect(await stage.call('trading.alerts', { account: 'live' })).toMatchObject([
      { code: 'DAILY_LOSS_LIMIT' },
    ]);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      code: 'LIVE_NOT_READY',
    });
    await stage.restart();
    await stage.call('live.connect', {});
    const refusal = await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(refusal?.sentence).toContain('Today has lost more than the limit');
    await stage.pass(12 * 3_600_000 + 20_000);
    expect((await stage.state()).isLive).toBe(false);
    // Half a day passed while one check was on its way: that looks like a clock that is off.
    while (!(await stage.state()).isReady) await stage.check();
    stage.quote(51_900);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    expect((await stage.state()).isLive).toBe(true);
  }, 60_000);

  it('at the emergency stop, which also withdraws what is open and is latched', async () => {
    const stage = await LiveExchange.live();
    const entry = { botId: 'test BTC/USDT', cost: 20, stop: null, target: null };
    await stage.call('bots.enter', { account: 'live', ...entry, limit: 59_000 });
    const report = await stage.call('trading.stop', { flatten: false });
    expect(report).toMatchObject({ cancelled: [expect.any(String)], notCancelled: [] });
    await expectOff(stage, /emergency stop/);
    expect(stage.simulator.control.truth().orders).toMatchObject([{ status: 'CANCELED' }]);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      sentence: 'Trading is halted by the emergency stop. Arm it again first.',
    });
    await stage.call('trading.arm', { account: 'live' });
    expect((await stage.status()).tradingState).toBe('reducing');
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    expect((await stage.status()).tradingState).toBe('active');
  });

  it('after three failed health checks in a row, not after two', async () => {
    const stage = await LiveExchange.live();
    stage.simulator.control.fault({ kind: 'server-error', status: 503, path: '/time', times: 100 });
    await stage.check();
    await stage.check();
    expect((await stage.state()).isLive).toBe(true);
    await stage.check();
    await expectOff(stage, /Binance US/);
    expect(await stage.state()).toMatchObject({ health: { isHealthy: false } });
    stage.simulator.control.clearFaults();
    await stage.check();
    expect(await stage.state()).toMatchObject({ isLive: false, isReady: true });
  }, 30_000);

  it('when the key is given the right to withdraw', async () => {
    const stage = await LiveExchange.live();
    stage.simulator.control.setKeyRestrictions({ enableWithdrawals: true });
    await stage.check();
    await stage.until(() => !stage.live.isLive);
    await expectOff(stage, /withdraw/);
    expect(await stage.refusal('live.connect', {})).toMatchObject({ code: 'EXCHANGE_REFUSED' });
  });

  it('when the computer goes to sleep; it learns what happened before it can be confirmed again', async () => {
    const stage = await LiveExchange.live();
    stage.live.suspend();
    await expectOff(stage, /asleep/);
    stage.simulator.control.transfer('USDT', '500');
    await stage.live.resume();
    await stage.quiet();
    expect(await stage.state()).toMatchObject({ isReady: true });
    expect((await stage.status()).equity).toBeCloseTo(16_500, 6);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  });

  it('when another symbol or exchange is chosen', async () => {
    const stage = await LiveExchange.live();
    await stage.choose('binanceus', 'ETH/USDT');
    await expectOff(stage, /symbol was changed/);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    const older = { venue: 'binanceus', symbol: 'BTC/USDT', revision: 0 } as const;
    expect(await stage.refusal('live.choose', older)).toMatchObject({ code: 'SETTINGS_CHANGED' });
    expect(await stage.state()).toMatchObject({ isLive: true, symbol: 'ETH/USDT' });
    await stage.choose('binance', 'ETH/USDT');
    expect(await stage.state()).toMatchObject({
      isLive: false,
      isConnected: false,
      venue: { id: 'binance' },
      shutBecause: 'The exchange was changed.',
      key: null,
    });
  });

  it('when a bot on a symbol is added that was not confirmed', async () => {
    const stage = await LiveExchange.live();
    const bot = {
      account: 'live',
      name: 'Rosa',
      timeframe: '1h',
      strategy: null,
      sizing: { kind: 'fixed', cost: 20 },
      exits: { stopDistance: null, targetDistance: null, trailing: null, maxHoldMs: null },
    } as const;
    await stage.call('bots.add', { ...bot, symbol: 'BTC/USDT' });
    expect((await stage.state()).isLive).toBe(true);
    await stage.call('bots.add', { ...bot, symbol: 'ETH/USDT' });
    await expectOff(stage, /What is traded was changed/);
  });

  it('when the rules change', async () => {
    const stage = await LiveExchange.live();
    const rules = await stage.call('trading.rules', {});
    const limits = { ...rules.limits, maxTradesPerDay: 3 };
    await stage.call('trading.configure', { ...rules, limits });
    await expectOff(stage, /limits and symbols was changed/);
    expect((await stage.status()).today.maxTrades).toBe(3);
  });

  it('when the key is forgotten or another one is saved', async () => {
    const stage = await LiveExchange.live();
    const other = { apiKey: 'another-key-0001', secret: 'another-secret-0001' };
    await stage.call('keys.save', { venue: 'binanceus', ...other, place: 'keychain' });
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false });
    expect((await stage.refusal('live.connect', {}))?.sentence).toMatch(/Binance US says the key/);
    await stage.call('keys.forget', { venue: 'binanceus' });
    expect(await stage.refusal('live.connect', {})).toMatchObject({ code: 'KEY_MISSING' });
  });

  it('at a restart; a position that was left is watched, and live mode stays off', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    await stage.restart();
    await stage.until(() => stage.live.state().isReady);
    expect(await stage.state()).toMatchObject({ isConnected: true, isLive: false });
    expect((await stage.status()).positions).toMatchObject([
      { symbol: 'BTC/USDT', guardPlace: 'exchange' },
    ]);
    stage.quote(56_500);
    await stage.pass(4_000);
    expect((await stage.status()).positions).toEqual([]);
  });
});
