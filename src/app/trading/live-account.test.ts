/** Paper accounts over the contract: begun, ended, under other rules, and what their books are exported as. */

import { describe, expect, it } from 'vitest';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { settled } from './testing/live-clock.ts';
import { LiveStage } from './testing/live-stage.ts';

async function traded(): Promise<{ readonly stage: LiveStage; readonly botId: string }> {
  const stage = await LiveStage.open();
  await stage.begin();
  const botId = await stage.addBot({ name: 'Rosa' });
  await stage.quote(100);
  await stage.enter(botId, { cost: 20 });
  return { stage, botId };
}

describe('a paper account', () => {
  it('is needed for everything but its rules', async () => {
    const stage = await LiveStage.open();
    expect(await stage.refusal('trading.status', {})).toBe('NO_ACCOUNT');
    expect(await stage.refusal('trading.orders', { limit: 1 })).toBe('NO_ACCOUNT');
    expect(await stage.refusal('bots.pause', { botId: 'b' })).toBe('NO_ACCOUNT');
    await expect(stage.addBot()).rejects.toThrow('NO_ACCOUNT');
    expect(await stage.refusal('trading.rules', {})).toBeNull();
  });

  it('begins with what is put in, at a venue that exists', async () => {
    const stage = await LiveStage.open();
    const balances = [{ currency: 'USDT', amount: 250 }];
    expect(await stage.refusal('trading.begin', { venue: 'nowhere', balances })).toBe(
      'FEED_UNAVAILABLE',
    );
    expect(await stage.refusal('trading.status', {})).toBe('NO_ACCOUNT');
    await stage.call('trading.begin', { venue: 'hand', balances });
    expect(await stage.status()).toMatchObject({
      mode: 'paper',
      venue: 'Hand-driven',
      tradingState: 'active',
      equity: 250,
      today: { openingEquity: 250, pnl: 0, trades: 0 },
      balances: [{ currency: 'USDT', amount: 250, worth: 250 }],
    });
  });

  it('is not ended while something is open; ended, its history stays in the books', async () => {
    const { stage, botId } = await traded();
    const again = { venue: 'hand', balances: [{ currency: 'USDT', amount: 70 }] };
    expect(await stage.refusal('trading.begin', again)).toBe('ACCOUNT_BUSY');
    await stage.call('bots.close', { botId });
    await settled();
    const old = stage.store.current();
    await stage.call('trading.begin', again);
    expect(await stage.status()).toMatchObject({ equity: 70, bots: [], today: { trades: 0 } });
    expect(await stage.call('trading.trades', {})).toEqual([]);
    const accountId = old?.id ?? NaN;
    const [now, before, ...others] = await stage.call('trading.accounts', {});
    expect(others).toEqual([]);
    expect(now).toMatchObject({ account: 'paper', venueId: 'hand', endedAt: null, trades: 0 });
    const bots = [{ id: botId, name: 'Rosa' }];
    expect(before).toMatchObject({ accountId, trades: 1, bots });
    expect(before?.endedAt).toBe(now?.startedAt);
    expect(await stage.call('trading.trades', { accountId })).toHaveLength(1);
    const [order] = await stage.call('trading.orders', { accountId, limit: 10 });
    const orderId = order?.id ?? '';
    expect(await stage.call('trading.order-life', { accountId, orderId })).not.toEqual([]);
    expect(await stage.call('trading.order-life', { orderId })).toEqual([]);
    expect(await stage.refusal('trading.trades', { accountId: 99 })).toBe('NO_ACCOUNT');
    await stage.restart();
    expect(await stage.status()).toMatchObject({ equity: 70, bots: [] });
    const next = await stage.addBot();
    await stage.quote(100);
    expect(await stage.enter(next)).toMatchObject({ kind: 'submitted' });
  });

  it('that is begun twice at once is one account', async () => {
    const stage = await LiveStage.open();
    const begin = { venue: 'hand', balances: [{ currency: 'USDT', amount: 70 }] };
    const both = [stage.refusal('trading.begin', begin), stage.refusal('trading.begin', begin)];
    expect(await Promise.all(both)).toEqual([null, null]);
    expect((await stage.status()).equity).toBe(70);
  });
});

