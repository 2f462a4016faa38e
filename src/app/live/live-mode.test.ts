/** Live mode from the first connection to the first trade, on the exchange simulator, through ccxt as it is. */

import { describe, expect, it } from 'vitest';
import { settled } from '../trading/testing/live-clock.ts';
import { BTC_PRICE, LiveExchange, TOKEN } from './testing/live-exchange.ts';

const conditionsOf = async (stage: LiveExchange) =>
  Object.fromEntries((await stage.state()).conditions.map(({ name, holds }) => [name, holds]));

describe('the way to live mode', () => {
  it('begins with it off, every condition with its reason', async () => {
    const stage = await LiveExchange.open();
    expect(await stage.state()).toMatchObject({
      venue: { id: 'binanceus', name: 'Binance US' },
      symbol: 'BTC/USDT',
      isLive: false,
      isReady: false,
      isConnected: false,
      shutBecause: null,
      confirmBy: { kind: 'token' },
      key: { masked: 'simu…', place: 'keychain' },
    });
    expect(await conditionsOf(stage)).toEqual({
      allowed: true,
      healthy: false,
      credentials: false,
      reconciled: false,
      'loss-limit': true,
      confirmed: false,
    });
  });

  it('validates and syncs, and takes its equity from the exchange', async () => {
    const stage = await LiveExchange.open();
    expect(await stage.call('live.connect', {})).toEqual({
      sentence: 'Credentials validated and synced.',
    });
    stage.quote(BTC_PRICE);
    const status = await stage.status();
    expect(status).toMatchObject({ mode: 'live', tradingState: 'reducing', equity: 16_000 });
    expect(status.balances).toMatchObject([
      { currency: 'BTC', amount: 0.1, worth: 6_000 },
      { currency: 'USDT', amount: 10_000 },
    ]);
    expect(await stage.state()).toMatchObject({ isReady: true, isLive: false, isConnected: true });
  });

  it('is told to who watches before the answer: no window says "synced" beside "not connected"', async () => {
    const stage = await LiveExchange.open();
    const told = stage.watchGate();
    await settled();
    expect(told.at(-1)).toMatchObject({ isConnected: false });
    await stage.call('live.connect', {});
    expect(told.at(-1)).toMatchObject({ isConnected: true, isReady: true });
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(told.at(-1)).toMatchObject({ isLive: true });
    await stage.call('live.switch-off', {});
    expect(told.at(-1)).toMatchObject({ isLive: false });
  });

  it('is gone with the typed token, and with nothing else', async () => {
    const stage = await LiveExchange.open();
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      code: 'LIVE_NOT_READY',
    });
    await stage.call('live.connect', {});
    expect(await stage.refusal('live.confirm', { text: 'yes', shown: stage.shown })).toMatchObject({
      code: 'CONFIRMATION_WRONG',
    });
    expect((await stage.state()).isLive).toBe(false);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(await stage.state()).toMatchObject({ isLive: true });
    expect((await stage.status()).tradingState).toBe('active');
  });

  it('is not gone for what another window has changed since it was shown', async () => {
    const stage = await LiveExchange.open();
    await stage.call('live.connect', {});
    const seen = stage.shown;
    await stage.choose('binanceus', 'ETH/USDT');
    await stage.until(() => stage.live.state().isReady);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: seen })).toMatchObject({
      code: 'SETTINGS_CHANGED',
    });
    const rules = await stage.call('trading.rules', {});
    const beforeRules = stage.shown;
    await stage.call('trading.configure', {
      ...rules,
      limits: { ...rules.limits, maxTradeUsd: 40 },
    });
    await stage.until(() => stage.live.state().isReady);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: beforeRules })).toMatchObject({
      code: 'SETTINGS_CHANGED',
    });
    const beforeKey = stage.shown;
    await stage.call('keys.save', {
      venue: 'binanceus',
      apiKey: 'another-key-of-theirs',
      secret: 'another-secret',
      place: 'file',
    });
    expect(stage.shown).not.toBe(beforeKey);
    expect((await stage.state()).isLive).toBe(false);
  });

  it('stays shut without ALLOW_LIVE', async () => {
    const stage = await LiveExchange.open({ isAllowed: false });
    await stage.call('live.connect', {});
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toEqual({
      code: 'LIVE_NOT_READY',
      sentence:
        'Live mode is off: nothing is bought. Live trading is not allowed here. Start with ALLOW_LIVE=1 to allow it.',
    });
  });
});

describe('a test trade', () => {
  it('says what it costs, buys it, guards it at the exchange, and sells it', async () => {
    const stage = await LiveExchange.live();
    const plan = await stage.call('live.test-plan', {});
    expect(plan).toMatchObject({ symbol: 'BTC/USDT', cost: 6.13 });
    expect(plan.raisedBecause).toContain('on Binance US need at least 5.05 USDT');
    expect(await stage.call('live.test-buy', { cost: plan.cost })).toMatchObject({
      kind: 'submitted',
      order: { side: 'buy', cost: 6.13 },
    });
    await stage.pass(4_000);
    const [position] = (await stage.status()).positions;
    expect(position).toMatchObject({ symbol: 'BTC/USDT', guardPlace: 'exchange' });
    await stage.call('live.test-sell', {});
    await stage.pass(4_000);
    const status = await stage.status();
    expect(status).toMatchObject({ positions: [], openOrders: [], today: { trades: 1 } });
    expect(await stage.call('trading.trades', { account: 'live' })).toHaveLength(1);
    const { orders } = stage.simulator.control.truth();
    expect(orders.map(({ side, status: state }) => [side, state])).toEqual([
      ['BUY', 'FILLED'],
      ['SELL', 'CANCELED'],
      ['SELL', 'FILLED'],
    ]);
  });

  it('is not made while live mode is off, nor for another sum than was shown', async () => {
    const stage = await LiveExchange.open();
    await stage.call('live.connect', {});
    stage.quote(BTC_PRICE);
    const plan = await stage.call('live.test-plan', {});
    expect(await stage.refusal('live.test-buy', { cost: plan.cost })).toMatchObject({
      code: 'LIVE_MODE_OFF',
    });
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(await stage.refusal('live.test-buy', { cost: 40 })).toMatchObject({
      code: 'LIVE_NOT_READY',
    });
    expect(stage.simulator.control.truth().orders).toEqual([]);
  });
});
