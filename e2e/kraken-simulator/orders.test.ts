import { expect, test } from 'vitest';
import { openStage, START } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';

test('the markets load under plain names, with their steps, minimums and fees', async () => {
  const { client } = await openStage();
  const markets = await client.loadMarkets();
  expect(Object.keys(markets)).toEqual([BTC, 'ETH/USDT']);
  expect(markets[BTC]).toMatchObject({
    id: 'XBTUSDT',
    active: true,
    maker: 0.0025,
    taker: 0.004,
    precision: { amount: 1e-8, price: 0.1 },
    limits: { amount: { min: 0.00005 }, cost: { min: 0.5 } },
  });
});

test('a market buy fills at the asks, and its fee is paid in USDT on top', async () => {
  const { client, control } = await openStage();
  const { id = '' } = await client.createOrder(BTC, 'market', 'buy', 0.01);
  const order = await client.fetchOrder(id, BTC);
  expect(order).toMatchObject({ status: 'closed', filled: 0.01, side: 'buy', type: 'market' });
  const [trade] = await client.fetchMyTrades(BTC);
  const cost = 0.01 * 60_000.1;
  expect(trade).toMatchObject({ order: id, amount: 0.01, price: 60_000.1, takerOrMaker: 'taker' });
  expect(trade?.fee?.currency).toBe('USDT');
  expect(trade?.fee?.cost).toBeCloseTo(cost * 0.004, 8);
  const { BTC: coins, USDT: money } = await client.fetchBalance();
  expect(coins?.total).toBe(0.11);
  expect(money?.total).toBeCloseTo(10_000 - cost * 1.004, 8);
  expect(control.truth().time).toBe(START);
});
