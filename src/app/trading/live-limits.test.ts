/** What an account may do and what guards it, over the contract: sizes, the day, stops, targets, money in and out. */

import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../core/domain/timeframe.ts';
import { settled } from './testing/live-clock.ts';
import { LiveStage, START } from './testing/live-stage.ts';

const MIDNIGHT = Math.ceil(START / DAY_MS) * DAY_MS;

interface Ready {
  readonly stage: LiveStage;
  readonly botId: string;
}

/** An account with a bot for orders by hand, and a price of 100. */
async function ready(balances: Readonly<Record<string, number>> = { USDT: 1_000 }): Promise<Ready> {
  const stage = await LiveStage.open();
  await stage.begin(balances);
  const botId = await stage.addBot();
  await stage.quote(100);
  return { stage, botId };
}

async function inAndOut({ stage, botId }: Ready): Promise<void> {
  expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
  await stage.call('bots.close', { botId });
  await settled();
}

describe('an order by hand', () => {
  it('over the largest size is cut to it, and the answer says so', async () => {
    const { stage, botId } = await ready();
    const answer = await stage.enter(botId, { cost: 100, stop: 99 });
    expect(answer).toMatchObject({
      kind: 'submitted',
      order: {
        side: 'buy',
        cost: 50,
        askedCost: 100,
        adjustments: ['100.00 was asked, 50.00 is the most for one trade.'],
      },
    });
    expect((await stage.status()).positions[0]?.amount).toBeCloseTo(0.4999, 9);
  });

  it('that no size could make right is denied with its reason', async () => {
    const { stage, botId } = await ready();
    expect(await stage.enter(botId, { cost: 1 })).toMatchObject({
      code: 'NOTIONAL_BELOW_MINIMUM',
    });
    expect(await stage.enter(botId, { stop: 100 })).toMatchObject({ code: 'STOP_NOT_BELOW_PRICE' });
    const xyz = await stage.addBot({ symbol: 'XYZ/USDT' });
    expect(await stage.enter(xyz)).toMatchObject({ code: 'NO_FRESH_PRICE' });
    await stage.quote(100, 100, 'XYZ/USDT');
    expect(await stage.enter(xyz)).toMatchObject({ code: 'SYMBOL_NOT_WHITELISTED' });
    expect(await stage.call('trading.orders', { limit: 10 })).toEqual([]);
  });

  it('while the bot holds a position is denied', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId);
    expect(await stage.enter(botId)).toMatchObject({ code: 'POSITION_OPEN' });
    await stage.call('bots.close', { botId });
    await settled();
    expect(await stage.enter(botId, { limit: 90 })).toMatchObject({ kind: 'submitted' });
    expect(await stage.enter(botId)).toMatchObject({ code: 'POSITION_OPEN' });
  });

  it('with a limit waits until the ask comes down through it', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { limit: 90 });
    await stage.quote(90, 91);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [{ price: 90 }] });
    await stage.quote(89, 90);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [{ price: 90 }] });
    await stage.quote(88, 89);
    expect((await stage.status()).positions).toMatchObject([{ entryPrice: 90 }]);
  });

  it('is the 21st of the day and denied, restart or not', async () => {
    const { stage, botId } = await ready();
    for (let trade = 1; trade <= 20; trade += 1) await inAndOut({ stage, botId });
    expect((await stage.status()).today).toMatchObject({ trades: 20, maxTrades: 20 });
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_TRADE_LIMIT' });
    await stage.restart();
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_TRADE_LIMIT' });
    await stage.clock.advance(MIDNIGHT - START);
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
    expect((await stage.status()).today).toMatchObject({ day: MIDNIGHT, trades: 1 });
  });
});

describe('a position', () => {
  it('is sold by its stop when the bid has fallen below it', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 98 });
    await stage.quote(98.01, 98.5);
    expect((await stage.status()).positions).toHaveLength(1);
    await stage.quote(97.5, 98.5);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    const [sold] = await stage.call('trading.trades', {});
    expect(sold?.trade).toMatchObject({ exitReason: 'stop-loss' });
    // At the bid, moved by the slippage of 1 bp.
    expect(sold?.trade.exitPrice).toBeCloseTo(97.5 * 0.9999, 9);
  });

  it('is sold at its target, and its stop goes with it', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { stop: 98, target: 105 });
    expect((await stage.status()).openOrders.map(({ type }) => type)).toEqual([
      'stop-loss',
      'take-profit',
    ]);
    await stage.quote(105.5, 106);
    expect(await stage.status()).toMatchObject({ positions: [], openOrders: [] });
    const [sold] = await stage.call('trading.trades', {});
    expect(sold?.trade).toMatchObject({ exitReason: 'take-profit', exitPrice: 105 });
  });
});

