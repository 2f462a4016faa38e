/** An app that is closed, or dies, at every point of a position's life, and goes on where it was. */

import { describe, expect, it } from 'vitest';
import type { TradingStatus } from '../../contract/trading.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import { settled } from './testing/live-clock.ts';
import { FALLING, LiveStage, START } from './testing/live-stage.ts';

const ENDS = ['restart', 'crash'] as const;

/** An account with one bot by hand and a price of 100. */
async function ready(): Promise<{ readonly stage: LiveStage; readonly botId: string }> {
  const stage = await LiveStage.open();
  await stage.begin();
  const botId = await stage.addBot();
  await stage.quote(100);
  return { stage, botId };
}

/** All but what belongs to one run: its connection, and the bars that it has heard of. */
function kept({ connection: _, priceAt: _at, bots, ...rest }: TradingStatus): unknown {
  return { ...rest, bots: bots.map(({ isWarm: _warm, lastBar: _last, ...bot }) => bot) };
}

describe.each(ENDS)('after a %s', (end) => {
  it('everything is as it was: a position, its pair of exits, an entry that waits', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95, target: 110 });
    const second = await stage.addBot({ symbol: 'ETH/USDT' });
    await stage.quote(50, 50, 'ETH/USDT');
    await stage.enter(second, { limit: 45 });
    const before = kept(await stage.status());
    await stage[end]();
    expect(kept(await stage.status())).toEqual(before);
    await stage.quote(50, 50, 'ETH/USDT');
    await stage.quote(100);
    expect(stage.sentOrders()).toHaveLength(4);
  });

  it('the stop still fills, and the bot can trade again', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    await stage[end]();
    await stage.quote(94);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    await stage[end]();
    await stage.quote(94);
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
    expect((await stage.status()).today.trades).toBe(2);
    const ids = stage.sentOrders().map(({ order }) => order.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(4);
  });

  it('a limit entry still fills, and gets its stop', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { limit: 90, stop: 85 });
    await stage[end]();
    await stage.quote(89);
    expect(await stage.status()).toMatchObject({
      positions: [{ entryPrice: 90, stop: 85, guardPlace: 'exchange' }],
      openOrders: [{ type: 'stop-loss', price: 85 }],
    });
  });

  it('a bot is warmed up again and acts on the next bar', async () => {
    const stage = await LiveStage.open();
    stage.market.addHistory('BTC/USDT', '1m', START, FALLING);
    await stage.begin();
    const botId = await stage.crossBot();
    await stage[end]();
    expect((await stage.status()).bots).toMatchObject([{ id: botId, isWarm: true }]);
    await stage.quote(100, 101);
    await stage.bar(110);
    expect((await stage.status()).positions).toMatchObject([{ botId }]);
    await stage[end]();
    await stage.quote(100, 101);
    await stage.bar(90);
    expect((await stage.status()).positions).toEqual([]);
    expect((await stage.call('trading.trades', {})).map(({ trade }) => trade.exitReason)).toEqual([
      'signal',
    ]);
  });

  it('what a person has paused, removed and taken out stays so', async () => {
    const { stage, botId } = await ready();
    const gone = await stage.addBot();
    await stage.call('bots.remove', { botId: gone });
    await stage.call('bots.pause', { botId });
    await stage.call('trading.transfer', { currency: 'USDT', amount: -400 });
    await stage[end]();
    expect(await stage.status()).toMatchObject({
      equity: 600,
      bots: [{ id: botId, status: 'paused' }],
      today: { pnl: 0 },
    });
    await stage.call('trading.reduce', {});
    await stage[end]();
    expect((await stage.status()).tradingState).toBe('reducing');
  });

  it('the books are whole: orders, trades, days and alerts', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    await stage.quote(94);
    await stage.call('trading.stop', { flatten: false });
    const books = async (): Promise<unknown> => [
      await stage.call('trading.orders', { limit: 100 }),
      await stage.call('trading.trades', {}),
      await stage.call('trading.days', {}),
      await stage.call('trading.alerts', {}),
    ];
    const before = await books();
    await stage[end]();
    expect(await books()).toEqual(before);
  });

  it('a day that was slept through has its own opening', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    await stage[end]();
    await stage.clock.advance(DAY_MS);
    await stage.quote(99);
    expect((await stage.status()).today).toMatchObject({ trades: 0, lossLimitBreached: false });
  });
});

describe('a crash between two commits', () => {
  it('of the exchange and of ours: the fill is found, and the position gets its stop', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { limit: 90, stop: 85 });
    // The exchange keeps its fill; what we are told of it never reaches our books.
    stage.expectsFaults = true;
    stage.isDiskFull = true;
    stage.isLatchLost = true;
    await stage.quote(89);
    stage.isDiskFull = false;
    await stage.crash();
    expect(await stage.status()).toMatchObject({
      fault: null,
      tradingState: 'active',
      positions: [{ entryPrice: 90, guardPlace: 'exchange' }],
      openOrders: [{ type: 'stop-loss', price: 85 }],
    });
    await settled();
    expect(stage.sentOrders()).toHaveLength(2);
  });

  it('a stop that filled as we died is booked, and not sold twice', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 95 });
    stage.expectsFaults = true;
    stage.isDiskFull = true;
    stage.isLatchLost = true;
    await stage.quote(94);
    stage.isDiskFull = false;
    await stage.crash();
    const { positions, balances, openOrders } = await stage.status();
    expect({ positions, openOrders }).toEqual({ positions: [], openOrders: [] });
    expect(balances.map(({ currency }) => currency)).toEqual(['USDT']);
    expect(stage.sentOrders()).toHaveLength(2);
    expect(await stage.call('trading.trades', {})).toHaveLength(1);
  });

  it('a deposit that only the exchange knows is found, and is no profit', async () => {
    const { stage } = await ready();
    stage.expectsFaults = true;
    stage.isDiskFull = true;
    stage.isLatchLost = true;
    await stage.refusal('trading.transfer', { currency: 'USDT', amount: 500 });
    stage.isDiskFull = false;
    await stage.crash();
    expect(await stage.status()).toMatchObject({
      equity: 1_500,
      today: { openingEquity: 1_500, pnl: 0 },
    });
  });
});
