import { BadRequest, OrderNotFound } from 'ccxt';
import { expect, test } from 'vitest';
import { openStage, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';
const OURS = { origClientOrderId: 'piggy-1' };

function buy({ client }: Stage): Promise<unknown> {
  return client.createOrder(BTC, 'market', 'buy', 0.01, undefined, { clientOrderId: 'piggy-1' });
}

test('look-ups find no order for a while, though it exists, trades and shows in the balances', async () => {
  const stage = await openStage();
  const { client, control } = stage;
  control.fault({ kind: 'unseen', what: 'orders', ms: 22_000 });
  await expect(buy(stage)).resolves.toMatchObject({ status: 'closed' });
  control.advance(21_999);
  await expect(client.fetchOrder('', BTC, OURS)).rejects.toThrow(OrderNotFound);
  expect(await client.fetchOrders(BTC)).toEqual([]);
  expect(await client.fetchMyTrades(BTC)).toHaveLength(1);
  expect((await client.fetchBalance())['BTC']).toMatchObject({ total: 0.10999 });
  control.advance(1);
  expect(await client.fetchOrder('', BTC, OURS)).toMatchObject({ status: 'closed' });
});

test('trades and balances are hidden each by itself', async () => {
  const stage = await openStage();
  const { client, control } = stage;
  control.fault({ kind: 'unseen', what: 'trades', ms: 60_000 });
  control.fault({ kind: 'unseen', what: 'balances', ms: 5_000 });
  await buy(stage);
  expect(await client.fetchOrder('', BTC, OURS)).toMatchObject({ filled: 0.01 });
  expect(await client.fetchMyTrades(BTC)).toEqual([]);
  expect((await client.fetchBalance())['BTC']).toMatchObject({ total: 0.1 });
  control.advance(5_000);
  expect((await client.fetchBalance())['BTC']).toMatchObject({ total: 0.10999 });
  expect(await client.fetchMyTrades(BTC)).toEqual([]);
  control.clearFaults();
  expect(await client.fetchMyTrades(BTC)).toHaveLength(1);
});

test('each order and trade is seen only so long after it came to be', async () => {
  const stage = await openStage();
  const { client, control } = stage;
  control.fault({ kind: 'late', what: 'trades', ms: 3_000 });
  await buy(stage);
  control.advance(2_000);
  await client.createOrder(BTC, 'market', 'sell', 0.01);
  control.advance(1_000);
  expect(await client.fetchMyTrades(BTC)).toMatchObject([{ side: 'buy' }]);
  control.advance(2_000);
  expect(await client.fetchMyTrades(BTC)).toHaveLength(2);
});

test.each([
  [-1013, 'Market is closed.'],
  [-1003, 'Way too many requests.'],
  [-2010, 'This symbol is restricted for this account.'],
] as const)('any of its errors is answered on demand: %s', async (code, msg) => {
  for (const effect of ['before', 'after'] as const) {
    const stage = await openStage();
    const { client, control } = stage;
    control.fault({ kind: 'refusal', path: '/order', method: 'POST', effect, code, msg });
    await expect(buy(stage)).rejects.toThrow(msg);
    expect(control.truth().orders).toHaveLength(effect === 'after' ? 1 : 0);
    await expect(client.fetchTime()).resolves.toBeDefined();
  }
});

test('an error may meet only the requests that have something in them', async () => {
  const { client, control } = await openStage();
  const closed = { code: -1013, msg: 'Market is closed.' } as const;
  control.fault({ kind: 'refusal', path: '/order', having: 'side=SELL', times: 2, ...closed });
  await client.createOrder(BTC, 'market', 'buy', 0.01);
  await expect(client.createOrder(BTC, 'market', 'sell', 0.01)).rejects.toThrow('closed');
  control.fault({ kind: 'refusal', method: 'GET', code: -1100, msg: 'Illegal characters.' });
  await expect(client.fetchTime()).rejects.toThrow(BadRequest);
});

test.each([
  { status: 200, body: '' },
  { status: 200, body: '{}' },
  { status: 200, type: 'text/html', body: '<html><body>Please wait.</body></html>' },
  { status: 524, type: 'text/html', body: '' },
])('an answer that is none, though the order took effect: %o', async (answer) => {
  const { control, restUrl } = await openStage();
  control.fault({ kind: 'body', ...answer });
  const answered = await fetch(`${restUrl}/api/v3/time`);
  expect([answered.status, await answered.text()]).toEqual([answer.status, answer.body]);
  const stage = await openStage();
  stage.control.fault({ kind: 'body', path: '/order', effect: 'after', ...answer });
  await buy(stage).catch(() => undefined);
  expect(stage.control.truth().orders).toHaveLength(1);
});
