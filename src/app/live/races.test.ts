/** Sequences that try to break live mode's promises: several things at once, in the worst order. */

import { describe, expect, it } from 'vitest';
import { settled } from '../trading/testing/live-clock.ts';
import { BTC_PRICE, LiveExchange, TOKEN } from './testing/live-exchange.ts';

const DAY_MS = 86_400_000;
const OTHER_KEY = { apiKey: 'another-key-0001', secret: 'another-secret-0001' };
const KEY = { venue: 'binanceus', place: 'keychain' } as const;

/** What the exchange was sent to buy with, however it ended. */
function purchases({ simulator }: LiveExchange): number {
  return simulator.control.truth().orders.filter(({ side }) => side === 'BUY').length;
}

describe('confirming', () => {
  it('counts the wrong tries of two windows together', async () => {
    const stage = await LiveExchange.open();
    await stage.call('live.connect', {});
    const tries = Array.from({ length: 6 }, () =>
      stage.refusal('live.confirm', { text: 'no', shown: stage.shown }),
    );
    const answers = await Promise.all(tries);
    expect(answers.at(-1)?.sentence).toMatch(/wrong too often/);
    expect(
      (await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }))?.sentence,
    ).toMatch(/too often/);
    expect((await stage.state()).isLive).toBe(false);
    await stage.pass(60_000);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  });

  it('waits no longer than a minute where the clock is set back meanwhile', async () => {
    const stage = await LiveExchange.open();
    await stage.call('live.connect', {});
    for (let count = 0; count < 5; count += 1) {
      await stage.refusal('live.confirm', { text: 'no', shown: stage.shown });
    }
    stage.clock.set(stage.clock.now - 3_600_000);
    await stage.check();
    expect(
      (await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }))?.sentence,
    ).toMatch(/again in 60 seconds/);
    await stage.pass(61_000);
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  });

  it('is undone by a disconnection that was asked for at the same moment', async () => {
    const stage = await LiveExchange.open();
    await stage.call('live.connect', {});
    await Promise.all([
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
      stage.refusal('live.disconnect', {}),
    ]);
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false });
    await Promise.all([
      stage.refusal('live.disconnect', {}),
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
    ]);
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false });
  });
});

describe('the emergency stop', () => {
  it('holds where it comes while the exchange is being connected', async () => {
    const stage = await LiveExchange.open();
    const connecting = stage.live.connect();
    await settled();
    await stage.stop(false);
    await connecting;
    await stage.quiet();
    expect((await stage.status()).tradingState).toBe('halted');
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      sentence: 'Trading is halted by the emergency stop. Arm it again first.',
    });
  });

  it('holds where it comes at any moment of connecting', async () => {
    const stage = await LiveExchange.live();
    for (let moment = 0; moment < 12; moment += 1) {
      await stage.call('live.disconnect', {});
      const connecting = stage.live.connect();
      for (let turn = 0; turn < moment; turn += 1) await settled();
      await stage.stop(false);
      await connecting;
      await stage.quiet();
      expect((await stage.status()).tradingState).toBe('halted');
      await stage.call('trading.arm', { account: 'live' });
    }
  });

  it('holds for an account that is not connected, over a restart', async () => {
    const stage = await LiveExchange.live();
    await stage.call('live.disconnect', {});
    await stage.stop(false);
    await stage.restart();
    await stage.call('live.connect', {});
    expect((await stage.status()).tradingState).toBe('halted');
  });

  it('is not ended by asking for exits only', async () => {
    const stage = await LiveExchange.live();
    await stage.call('trading.stop', { flatten: false });
    await stage.refusal('trading.reduce', { account: 'live' });
    expect((await stage.status()).tradingState).toBe('halted');
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      code: 'LIVE_NOT_READY',
    });
  });

  it('pressed twice at once, and with a confirmation beside it, stays in force', async () => {
    const stage = await LiveExchange.live();
    await Promise.all([
      stage.refusal('trading.stop', { flatten: false }),
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
      stage.refusal('trading.stop', { flatten: true }),
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
    ]);
    expect((await stage.state()).isLive).toBe(false);
    expect((await stage.status()).tradingState).toBe('halted');
  });

  it('between a purchase and its stop leaves no position without one', async () => {
    const stage = await LiveExchange.live();
    const { cost } = await stage.call('live.test-plan', {});
    const buying = stage.refusal('live.test-buy', { cost });
    const stopping = stage.refusal('trading.stop', { flatten: false });
    await Promise.all([buying, stopping]);
    await stage.pass(6_000);
    const { positions, tradingState } = await stage.status();
    expect(tradingState).toBe('halted');
    for (const position of positions) expect(position.guardPlace).toBe('exchange');
    expect(positions.length).toBe(purchases(stage));
  });
});

