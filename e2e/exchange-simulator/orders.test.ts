import { expect, test } from 'vitest';
import { openStage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';

test('a new account has 10,000 USDT and 0.1 BTC', async () => {
  const { client } = await openStage();
  const balance = await client.fetchBalance();
  expect(balance['total']).toMatchObject({ USDT: 10_000, BTC: 0.1 });
  expect(balance['used']).toMatchObject({ USDT: 0, BTC: 0 });
});

test('a market buy meets the asks one after the other and pays its commission in the coin', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'market', 'buy', 0.1, undefined, {
    clientOrderId: 'piggy-1',
  });
  expect(order).toMatchObject({ status: 'closed', filled: 0.1, clientOrderId: 'piggy-1' });
  expect(order.trades.map(({ price, amount }) => [price, amount])).toEqual([
    [60_000.01, 0.083_33],
    [60_006.01, 0.016_67],
  ]);
  expect(order).toMatchObject({ fees: [{ currency: 'BTC', cost: 0.000_1 }] });
  expect(control.truth().balances).toMatchObject({
    BTC: { free: '0.19990000', locked: '0.00000000' },
    USDT: { free: '3999.89898000', locked: '0.00000000' },
  });
});

test('what one order took is gone for the next, until the price moves', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const bought = async (): Promise<unknown> =>
    (await client.createOrder(BTC, 'market', 'buy', 0.05)).trades.map(({ price }) => price);
  expect(await bought()).toEqual([60_000.01]);
  expect(await bought()).toEqual([60_000.01, 60_006.01]);
  control.movePrice('BTCUSDT', '60000');
  expect(await bought()).toEqual([60_000.01]);
});

test('a market order over an amount of quote currency spends no more than that', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createMarketBuyOrderWithCost(BTC, 1_000);
  expect(order.status).toBe('closed');
  expect(order.cost).toBeLessThanOrEqual(1_000);
  expect(order.cost).toBeGreaterThan(999);
});

test('a limit buy holds its money, rests, and is filled at its own price as a maker', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.05, 59_000);
  expect(order).toMatchObject({ status: 'open', filled: 0 });
  expect((await client.fetchBalance())['used']).toMatchObject({ USDT: 2_950 });
  const { bids } = await client.fetchOrderBook(BTC, 100);
  expect(bids).toContainEqual([59_000, 0.05]);
  expect(await client.fetchOpenOrders(BTC)).toHaveLength(1);
  control.movePrice('BTCUSDT', '58900');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'closed',
    filled: 0.05,
    average: 59_000,
  });
  expect(await client.fetchOpenOrders(BTC)).toEqual([]);
  const [trade] = await client.fetchMyTrades(BTC);
  expect(trade).toMatchObject({ order: order.id, price: 59_000, takerOrMaker: 'maker' });
  expect(trade?.fee).toEqual({ currency: 'BTC', cost: 0.000_05 });
  expect(control.truth().balances['USDT']).toEqual({ free: '7050.00000000', locked: '0.00000000' });
});

test('a limit order that crosses takes what the book has and rests with the remainder', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.1, 60_000.01);
  expect(order).toMatchObject({ status: 'open', filled: 0.083_33, remaining: 0.016_67 });
  control.movePrice('BTCUSDT', '60000');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'closed',
    filled: 0.1,
  });
});

test('immediate-or-cancel keeps what it got, fill-or-kill wants everything', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const kill = await client.createOrder(BTC, 'limit', 'buy', 0.1, 60_000.01, {
    timeInForce: 'FOK',
  });
  expect(kill).toMatchObject({ status: 'expired', filled: 0 });
  const immediate = await client.createOrder(BTC, 'limit', 'buy', 0.1, 60_000.01, {
    timeInForce: 'IOC',
  });
  expect(immediate).toMatchObject({ status: 'expired', filled: 0.083_33 });
  expect((await client.fetchBalance())['used']).toMatchObject({ USDT: 0 });
});

test('a post-only order rests at the best bid', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 59_999, { postOnly: true });
  expect(order).toMatchObject({ status: 'open', postOnly: true });
});

test('a stop loss waits for its price, then sells at its limit or better', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'limit', 'sell', 0.05, 57_900, {
    stopLossPrice: 58_000,
  });
  expect(order).toMatchObject({ status: 'open', triggerPrice: 58_000 });
  expect(control.truth().balances['BTC']).toEqual({ free: '0.05000000', locked: '0.05000000' });
  control.movePrice('BTCUSDT', '58000.01');
  expect((await client.fetchOrder(String(order.id), BTC)).filled).toBe(0);
  control.movePrice('BTCUSDT', '57950');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'closed',
    average: 57_949.99,
  });
});

test('a stop loss whose market jumps below its limit rests there unfilled', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  const order = await client.createOrder(BTC, 'limit', 'sell', 0.05, 57_900, {
    stopLossPrice: 58_000,
  });
  control.movePrice('BTCUSDT', '57000');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'open',
    filled: 0,
  });
  control.movePrice('BTCUSDT', '57950');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'closed',
    average: 57_900,
  });
});

test('an order is found and cancelled by the id that the client gave it', async () => {
  const { client } = await openStage();
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, { clientOrderId: 'piggy-7' });
  const byClient = { origClientOrderId: 'piggy-7' };
  expect(await client.fetchOrder('', BTC, byClient)).toMatchObject({ status: 'open' });
  expect(await client.cancelOrder('', BTC, byClient)).toMatchObject({ status: 'canceled' });
  expect(await client.fetchOrder('', BTC, byClient)).toMatchObject({
    status: 'canceled',
    clientOrderId: 'piggy-7',
  });
  expect((await client.fetchBalance())['used']).toMatchObject({ USDT: 0 });
});

test('all open orders of a pair are cancelled at once', async () => {
  const { client } = await openStage();
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000);
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 51_000);
  await client.createOrder('ETH/USDT', 'limit', 'buy', 0.01, 2_500);
  expect(await client.cancelAllOrders(BTC)).toHaveLength(2);
  expect(await client.fetchOpenOrders(BTC)).toEqual([]);
  expect(await client.fetchOpenOrders('ETH/USDT')).toHaveLength(1);
  expect(await client.fetchOrders(BTC)).toHaveLength(2);
});

test('a test order changes nothing', async () => {
  const { client, control } = await openStage();
  await client.createOrder(BTC, 'market', 'buy', 0.001, undefined, { test: true });
  expect(control.truth().orders).toEqual([]);
});

test('the trading fee is a tenth of a percent', async () => {
  const { openGlobal } = await openStage();
  const client = openGlobal();
  expect(await client.fetchTradingFee(BTC)).toMatchObject({ maker: 0.001, taker: 0.001 });
});

test('trades are read in pages, the latest ones or from one on', async () => {
  const { client } = await openStage();
  for (let count = 0; count < 4; count += 1) await client.createOrder(BTC, 'market', 'buy', 0.001);
  const ids = async (limit: number, params = {}): Promise<readonly unknown[]> =>
    (await client.fetchMyTrades(BTC, undefined, limit, params)).map(({ id }) => id);
  expect(await ids(2)).toEqual(['3', '4']);
  expect(await ids(2, { fromId: 2 })).toEqual(['2', '3']);
  expect(await ids(10, { orderId: 3 })).toEqual(['3']);
});
