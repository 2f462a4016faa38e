/** A person in the same account, halts, a pair that is gone, and rewards, in Kraken's words. */

import { expect, test } from 'vitest';
import { units } from '../exchange-simulator/decimal.ts';
import { implicit, openStage } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';
const OURS = { clientOrderId: 'piggy-1' };

test('a person trades beside us, without our ids, and cancels what is ours', async () => {
  const { client, control } = await openStage();
  control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.04' });
  control.placeByHand({
    symbol: 'BTCUSDT',
    side: 'sell',
    quantity: '0.01',
    price: '50000',
    stopPrice: '50001',
  });
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, OURS);
  const open = await client.fetchOpenOrders(BTC);
  expect(open).toMatchObject([{ info: { cl_ord_id: null } }, { info: { cl_ord_id: 'piggy-1' } }]);
  expect(open[0]).toMatchObject({
    side: 'sell',
    amount: 0.01,
    info: { descr: { ordertype: 'stop-loss-limit' } },
  });
  expect(await client.fetchClosedOrders(BTC)).toMatchObject([{ side: 'sell', filled: 0.04 }]);
  control.cancelByHand(OURS);
  expect(await client.fetchOpenOrders(BTC)).toHaveLength(1);
  control.cancelAllByHand();
  expect(await client.fetchOpenOrders(BTC)).toEqual([]);
  control.transfer('BTC', '-0.06');
  expect((await client.fetchBalance())['BTC']).toMatchObject({ total: 0 });
});

test.each([
  ['halt', 'cancel_only'],
  ['cancel-only', 'cancel_only'],
  ['post-only', 'post_only'],
  ['limit-only', 'limit_only'],
] as const)('one pair in %s says %s, and the others trade', async (status, word) => {
  const { client, control } = await openStage({
    balances: { BTC: units('1'), ETH: units('1') },
  });
  control.setStatus({ symbol: 'BTCUSDT', status });
  await expect(client.createOrder(BTC, 'market', 'sell', 0.01)).rejects.toThrow(
    `EService:Market in ${word} mode`,
  );
  const markets = await client.loadMarkets(true);
  expect(markets[BTC]).toMatchObject({ active: false, info: { status: word } });
  await expect(client.createOrder('ETH/USDT', 'market', 'sell', 0.01)).resolves.toBeDefined();
  expect(await client.fetchStatus()).toMatchObject({ status: 'ok' });
});

test('a pair that vanished is unknown, and left out of the rules', async () => {
  const { client, control } = await openStage();
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, OURS);
  control.setStatus({ symbol: 'BTCUSDT', status: 'vanished' });
  await expect(client.createOrder(BTC, 'market', 'sell', 0.01)).rejects.toThrow(
    'EQuery:Unknown asset pair',
  );
  expect(Object.keys(await client.loadMarkets(true))).toEqual(['ETH/USDT']);
  expect(await implicit(client, 'privatePostOpenOrders')).toMatchObject({ result: { open: {} } });
  expect(control.truth().orders).toMatchObject([{ ...OURS, status: 'EXPIRED' }]);
});

test('rewards stand under a name of their own, and orders use them like the coin itself', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  control.reward('BTC', '0.1');
  control.reward('USDT', '9000');
  const before = await client.fetchBalance();
  expect([before['BTC']?.total, before['BTC.F']?.total]).toEqual([0, 0.1]);
  expect([before['USDT']?.total, before['USDT.F']?.total]).toEqual([1_000, 9_000]);
  await client.createOrder(BTC, 'limit', 'sell', 0.04, 70_000);
  await client.createOrder(BTC, 'market', 'sell', 0.05);
  const after = await client.fetchBalance();
  expect(after['BTC']).toMatchObject({ total: 0.04, used: 0.04 });
  expect(after['BTC.F']).toMatchObject({ total: 0.01 });
  await expect(client.createOrder(BTC, 'market', 'sell', 0.02)).rejects.toThrow('Insufficient');
  expect(() => control.reward('BTC', '0.01')).toThrow('less BTC');
});

test('look-ups are blind to orders and to trades, each by itself', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'unseen', what: 'orders', ms: 10_000 });
  const { id = '' } = await client.createOrder(BTC, 'market', 'buy', 0.001, undefined, OURS);
  expect(await client.fetchClosedOrders(BTC, undefined, undefined, OURS)).toEqual([]);
  expect(await client.fetchMyTrades(BTC)).toHaveLength(1);
  control.advance(10_000);
  control.fault({ kind: 'late', what: 'trades', ms: 60_000 });
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'closed' });
  expect(await client.fetchMyTrades(BTC)).toEqual([]);
  control.clearFaults();
  expect(await client.fetchMyTrades(BTC)).toHaveLength(1);
});

test('an empty answer, a page, and an error for one side alone', async () => {
  const { client, control } = await openStage();
  const ORDER = { path: '/AddOrder', effect: 'after' } as const;
  control.fault({ kind: 'body', body: '{}', ...ORDER });
  control.fault({ kind: 'error', error: 'EService:Busy', having: 'type=sell' });
  expect(await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000)).toMatchObject({
    id: undefined,
  });
  await client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000);
  await expect(client.createOrder(BTC, 'market', 'sell', 0.001)).rejects.toThrow('EService:Busy');
  expect(control.truth().orders).toHaveLength(2);
});