describe('a key', () => {
  it('that is forgotten while it connects is not traded with', async () => {
    const stage = await LiveExchange.open();
    const connecting = stage.live.connect();
    await settled();
    const forgetting = stage.refusal('keys.forget', { venue: 'binanceus' });
    const confirmations = [];
    while (stage.live.state().key !== null || stage.live.state().isConnected) {
      await settled();
      if (stage.live.state().key === null) {
        confirmations.push(
          await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
        );
      }
      if (confirmations.length > 50) break;
    }
    await Promise.all([connecting, forgetting]);
    expect(confirmations).not.toContain(null);
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false, key: null });
  });

  it('that is forgotten switches live mode off before the vault has answered', async () => {
    const stage = await LiveExchange.live();
    const forget = stage.vault.forget.bind(stage.vault);
    const { promise: unlocked, resolve: unlock } = Promise.withResolvers<void>();
    stage.vault.forget = async (venue) => {
      await unlocked;
      return forget(venue);
    };
    const forgetting = stage.refusal('keys.forget', { venue: 'binanceus' });
    await settled();
    expect(stage.live.isLive).toBe(false);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).not.toBeNull();
    unlock();
    await forgetting;
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false });
  });

  it('that is saved twice at once leaves live mode off', async () => {
    const stage = await LiveExchange.live();
    await Promise.all([
      stage.refusal('keys.save', { ...KEY, ...OTHER_KEY }),
      stage.refusal('live.connect', {}),
      stage.refusal('keys.forget', { venue: 'binanceus' }),
      stage.refusal('live.connect', {}),
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
    ]);
    expect(await stage.state()).toMatchObject({ isLive: false, isConnected: false });
  });
});

describe('connecting', () => {
  it('twice at once opens one connection', async () => {
    const stage = await LiveExchange.open();
    await Promise.all([stage.refusal('live.connect', {}), stage.refusal('live.connect', {})]);
    expect(stage.market.openFeeds).toBe(1);
    await stage.call('live.disconnect', {});
    expect(stage.market.openFeeds).toBe(0);
  });

  it('does not count as synced because it was before', async () => {
    const stage = await LiveExchange.live();
    stage.simulator.control.fault({ kind: 'delay', path: '/account', times: 2, ms: 100 });
    const resuming = stage.live.resume();
    await settled();
    await stage.live.disconnect();
    await resuming;
    const state = await stage.state();
    expect(state.conditions.find(({ name }) => name === 'reconciled')?.holds).toBe(false);
  });

  it('is not synced again after a fault, whatever wakes it up', async () => {
    const stage = await LiveExchange.live();
    const session = stage.live.account()?.session;
    session?.dispatch({ kind: 'position-close', time: stage.clock.now, botId: 'no such bot' });
    await stage.quiet();
    expect(session?.fault).toContain('no such bot');
    expect((await stage.state()).isLive).toBe(false);
    await stage.live.resume();
    await stage.check();
    expect((await stage.state()).isReady).toBe(false);
    expect(await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown })).toMatchObject({
      code: 'LIVE_NOT_READY',
    });
    expect(stage.faults.splice(0)).toHaveLength(1);
  });

  it('and choosing another symbol at once ends on that one, unconfirmed', async () => {
    const stage = await LiveExchange.open();
    await Promise.all([
      stage.refusal('live.connect', {}),
      stage.refusal('live.choose', { venue: 'binanceus', symbol: 'ETH/USDT', revision: 0 }),
      stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown }),
    ]);
    expect(await stage.state()).toMatchObject({ symbol: 'ETH/USDT', isLive: false });
  });
});

describe('the clock', () => {
  it('set back over a lost day does not make it whole', async () => {
    const stage = await LiveExchange.live();
    stage.quote(51_900);
    await stage.quiet();
    const today = stage.clock.now;
    stage.clock.set(today - DAY_MS);
    await stage.restart();
    stage.clock.set(today + 1_000);
    await stage.call('live.connect', {});
    const lost = await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(lost?.sentence).toMatch(/Today has lost more than the limit/);
  });

  it('set forward and back again does not begin the day anew', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    const today = stage.clock.now;
    stage.clock.set(today + DAY_MS);
    await stage.pass(11_000);
    expect((await stage.status()).today).toMatchObject({ trades: 0 });
    expect((await stage.state()).isLive).toBe(false);
    stage.clock.set(today + 12_000);
    await stage.pass(11_000);
    expect((await stage.state()).isLive).toBe(false);
    const refusal = await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(refusal?.sentence).toMatch(/clock jumped/);
    await stage.check();
    const tooSoon = await stage.refusal('live.confirm', { text: TOKEN, shown: stage.shown });
    expect(tooSoon?.sentence).toMatch(/clock was ahead.*until 2026-01-06/);
    stage.clock.set(today + DAY_MS);
    await stage.pass(2_000);
    await stage.check();
    await stage.call('live.confirm', { text: TOKEN, shown: stage.shown });
  });

  it('that passes midnight opens one new day with what is held then', async () => {
    const stage = await LiveExchange.live();
    await stage.buy(20);
    await stage.pass(4_000);
    expect((await stage.status()).today).toMatchObject({ trades: 1 });
    stage.clock.set(Math.floor(stage.clock.now / DAY_MS + 1) * DAY_MS + 1);
    await stage.restart();
    await stage.until(() => stage.live.state().isReady);
    stage.quote(BTC_PRICE);
    await stage.pass(2_000);
    expect((await stage.status()).today).toMatchObject({ trades: 0 });
  });
});
