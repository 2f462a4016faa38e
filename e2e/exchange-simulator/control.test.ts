import { expect, test } from 'vitest';
import { openStage, START } from './testing/ccxt-client.ts';

type Body = Readonly<Record<string, unknown>>;

async function ask(
  url: string,
  method: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Body }> {
  const answer = await fetch(url, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

test('over HTTP the market moves, the clock advances, and the truth comes back', async () => {
  const { controlUrl, client } = await openStage();
  const moved = await ask(`${controlUrl}/market`, 'POST', { symbol: 'BTCUSDT', price: '61234.5' });
  expect(moved.body['prices']).toMatchObject({ BTCUSDT: '61234.50000000' });
  const later = await ask(`${controlUrl}/clock`, 'POST', { advanceMs: 1_000 });
  expect(later.body['time']).toBe(START + 1_000);
  await client.createOrder('BTC/USDT', 'market', 'sell', 0.01, undefined, {
    clientOrderId: 'piggy-1',
  });
  const truth = await ask(`${controlUrl}/truth`, 'GET');
  expect(truth.body).toMatchObject({
    balances: { BTC: { free: '0.09000000' } },
    orders: [{ clientOrderId: 'piggy-1', status: 'FILLED' }],
    fills: [{ side: 'SELL', price: '61234.49000000', commissionAsset: 'USDT' }],
  });
});

test('faults are posted and called off, and do not happen to the control port', async () => {
  const { controlUrl, client } = await openStage();
  const fault = { kind: 'server-error', status: 500, times: 5 };
  expect(await ask(`${controlUrl}/faults`, 'POST', fault)).toMatchObject({ status: 200 });
  await expect(client.fetchTime()).rejects.toThrow('500');
  await ask(`${controlUrl}/faults`, 'DELETE');
  await expect(client.fetchTime()).resolves.toBe(START);
});

test("the key's permissions change", async () => {
  const { controlUrl, control } = await openStage();
  await ask(`${controlUrl}/key`, 'POST', { enableWithdrawals: true });
  expect(control.keyRestrictions()).toMatchObject({ enableWithdrawals: true, ipRestrict: true });
});

test('over HTTP a person trades in the account, fees change, a market halts, and a pair vanishes', async () => {
  const { controlUrl, client } = await openStage();
  const sell = { symbol: 'BTCUSDT', side: 'sell', quantity: '0.01', price: '70000' };
  await ask(`${controlUrl}/fees`, 'POST', { maker: '0.001', taker: '0.012', paidIn: 'quote' });
  await ask(`${controlUrl}/orders`, 'POST', sell);
  await ask(`${controlUrl}/orders`, 'POST', sell);
  await ask(`${controlUrl}/cancel`, 'POST', { orderId: 1 });
  await ask(`${controlUrl}/orders`, 'POST', { symbol: 'BTCUSDT', side: 'sell', quantity: '0.02' });
  const truth = await ask(`${controlUrl}/orders`, 'DELETE');
  expect(truth.body).toMatchObject({
    orders: [{ status: 'CANCELED' }, { status: 'CANCELED' }, { status: 'FILLED' }],
    balances: { BTC: { free: '0.08000000' } },
  });
  await ask(`${controlUrl}/faults`, 'POST', { kind: 'unseen', what: 'orders', ms: 1_000 });
  expect(await client.fetchOrders('BTC/USDT')).toEqual([]);
  await ask(`${controlUrl}/status`, 'POST', { symbol: 'BTCUSDT', status: 'halt' });
  await expect(client.createOrder('BTC/USDT', 'market', 'sell', 0.01)).rejects.toThrow('closed');
  const gone = await ask(`${controlUrl}/status`, 'POST', { symbol: 'ETHUSDT', status: 'vanished' });
  expect(Object.keys(gone.body['prices'] ?? {})).not.toContain('ETHUSDT');
});

test.each([
  ['market', { symbol: 'DOGEUSDT', price: '1' }, 'no market DOGEUSDT'],
  ['market', { symbol: 'BTCUSDT', price: '-1' }, 'no price'],
  ['market', { symbol: 'BTCUSDT', price: '1.001' }, 'cannot have that price'],
  ['clock', { advanceMs: -1 }, 'advanceMs'],
  ['faults', { kind: 'earthquake' }, 'Invalid'],
  ['key', { enableMagic: true }, 'Unrecognized key'],
])('a wrong request to %s is told so', async (path, body, sentence) => {
  const { controlUrl } = await openStage();
  const answer = await ask(`${controlUrl}/${path}`, 'POST', body);
  expect(answer.status).toBe(400);
  expect(answer.body['error']).toContain(sentence);
});

test('a web page may not steer it', async () => {
  const { controlUrl } = await openStage();
  const answer = await fetch(`${controlUrl}/truth`, { headers: { origin: 'http://page.test' } });
  expect(answer.status).toBe(403);
});
