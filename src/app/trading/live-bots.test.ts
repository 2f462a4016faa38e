/** Bots on a live market, told through the contract: history first, then decisions, fills and guards. */

import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../core/domain/timeframe.ts';
import { aStrategyThatThrows } from './testing/live-strategy.ts';
import { settled } from './testing/live-clock.ts';
import { flatBar } from './testing/live-market.ts';
import { FALLING, LiveStage, START } from './testing/live-stage.ts';

async function stageWithHistory(): Promise<LiveStage> {
  const stage = await LiveStage.open();
  stage.market.addHistory('BTC/USDT', '1m', START, FALLING);
  await stage.begin();
  return stage;
}

describe('a bot on a live market', () => {
  it('learns its history, buys at the ask when a bar crosses, and leaves a stop at the exchange', async () => {
    const stage = await stageWithHistory();
    const botId = await stage.crossBot();
    expect((await stage.status()).bots).toMatchObject([
      { id: botId, status: 'running', isWarm: true, lastBar: START - MINUTE_MS },
    ]);
    await stage.quote(100, 101, 'BTC/USDT', [
      [101, 0.1],
      [101.4, 1_000],
    ]);
    await stage.bar(110);

    const status = await stage.status();
    // 10.1 at 101 and 9.9 at 101.4, moved by the slippage of 1 bp.
    const price = (20 / (0.1 + 9.9 / 101.4)) * 1.0001;
    const [position] = status.positions;
    expect(position).toMatchObject({ botId, symbol: 'BTC/USDT', guardPlace: 'exchange' });
    expect(position?.entryPrice).toBeCloseTo(price, 9);
    expect(position?.amount).toBeCloseTo(0.1976, 9);
    expect(position?.stop).toBeCloseTo(price * 0.95, 9);
    expect(status.openOrders).toMatchObject([
      { side: 'sell', type: 'stop-loss', state: 'accepted' },
    ]);
    expect(status.today).toMatchObject({ trades: 1, maxTrades: 20, lossLimitBreached: false });
    const paid = (position?.amount ?? 0) * price * 1.001;
    const cash = status.balances.find(({ currency }) => currency === 'USDT')?.amount;
    expect(cash).toBeCloseTo(1_000 - paid, 9);
    // Marked in the middle by quotes, and by the last close after a bar.
    expect(status.equity).toBeCloseTo(1_000 - paid + (position?.amount ?? 0) * 110, 9);
    expect(stage.faults).toEqual([]);
  });

  it('decides nothing before its history has arrived, and asks again for what failed', async () => {
    const stage = await stageWithHistory();
    stage.market.isDown = true;
    await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(110);
    expect(await stage.status()).toMatchObject({
      positions: [],
      bots: [{ isWarm: false, lastBar: null }],
    });
    stage.market.isDown = false;
    await stage.clock.advance(15_000);
    expect(await stage.status()).toMatchObject({ positions: [], bots: [{ isWarm: true }] });
    await stage.bar(105);
    await stage.quote(100, 101);
    await stage.bar(111);
    expect((await stage.status()).positions).toHaveLength(1);
  });

  it('asks for a failed history once every 15 s, also when other bots come and go', async () => {
    const stage = await stageWithHistory();
    stage.market.isDown = true;
    await stage.crossBot();
    await stage.addBot({ symbol: 'ETH/USDT' });
    const gone = await stage.crossBot();
    await stage.call('bots.remove', { botId: gone });
    const asked = stage.market.requests.length;
    await stage.clock.advance(60_000);
    expect(stage.market.requests.length - asked).toBe(4);
  });

  it('is shown the bars it missed before it decides', async () => {
    const stage = await stageWithHistory();
    await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(120, false);
    await stage.bar(110);
    expect(await stage.status()).toMatchObject({
      positions: [],
      bots: [{ lastBar: START + MINUTE_MS }],
    });
    expect(stage.market.requests.at(-1)).toEqual({
      symbol: 'BTC/USDT',
      from: START,
      to: START + MINUTE_MS,
    });
    await stage.quote(100, 101);
    await stage.bar(111);
    expect((await stage.status()).positions).toHaveLength(1);
  });

  it('does not act on a bar that it hears of a bar’s length late, but learns from it', async () => {
    const stage = await stageWithHistory();
    await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(110, false);
    await stage.clock.advance(MINUTE_MS);
    stage.market.tellBar('BTC/USDT', '1m', flatBar(START, 110));
    await settled();
    expect(await stage.status()).toMatchObject({ positions: [], bots: [{ lastBar: START }] });
  });

  it('takes a bar that is told twice once', async () => {
    const stage = await stageWithHistory();
    const botId = await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(110);
    await stage.call('bots.close', { botId });
    await settled();
    stage.market.tellBar('BTC/USDT', '1m', flatBar(START, 110));
    await settled();
    expect(await stage.status()).toMatchObject({ positions: [], today: { trades: 1 } });
  });

  it('that comes while others wait for a gap is warmed up like any other', async () => {
    const stage = await stageWithHistory();
    await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(105, false);
    const release = stage.market.hold();
    await stage.bar(104);
    const late = await stage.crossBot();
    release();
    await settled();
    const asked = stage.market.requests.filter(({ from }) => from < START);
    expect(asked).toHaveLength(2);
    expect((await stage.status()).bots.find(({ id }) => id === late)).toMatchObject({
      isWarm: true,
      lastBar: START + MINUTE_MS,
    });
  });

  it('whose strategy fails ends alone; the others go on', async () => {
    aStrategyThatThrows();
    const stage = await stageWithHistory();
    const broken = await stage.addBot({ strategy: { name: 'throws', params: {} } });
    const sound = await stage.crossBot();
    await stage.quote(100, 101);
    await stage.bar(110);
    const { bots, positions, fault } = await stage.status();
    expect(fault).toBeNull();
    expect(bots.find(({ id }) => id === broken)).toMatchObject({
      status: 'failed',
      error: 'The strategy failed: It fell over.',
    });
    expect(positions).toMatchObject([{ botId: sound }]);
    expect(await stage.alertCodes()).toEqual(['BOT_FAILED']);
  });

  it('does not buy while it is paused or stopped, and still knows every bar when it is started', async () => {
    const stage = await stageWithHistory();
    const botId = await stage.crossBot();
    await stage.quote(100, 101);
    for (const call of ['bots.pause', 'bots.stop'] as const) {
      await stage.call(call, { botId });
      await stage.bar(110);
      await stage.bar(105);
    }
    expect(await stage.status()).toMatchObject({ positions: [], bots: [{ status: 'stopped' }] });
    await stage.call('bots.start', { botId });
    await stage.quote(100, 101);
    await stage.bar(106);
    expect(await stage.status()).toMatchObject({
      positions: [{ botId }],
      bots: [{ status: 'running' }],
    });
  });

  it('is removed only once it holds nothing', async () => {
    const stage = await stageWithHistory();
    const botId = await stage.addBot();
    await stage.quote(100, 100);
    await stage.enter(botId);
    expect(await stage.refusal('bots.remove', { botId })).toBe('BOT_BUSY');
    await stage.call('bots.close', { botId });
    await settled();
    expect(await stage.refusal('bots.remove', { botId })).toBeNull();
    expect((await stage.status()).bots).toEqual([]);
    expect(await stage.refusal('bots.start', { botId })).toBe('BOT_NOT_FOUND');
    await stage.restart();
    expect((await stage.status()).bots).toEqual([]);
  });

  it('can be removed, and its account ended, while its history is on the way', async () => {
    const stage = await stageWithHistory();
    const removed = await stage.crossBot();
    await stage.crossBot();
    await stage.quote(100, 101);
    const release = stage.market.hold();
    await stage.bar(105, false);
    await stage.quote(100, 101);
    await stage.bar(111);
    await stage.call('bots.remove', { botId: removed });
    const begun = stage.begin({ USDT: 70 });
    await settled();
    release();
    await begun;
    expect(await stage.status()).toMatchObject({ equity: 70, bots: [], fault: null });
    expect(stage.sentOrders()).toEqual([]);
  });

  it('needs a strategy that exists, parameters that fit and a symbol that the market knows', async () => {
    const stage = await stageWithHistory();
    const strategy = (name: string, params: Record<string, number>) => ({ name, params });
    const add = (changes: object) => stage.addBot(changes).catch(String);
    expect(await add({ strategy: strategy('none', {}) })).toContain('BOT_INVALID');
    expect(await add({ strategy: strategy('sma-cross', { fast: 9, slow: 3 }) })).toContain(
      'BOT_INVALID',
    );
    expect(await add({ symbol: 'ABC/USDT' })).toContain('FEED_UNAVAILABLE');
    expect((await stage.status()).bots).toEqual([]);
  });
});
