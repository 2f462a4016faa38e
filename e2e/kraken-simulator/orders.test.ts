import { InsufficientFunds } from 'ccxt';
import { expect, test } from 'vitest';
import { openStage, START } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';
const CLIENT_ID = { clientOrderId: 'piggy-1' };

test('the markets load under plain names, with their steps and minimums', async () => {
  const { client } = await openStage();
  const markets = await client.loadMarkets();
  expect(Object.keys(markets)).toEqual([BTC, 'ETH/USDT']);
  expect(markets[BTC]).toMatchObject({
    id: 'XBTUSDT',
    active: true,
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
  expect(trade?.fee?.cost).toBeCloseTo(cost * 0.008, 8);
  const { BTC: coins, USDT: money } = await client.fetchBalance();
  expect(coins?.total).toBe(0.11);
  expect(money?.total).toBeCloseTo(10_000 - cost * 1.008, 8);
  expect(control.truth().time).toBe(START);
});

test('a market buy for an amount of USDT gets what that reaches, the fee on top', async () => {
  const { client } = await openStage();
  const { id = '' } = await client.createMarketBuyOrderWithCost(BTC, 600);
  const order = await client.fetchOrder(id);
  expect(order).toMatchObject({ status: 'closed', filled: 0.00999998 });
  expect(order.fee).toMatchObject({ currency: 'USDT' });
  expect(order.fee?.cost).toBeCloseTo(0.008 * 0.00999998 * 60_000.1, 7);
});

test('a limit buy holds back its cost and its fee, and gives both back when cancelled', async () => {
  const { client, bodies } = await openStage();
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 50_000, CLIENT_ID);
  expect(bodies.at(-1)).toBe(
    '{"error":[],"result":{"descr":{"order":"buy 0.01000000 XBTUSDT @ limit 50000.0"},"txid":["OSIMUL-ORDER-000001"]}}',
  );
  expect(order).toMatchObject({ type: 'limit', price: 50_000, amount: 0.01 });
  expect((await client.fetchBalance())['USDT']).toMatchObject({ used: 504, total: 10_000 });
  await client.cancelOrder(order.id ?? '');
  expect((await client.fetchBalance())['USDT']).toMatchObject({ used: 0, free: 10_000 });
  expect(await client.fetchOrder(order.id ?? '')).toMatchObject({ status: 'canceled', filled: 0 });
});

test('an order is found by its client id, open or closed, and withdrawn by it', async () => {
  const { client, control } = await openStage();
  const open = await client.createOrder(BTC, 'limit', 'buy', 0.01, 50_000, CLIENT_ID);
  await client.createOrder(BTC, 'limit', 'buy', 0.02, 51_000);
  const found = await client.fetchOpenOrders(BTC, undefined, undefined, CLIENT_ID);
  expect(found).toMatchObject([{ id: open.id, ...CLIENT_ID, status: 'open', amount: 0.01 }]);
  expect(control.truth().orders[0]).toMatchObject({ ...CLIENT_ID, symbol: 'BTCUSDT' });
  await client.cancelOrder('', BTC, CLIENT_ID);
  expect(await client.fetchOpenOrders(BTC, undefined, undefined, CLIENT_ID)).toEqual([]);
  const closed = await client.fetchClosedOrders(BTC, undefined, undefined, CLIENT_ID);
  expect(closed).toMatchObject([{ id: open.id, status: 'canceled' }]);
});

test('a client id is free again once its order is closed', async () => {
  const { client } = await openStage();
  const order = (): Promise<unknown> =>
    client.createOrder(BTC, 'limit', 'buy', 0.01, 50_000, CLIENT_ID);
  await order();
  await expect(order()).rejects.toThrow('EOrder:cl_ord_id already in use');
  await client.cancelOrder('', BTC, CLIENT_ID);
  await expect(order()).resolves.toBeDefined();
});

test('a resting sell trades as a maker, at its own price and the lower fee', async () => {
  const { client, control } = await openStage();
  const { id = '' } = await client.createOrder(BTC, 'limit', 'sell', 0.01, 61_000);
  control.movePrice('BTCUSDT', '61100');
  const order = await client.fetchOrder(id);
  expect(order).toMatchObject({ status: 'closed', average: 61_000, cost: 610 });
  const trades = await client.fetchOrderTrades(id, BTC, undefined, undefined, {
    trades: order.trades,
  });
  expect(trades).toMatchObject([
    { order: id, takerOrMaker: 'maker', side: 'sell', cost: 610, fee: { cost: 2.44 } },
  ]);
});

test('a stop sells at the market once the price has fallen to it', async () => {
  const { client, control } = await openStage();
  const { id = '' } = await client.createOrder(BTC, 'market', 'sell', 0.05, undefined, {
    stopLossPrice: 59_000,
  });
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'open', stopLossPrice: 59_000 });
  control.movePrice('BTCUSDT', '59000.1');
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'open', filled: 0 });
  control.movePrice('BTCUSDT', '58900');
  const order = await client.fetchOrder(id);
  expect(order).toMatchObject({
    status: 'closed',
    type: 'market',
    filled: 0.05,
    average: 58_899.9,
  });
  expect(order.info).toMatchObject({ misc: 'stopped', descr: { ordertype: 'stop-loss' } });
});

test('a stop with a limit rests in the book where the price has fallen through it', async () => {
  const { client, control } = await openStage();
  const params = { stopLossPrice: 59_000 };
  const { id = '' } = await client.createOrder(BTC, 'limit', 'sell', 0.05, 58_950, params);
  control.movePrice('BTCUSDT', '58000');
  const waiting = { status: 'open', price: 58_950, stopLossPrice: 59_000, filled: 0 };
  expect(await client.fetchOrder(id)).toMatchObject(waiting);
  control.movePrice('BTCUSDT', '58960');
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'closed', average: 58_950 });
});

test('a take-profit waits for the rise, and both may stand over the same coins only once', async () => {
  const { client, control } = await openStage();
  const sell = (
    params: Readonly<Record<string, number>>,
  ): Promise<{ readonly id: string | undefined }> =>
    client.createOrder(BTC, 'limit', 'sell', 0.06, 61_900, params);
  const { id = '' } = await sell({ takeProfitPrice: 62_000 });
  await expect(sell({ stopLossPrice: 62_000 })).rejects.toThrow(InsufficientFunds);
  control.movePrice('BTCUSDT', '62000');
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'closed', average: 61_999.9 });
});

test('a stop that the price has passed already triggers at once', async () => {
  const { client } = await openStage();
  const params = { stopLossPrice: 60_500 };
  const { id = '' } = await client.createOrder(BTC, 'market', 'sell', 0.05, undefined, params);
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'closed', filled: 0.05 });
});

test('everything is withdrawn at once', async () => {
  const { client, control } = await openStage();
  await client.createOrder(BTC, 'limit', 'buy', 0.01, 50_000);
  await client.createOrder('ETH/USDT', 'limit', 'buy', 0.5, 2_500);
  await client.cancelAllOrders();
  expect(await client.fetchOpenOrders()).toEqual([]);
  expect(control.truth().orders.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
});

test('a limit order that takes only what is there now is cancelled for the rest', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'partial-fills', percent: 30 });
  const params = { timeInForce: 'IOC' };
  const { id = '' } = await client.createOrder(BTC, 'limit', 'buy', 0.01, 60_100, params);
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'canceled', filled: 0.003 });
});
