/** The private streams as ccxt's own class reads them, and as they are on the wire. */

import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { pro } from 'ccxt';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { units } from '../exchange-simulator/decimal.ts';
import { API_KEY, API_SECRET } from './key.ts';
import { implicit, openStage, START, type Stage } from './testing/kraken-client.ts';

async function watching({ restUrl, wsUrl }: Stage): Promise<InstanceType<typeof pro.kraken>> {
  let nonce = 1_000_000;
  const client = new pro.kraken({
    apiKey: API_KEY,
    secret: API_SECRET,
    enableRateLimit: false,
    nonce: () => (nonce += 1),
    urls: { api: { ws: { privateV2: `${wsUrl}/v2` } } },
    fetchImplementation: (url: string, init: RequestInit) =>
      fetch(url.replace('https://api.kraken.com', restUrl), init),
  });
  await client.loadHttpProxyAgent();
  onTestFinished(() => client.close());
  return client;
}

test('ccxt reads the parts of a fill as trades of one order', async () => {
  const stage = await openStage({ balances: { USDT: units('10000') } });
  const client = await watching(stage);
  stage.control.fault({ kind: 'partial-fills', percent: 40 });
  const order = await stage.client.createOrder('BTC/USDT', 'limit', 'buy', 0.001, 50_000, {
    clientOrderId: 'piggy-1',
  });
  // The subscription is one and the same for both.
  expect(await client.watchOrders()).toMatchObject([{ id: order.id, symbol: 'BTC/USDT' }]);
  const first = client.watchMyTrades();
  await setImmediate();
  stage.control.movePrice('BTCUSDT', '49000');
  expect(await first).toMatchObject([
    { order: order.id, symbol: 'BTC/USDT', side: 'buy', amount: 0.0004, price: 50_000 },
  ]);
});

async function socketOf({ wsUrl }: Stage): Promise<{
  readonly heard: readonly unknown[];
  readonly ask: (message: unknown) => void;
}> {
  const socket = new WebSocket(`${wsUrl}/v2`);
  const heard: unknown[] = [];
  socket.on('message', (data) => {
    if (Buffer.isBuffer(data)) heard.push(JSON.parse(data.toString()));
  });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return { heard, ask: (message) => socket.send(JSON.stringify(message)) };
}

async function tokenOf({ client }: Stage): Promise<string> {
  const answer = await implicit(client, 'privatePostGetWebSocketsToken');
  const token = /"token":"([^"]+)"/.exec(JSON.stringify(answer))?.[1];
  if (token === undefined) throw new Error('There is no token.');
  return token;
}

test('an order is named in full while it is new, and by its txid alone when it ends', async () => {
  const stage = await openStage();
  const token = await tokenOf(stage);
  const { heard, ask } = await socketOf(stage);
  ask({ method: 'subscribe', params: { channel: 'executions', token, snap_orders: true } });
  await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: 'snapshot' }));
  const { id } = await stage.client.createOrder('BTC/USDT', 'limit', 'buy', 0.001, 50_000, {
    clientOrderId: 'piggy-1',
  });
  stage.control.cancelByHand({ clientOrderId: 'piggy-1' });
  await expect.poll(() => JSON.stringify(heard)).toContain('"canceled"');
  const rows: readonly object[] = heard.flatMap((each) => {
    const update = z.object({ type: z.literal('update'), data: z.array(z.looseObject({})) });
    const { data } = update.safeParse(each);
    return data === undefined ? [] : data.data.filter((row) => 'order_id' in row);
  });
  const named = { order_id: id, cl_ord_id: 'piggy-1', symbol: 'BTC/USDT' };
  expect(rows).toMatchObject([
    { exec_type: 'pending_new', ...named },
    { exec_type: 'new', ...named },
    { exec_type: 'canceled', order_id: id, cancel_reason: 'User requested' },
  ]);
  expect(rows[2]).not.toHaveProperty('cl_ord_id');
  expect(rows[2]).not.toHaveProperty('symbol');
});

test('a token is good for a quarter of an hour, and no other is', async () => {
  const clock = { now: START };
  const stage = await openStage({ now: () => clock.now });
  const token = await tokenOf(stage);
  const { heard, ask } = await socketOf(stage);
  ask({ method: 'subscribe', params: { channel: 'balances', token: 'another' } });
  await expect.poll(() => JSON.stringify(heard)).toContain('ESession:Invalid session');
  clock.now += 15 * 60_000;
  ask({ method: 'subscribe', params: { channel: 'balances', token } });
  await expect.poll(() => heard).toContainEqual(expect.objectContaining({ success: true }));
  clock.now += 1;
  const count = heard.length;
  ask({ method: 'subscribe', params: { channel: 'executions', token } });
  await expect.poll(() => JSON.stringify(heard.slice(count))).toContain('Invalid session');
});