describe('a day', () => {
  it('that has lost more than 5 % allows no entry within one quote, until the next', async () => {
    const { stage, botId } = await ready({ USDT: 100, BTC: 1 });
    // The day has opened with 200: the coin is worth 100.
    await stage.quote(90);
    expect((await stage.status()).today).toMatchObject({ pnl: -10, lossLimitBreached: false });
    await stage.enter(botId, { limit: 80 });
    await stage.quote(89.98);
    expect(await stage.status()).toMatchObject({
      today: { openingEquity: 200, lossLimitBreached: true },
      openOrders: [],
      tradingState: 'active',
    });
    expect(await stage.alertCodes()).toEqual(['DAILY_LOSS_LIMIT']);
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_LOSS_LIMIT' });
    await stage.clock.advance(MIDNIGHT - START);
    expect((await stage.status()).today).toMatchObject({ day: MIDNIGHT, lossLimitBreached: false });
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
    expect(await stage.call('trading.days', {})).toMatchObject([
      { day: MIDNIGHT - DAY_MS, openingEquity: 200, lossLimitBreached: true },
      { day: MIDNIGHT, trades: 1, lossLimitBreached: false },
    ]);
  });

  it('is the same one when the clock is set back', async () => {
    const { stage, botId } = await ready({ USDT: 100, BTC: 1 });
    await stage.quote(80);
    stage.clock.set(START - 2 * DAY_MS);
    await stage.quote(100);
    await stage.clock.advance(MINUTE_MS);
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_LOSS_LIMIT' });
    stage.clock.set(START);
    await stage.quote(100);
    expect(await stage.enter(botId)).toMatchObject({ code: 'DAILY_LOSS_LIMIT' });
  });

  it('ends at midnight also when no price comes', async () => {
    const { stage } = await ready();
    await stage.clock.advance(DAY_MS);
    expect((await stage.status()).today.day).toBe(MIDNIGHT);
  });
});

describe('money taken out', () => {
  it('is no loss', async () => {
    const { stage, botId } = await ready();
    await stage.call('trading.transfer', { currency: 'USDT', amount: -500 });
    expect(await stage.status()).toMatchObject({
      equity: 500,
      today: { openingEquity: 500, pnl: 0, lossLimitBreached: false },
    });
    expect(await stage.enter(botId)).toMatchObject({ kind: 'submitted' });
  });

  it('is refused where there is less', async () => {
    const { stage } = await ready();
    for (const currency of ['USDT', 'BTC', 'GBP']) {
      const transfer = { currency, amount: -1_000.01 };
      expect(await stage.refusal('trading.transfer', transfer)).toBe('TRANSFER_REFUSED');
    }
    expect(await stage.status()).toMatchObject({ equity: 1_000 });
  });

  it('is refused where an open order needs it', async () => {
    const { stage, botId } = await ready();
    await stage.enter(botId, { cost: 40, limit: 90, stop: 88 });
    const most = { currency: 'USDT', amount: -1_000 };
    expect(await stage.refusal('trading.transfer', most)).toBe('TRANSFER_REFUSED');
    await stage.call('trading.transfer', { currency: 'USDT', amount: -959 });
    await stage.quote(89);
    const { positions, balances } = await stage.status();
    expect(positions).toHaveLength(1);
    expect(balances.every(({ amount }) => amount >= 0)).toBe(true);
  });

  it('is refused where it is the coins of a position', async () => {
    const { stage, botId } = await ready({ USDT: 1_000, BTC: 1 });
    await stage.enter(botId, { stop: 98 });
    const coins = { currency: 'BTC', amount: -1.05 };
    expect(await stage.refusal('trading.transfer', coins)).toBe('TRANSFER_REFUSED');
    expect(await stage.refusal('trading.transfer', { currency: 'BTC', amount: -1 })).toBeNull();
    await stage.quote(97);
    expect(await stage.status()).toMatchObject({ positions: [], fault: null });
    expect((await stage.call('trading.trades', {}))[0]?.trade.exitReason).toBe('stop-loss');
  });
});
