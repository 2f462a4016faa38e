import { expect, test } from 'vitest';
import { openStage, START } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';
const HOUR_MS = 3_600_000;

test('the time, the status, and the coins by their plain names', async () => {
  const { client, control } = await openStage();
  expect(await client.fetchTime()).toBe(START);
  expect(await client.fetchStatus()).toMatchObject({ status: 'ok' });
  expect(Object.keys(await client.fetchCurrencies())).toEqual(['BTC', 'ETH', 'USDT']);
  control.fault({ kind: 'market-mode', mode: 'maintenance' });
  expect(await client.fetchStatus()).toMatchObject({ status: 'maintenance' });
  await expect(client.fetchTime()).rejects.toThrow('EService:Unavailable');
});

test('ticker, book and trades follow the price', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '61234.5');
  const ticker = await client.fetchTicker(BTC);
  expect(ticker).toMatchObject({ symbol: BTC, last: 61_234.5, bid: 61_234.4, ask: 61_234.6 });
  expect(Object.keys(await client.fetchTickers())).toEqual([BTC, 'ETH/USDT']);
  const book = await client.fetchOrderBook(BTC, 5);
  expect([book.bids[0]?.[0], book.asks[0]?.[0]]).toEqual([61_234.4, 61_234.6]);
  expect(book.asks).toHaveLength(5);
  const trades = await client.fetchTrades(BTC);
  expect(trades).toMatchObject([{ price: 61_234.5, timestamp: START, symbol: BTC }]);
});

test('bars end with the forming one, and there are 720 however far back one asks', async () => {
  const { client } = await openStage();
  const newest = await client.fetchOHLCV(BTC, '1h');
  const forming = Math.floor(START / HOUR_MS) * HOUR_MS;
  expect(newest.at(-1)?.[0]).toBe(forming);
  expect(newest).toHaveLength(720);
  const old = await client.fetchOHLCV(BTC, '1h', START - 2_000 * HOUR_MS);
  expect(old[0]?.[0]).toBe(forming - 719 * HOUR_MS);
  const some = await client.fetchOHLCV(BTC, '1h', forming - 3 * HOUR_MS);
  expect(some.map(([time]) => time)).toEqual([3, 2, 1, 0].map((ago) => forming - ago * HOUR_MS));
});

test('a walk moves as time passes, and the same for the same seed', async () => {
  const prices = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const { client, control } = await openStage({ market: { kind: 'walk', seed } });
      control.advance(60_000);
      return (await client.fetchTicker(BTC)).last;
    }),
  );
  expect(prices[0]).toBe(prices[1]);
  expect(prices[0]).not.toBe(prices[2]);
});

test('fees are told by pair, and not among the rules', async () => {
  const { client, control } = await openStage();
  expect(await client.fetchTradingFee(BTC)).toMatchObject({ maker: 0.004, taker: 0.008 });
  control.setFees({ symbol: 'BTCUSDT', maker: '0.0022', taker: '0.0038' });
  expect(await client.fetchTradingFee(BTC)).toMatchObject({ maker: 0.0022, taker: 0.0038 });
  expect(await client.fetchTradingFee('ETH/USDT')).toMatchObject({ taker: 0.008 });
  expect((await client.loadMarkets(true))[BTC]).toMatchObject({ taker: 0.0026 });
});
