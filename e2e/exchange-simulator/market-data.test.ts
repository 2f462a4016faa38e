import { expect, test } from 'vitest';
import { openStage, START } from './testing/ccxt-client.ts';

const MINUTE = 60_000;

test('ccxt loads the five markets with their steps and minimums', async () => {
  const { client } = await openStage();
  const markets = await client.loadMarkets();
  expect(Object.keys(markets).sort()).toEqual([
    'BNB/USDT',
    'BTC/USDC',
    'BTC/USDT',
    'ETH/USDT',
    'SOL/USDT',
  ]);
  expect(markets['BTC/USDT']).toMatchObject({
    active: true,
    spot: true,
    precision: { price: 0.01, amount: 0.000_01 },
    limits: { amount: { min: 0.000_01, max: 9_000 }, cost: { min: 5 } },
  });
});

test("ccxt's global class loads them too, with everything that it asks for by default", async () => {
  const { openGlobal } = await openStage();
  const markets = await openGlobal().loadMarkets();
  expect(Object.keys(markets)).toContain('BTC/USDT');
});

test('a ticker has the last price between the best bid and the best ask', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '61000');
  const ticker = await client.fetchTicker('BTC/USDT');
  expect(ticker).toMatchObject({ last: 61_000, bid: 60_999.99, ask: 61_000.01 });
  expect(ticker.high).toBeGreaterThanOrEqual(61_000);
  const all = await client.fetchTickers();
  expect(Object.keys(all)).toHaveLength(5);
});

test('bars are contiguous, end with the forming one, and longer ones are made of the shorter', async () => {
  const { client } = await openStage();
  const minutes = await client.fetchOHLCV('BTC/USDT', '1m', undefined, 61);
  expect(minutes).toHaveLength(61);
  expect(minutes.at(-1)?.[0]).toBe(Math.floor(START / MINUTE) * MINUTE);
  for (const [index, bar] of minutes.entries()) {
    expect(bar[0]).toBe(Number(minutes[0]?.[0]) + index * MINUTE);
    const [, open, high, low, close] = bar.map(Number);
    expect(high).toBeGreaterThanOrEqual(Math.max(open ?? 0, close ?? 0));
    expect(low).toBeLessThanOrEqual(Math.min(open ?? 0, close ?? 0));
  }
  const [hour] = await client.fetchOHLCV('BTC/USDT', '1h', Number(minutes[0]?.[0]), 1);
  const inHour = minutes.slice(0, 60);
  expect(hour?.[1]).toBe(inHour[0]?.[1]);
  expect(hour?.[2]).toBe(Math.max(...inHour.map((bar) => Number(bar[2]))));
  expect(hour?.[3]).toBe(Math.min(...inHour.map((bar) => Number(bar[3]))));
  expect(hour?.[4]).toBe(inHour.at(-1)?.[4]);
});

test('bars from a time on are the next ones after it, and none before the listing', async () => {
  const { client } = await openStage();
  const since = START - 10 * MINUTE;
  const some = await client.fetchOHLCV('ETH/USDT', '1m', since, 3);
  expect(some.map(([time]) => time)).toEqual([
    Math.ceil(since / MINUTE) * MINUTE,
    Math.ceil(since / MINUTE) * MINUTE + MINUTE,
    Math.ceil(since / MINUTE) * MINUTE + 2 * MINUTE,
  ]);
  const oldest = await client.fetchOHLCV('ETH/USDT', '1d', 1, 1);
  expect(Number(oldest[0]?.[0])).toBeGreaterThan(START - 401 * 1_440 * MINUTE);
});

test('the order book is sorted and does not cross', async () => {
  const { client } = await openStage();
  const { bids, asks } = await client.fetchOrderBook('SOL/USDT', 10);
  expect(bids).toHaveLength(10);
  expect(asks).toHaveLength(10);
  expect(Number(bids[0]?.[0])).toBeLessThan(Number(asks[0]?.[0]));
  expect(bids.map(([price]) => price)).toEqual(
    bids.map(([price]) => price).toSorted((a, b) => Number(b) - Number(a)),
  );
});

test('public trades are the moves of the price', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60100');
  control.movePrice('BTCUSDT', '60050');
  const trades = await client.fetchTrades('BTC/USDT');
  expect(trades.map(({ price, side }) => [price, side])).toEqual([
    [60_100, 'buy'],
    [60_050, 'sell'],
  ]);
});

test("the exchange's clock is the one that the test sets forward", async () => {
  const { client, control } = await openStage();
  expect(await client.fetchTime()).toBe(START);
  control.advance(5_000);
  expect(await client.fetchTime()).toBe(START + 5_000);
  expect(await client.fetchStatus()).toMatchObject({ status: 'ok' });
});