describe('stricter rules', () => {
  it('hold at once and after a restart; looser ones are refused', async () => {
    const { stage, botId } = await traded();
    const rules = await stage.call('trading.rules', {});
    const limits = { ...rules.limits, maxTradesPerDay: 1 };
    await stage.call('trading.configure', { ...rules, limits });
    await stage.quote(100);
    await stage.call('bots.close', { botId });
    await settled();
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_TRADE_LIMIT' });
    await stage.restart();
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_TRADE_LIMIT' });
    const looser = { ...rules, limits: { ...HARD_LIMITS, maxTradeUsd: 51 } };
    expect(await stage.refusal('trading.configure', looser)).toBe('LIMIT_INVALID');
    expect((await stage.call('trading.rules', {})).limits.maxTradesPerDay).toBe(1);
  });

  it('are not made looser again by an older form, whichever of two comes first', async () => {
    const { stage } = await traded();
    const shown = await stage.call('trading.rules', {});
    const most = (maxTradeUsd: number) => ({ ...shown, limits: { ...shown.limits, maxTradeUsd } });
    const both = [most(10), most(50)].map((rules) => stage.refusal('trading.configure', rules));
    expect(await Promise.all(both)).toEqual([null, 'SETTINGS_CHANGED']);
    const looser = { ...shown, protections: { ...shown.protections, maxOpenPositions: null } };
    expect(await stage.refusal('trading.configure', looser)).toBe('SETTINGS_CHANGED');
    await stage.restart();
    expect(await stage.refusal('trading.configure', shown)).toBe('SETTINGS_CHANGED');
    const now = await stage.call('trading.rules', {});
    expect([now.limits.maxTradeUsd, now.revision]).toEqual([10, 1]);
    expect(await stage.refusal('trading.configure', now)).toBeNull();
  });

  it('keep a position and its stop as they are', async () => {
    const { stage } = await traded();
    const { positions, openOrders } = await stage.status();
    const rules = await stage.call('trading.rules', {});
    await stage.call('trading.configure', { ...rules, whitelist: [] });
    expect(await stage.status()).toMatchObject({ positions, openOrders });
    await stage.quote(90);
    expect((await stage.status()).positions).toEqual([]);
  });
});

describe('an export', () => {
  it('of trades names the bot, and keeps its rows when it is removed', async () => {
    const { stage, botId } = await traded();
    await stage.quote(110);
    await stage.call('bots.close', { botId });
    await settled();
    const named = await exported(stage, 'trades-csv');
    expect(named).toHaveLength(2);
    expect(named[1]).toContain('Rosa');
    await stage.call('bots.remove', { botId });
    expect(await exported(stage, 'trades-csv')).toEqual(named);
  });

  it('of the tax return matches what was sold with what was bought first', async () => {
    const { stage, botId } = await traded();
    await stage.quote(110);
    await stage.call('bots.close', { botId });
    await settled();
    const [head, bought, sold, ...more] = await exported(stage, 'tax-csv');
    const columns = head?.split(',') ?? [];
    const cell = (row: string | undefined, name: string): number =>
      Number(row?.split(',')[columns.indexOf(name)]);
    expect(more).toEqual([]);
    expect(bought).toContain('buy');
    expect(sold).toContain('sell');
    const [trade] = await stage.call('trading.trades', {});
    expect(cell(sold, 'amount')).toBe(cell(bought, 'amount'));
    expect(cell(sold, 'realised_pnl')).toBeCloseTo(trade?.trade.pnl ?? NaN, 9);
  });
});

async function exported(
  stage: LiveStage,
  format: 'trades-csv' | 'tax-csv',
): Promise<readonly string[]> {
  const { bytes } = await stage.call('trading.export', { format });
  return new TextDecoder().decode(bytes).trim().split(/\r?\n/);
}
