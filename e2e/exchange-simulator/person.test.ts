import { expect, test } from 'vitest';
import { units } from './decimal.ts';
import { implicit, openStage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';
const OURS = { clientOrderId: 'piggy-1' };

test('a person sells and buys in the same account, and their orders are not named like ours', async () => {
  const { client, control } = await openStage();
  const sold = control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.04' });
  control.placeByHand({ symbol: 'BTCUSDT', side: 'buy', quantity: '0.01', price: '50000' });
  expect(sold).toMatchObject({ clientOrderId: 'web_00000001', status: 'FILLED' });
  const balance = await client.fetchBalance();
  expect(balance['BTC']).toMatchObject({ free: 0.06, used: 0 });
  expect(balance['USDT']).toMatchObject({ used: 500 });
  expect(await client.fetchOpenOrders(BTC)).toMatchObject([
    { clientOrderId: 'web_00000002', side: 'buy', price: 50_000 },
  ]);
  expect(await client.fetchMyTrades(BTC)).toMatchObject([{ side: 'sell', amount: 0.04 }]);
});

test('a person cancels our order, and both of a pair at once', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  await client.createOrder(BTC, 'limit', 'buy', 0.01, 50_000, OURS);
  control.cancelByHand(OURS);
  expect(await client.fetchOrder('', BTC, { origClientOrderId: 'piggy-1' })).toMatchObject({
    status: 'canceled',
  });
  const { orderId } = control.placeByHand({
    symbol: 'BTCUSDT',
    side: 'sell',
    quantity: '0.01',
    price: '49000',
    stopPrice: '50000',
  });
  control.cancelByHand({ orderId });
  await client.createOrder(BTC, 'limit', 'buy', 0.01, 51_000);
  control.cancelAllByHand();
  expect(await client.fetchOpenOrders(BTC)).toEqual([]);
  expect((await client.fetchBalance())['USDT']).toMatchObject({ used: 0, total: 10_000 });
});

test('the other order of a pair goes with the one that a person cancels', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  await implicit(client, 'privatePostOrderOco', {
    symbol: 'BTCUSDT',
    side: 'SELL',
    quantity: '0.01',
    price: '70000',
    stopPrice: '50000',
    stopLimitPrice: '49000',
    stopLimitTimeInForce: 'GTC',
    stopClientOrderId: 'piggy-2',
  });
  control.cancelByHand({ clientOrderId: 'piggy-2' });
  expect(control.truth().orders.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  expect(() => control.cancelByHand({ clientOrderId: 'piggy-2' })).toThrow(
    'No such order is open.',
  );
});

test.each([
  [{ symbol: 'DOGEUSDT', side: 'buy', quantity: '1' }, 'There is no market DOGEUSDT.'],
  [{ symbol: 'BTCUSDT', side: 'sell', quantity: '5' }, 'insufficient balance'],
  [{ symbol: 'BTCUSDT', side: 'sell', quantity: '1e-3' }, 'is no amount'],
  [{ symbol: 'BTCUSDT', side: 'sell', quantity: '0' }, 'Nothing is ordered.'],
  [{ symbol: 'BTCUSDT', side: 'sell', quantity: '1', stopPrice: '5' }, 'needs a price'],
] as const)('what cannot be is told: %o', async (order, sentence) => {
  const { control } = await openStage();
  expect(() => control.placeByHand(order)).toThrow(sentence);
});

test('coins held from before, deposits and withdrawals of any coin, never more than is free', async () => {
  const { client, control } = await openStage({
    balances: { USDT: units('100'), BTC: units('1'), DOGE: units('7') },
  });
  control.transfer('SHIB', '1000000');
  control.transfer('DOGE', '-7');
  control.movePrice('BTCUSDT', '60000');
  await client.createOrder(BTC, 'limit', 'sell', 0.9, 70_000);
  expect(() => control.transfer('BTC', '-0.2')).toThrow('less BTC');
  control.transfer('BTC', '-0.1');
  const { total } = await client.fetchBalance();
  expect(total).toMatchObject({ SHIB: 1_000_000, DOGE: 0, BTC: 0.9 });
});
