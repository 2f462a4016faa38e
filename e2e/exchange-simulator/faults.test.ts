import {
  DDoSProtection,
  ExchangeNotAvailable,
  InvalidNonce,
  NetworkError,
  OnMaintenance,
  RequestTimeout,
} from 'ccxt';
import { expect, test, vi } from 'vitest';
import { openStage, START, type Stage } from './testing/ccxt-client.ts';

const BTC = 'BTC/USDT';

vi.setConfig({ testTimeout: 60_000 });
/** ms; only where the exchange is not going to answer, and long enough for a busy machine to ask it. */
const IMPATIENT_MS = 1_000;

async function buy({ open }: Stage, timeout?: number): Promise<unknown> {
  const client = open();
  // Whatever an order needs to know is asked for with patience.
  await client.loadMarkets();
  if (timeout !== undefined) client.timeout = timeout;
  return client.createOrder(BTC, 'market', 'buy', 0.001, undefined, { clientOrderId: 'piggy-1' });
}

const ORDER = { method: 'POST', path: '/order' } as const;

test.each([
  { effect: 'before', orders: 0 },
  { effect: 'after', orders: 1 },
] as const)('no answer, $effect the order took effect', async ({ effect, orders }) => {
  const stage = await openStage();
  stage.control.fault({ kind: 'timeout', effect, ...ORDER });
  await expect(buy(stage, IMPATIENT_MS)).rejects.toThrow(RequestTimeout);
  expect(stage.control.truth().orders).toHaveLength(orders);
  expect(await stage.client.fetchOrders(BTC)).toHaveLength(orders);
});

test.each([
  { effect: 'before', orders: 0 },
  { effect: 'after', orders: 1 },
] as const)('a connection reset, $effect the order took effect', async ({ effect, orders }) => {
  const stage = await openStage();
  stage.control.fault({ kind: 'reset', effect, ...ORDER });
  await expect(buy(stage)).rejects.toThrow(NetworkError);
  expect(stage.control.truth().orders).toHaveLength(orders);
});

test.each([
  { effect: 'before', orders: 0 },
  { effect: 'after', orders: 1 },
] as const)('a 502 and a −1007, $effect the order took effect', async ({ effect, orders }) => {
  const [gateway, backend] = [await openStage(), await openStage()];
  gateway.control.fault({ kind: 'server-error', status: 502, effect, ...ORDER });
  await expect(buy(gateway)).rejects.toThrow(ExchangeNotAvailable);
  expect(gateway.control.truth().orders).toHaveLength(orders);
  backend.control.fault({ kind: 'backend-timeout', effect, ...ORDER });
  await expect(buy(backend)).rejects.toThrow(RequestTimeout);
  expect(backend.control.truth().orders).toHaveLength(orders);
});

test('a fault meets as many requests as it is told to, and only those that it is meant for', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'server-error', status: 503, path: '/account', times: 2 });
  expect(await client.fetchTime()).toBe(START);
  await expect(client.fetchBalance()).rejects.toThrow(ExchangeNotAvailable);
  await expect(client.fetchBalance()).rejects.toThrow(ExchangeNotAvailable);
  await expect(client.fetchBalance()).resolves.toBeDefined();
});

test('429 and 418 say how long to wait', async () => {
  const { client, control, restUrl } = await openStage();
  control.fault({ kind: 'rate-limit', retryAfterSeconds: 30, times: 2 });
  control.fault({ kind: 'ban', retryAfterSeconds: 120 });
  await expect(client.fetchTime()).rejects.toThrow(DDoSProtection);
  const limited = await fetch(`${restUrl}/api/v3/time`);
  const banned = await fetch(`${restUrl}/api/v3/time`);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '30']);
  expect([banned.status, banned.headers.get('retry-after')]).toEqual([418, '120']);
  expect(await banned.json()).toMatchObject({ code: -1003 });
});

test('a delay waits as long as it says, before or after the order took effect', async () => {
  const waited: number[] = [];
  let goOn = (): void => {};
  const stage = await openStage({
    wait: (ms) => {
      waited.push(ms);
      return new Promise((resolve) => (goOn = resolve));
    },
  });
  await stage.client.loadMarkets();
  const ordersWhileWaiting: number[] = [];
  for (const effect of ['before', 'after'] as const) {
    stage.control.fault({ kind: 'delay', ms: 3_000, effect, ...ORDER });
    const order = stage.client.createOrder(BTC, 'market', 'buy', 0.001);
    await expect.poll(() => waited.length, { timeout: 30_000 }).toBe(effect === 'before' ? 1 : 2);
    ordersWhileWaiting.push(stage.control.truth().orders.length);
    goOn();
    await expect(order).resolves.toMatchObject({ status: 'closed' });
  }
  expect(waited).toEqual([3_000, 3_000]);
  expect(ordersWhileWaiting).toEqual([0, 2]);
});

test("a skewed clock refuses requests until the client takes over the exchange's time", async () => {
  const { client, control, open } = await openStage();
  control.fault({ kind: 'clock-skew', ms: -60_000 });
  await expect(client.fetchBalance()).rejects.toThrow(InvalidNonce);
  expect(await client.fetchTime()).toBe(START - 60_000);
  const adjusting = open({ options: { adjustForTimeDifference: true } });
  await expect(adjusting.fetchBalance()).resolves.toBeDefined();
});

test('during maintenance nothing answers but the status', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'maintenance', on: true });
  await expect(client.fetchTime()).rejects.toThrow(OnMaintenance);
  expect(await client.fetchStatus()).toMatchObject({ status: 'maintenance' });
  control.fault({ kind: 'maintenance', on: false });
  expect(await client.fetchTime()).toBe(START);
});

test('partial fills leave the rest of a limit order in the book', async () => {
  const { client, control } = await openStage();
  control.movePrice('BTCUSDT', '60000');
  control.fault({ kind: 'partial-fills', percent: 30 });
  const order = await client.createOrder(BTC, 'limit', 'buy', 0.01, 61_000);
  expect(order).toMatchObject({ status: 'open', filled: 0.003 });
  control.movePrice('BTCUSDT', '60500');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({ filled: 0.006 });
  control.clearFaults();
  control.movePrice('BTCUSDT', '60500');
  expect(await client.fetchOrder(String(order.id), BTC)).toMatchObject({
    status: 'closed',
    filled: 0.01,
  });
});

test('a market order that is only partly filled ends with that', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'partial-fills', percent: 30 });
  const order = await client.createOrder(BTC, 'market', 'sell', 0.01);
  expect(order).toMatchObject({ status: 'expired', filled: 0.003 });
});
