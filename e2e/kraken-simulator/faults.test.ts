import { NetworkError, RequestTimeout } from 'ccxt';
import { expect, test } from 'vitest';
import type { KrakenFaultInput } from './faults.ts';
import { openStage, START, type Stage } from './testing/kraken-client.ts';

const BTC = 'BTC/USDT';
const CLIENT_ID = { clientOrderId: 'piggy-1' };
const ORDER = { path: '/AddOrder' } as const;

async function buy({ open }: Stage, timeout?: number): Promise<unknown> {
  const client = open();
  // Whatever an order needs to know is asked for with patience.
  await client.loadMarkets();
  if (timeout !== undefined) client.timeout = timeout;
  return client.createOrder(BTC, 'limit', 'buy', 0.001, 50_000, CLIENT_ID);
}

/** ms; only where the exchange is not going to answer, and long enough for a busy machine to ask it. */
const IMPATIENT_MS = 1_000;

test.each(['timeout', 'reset'] as const)(
  '%s, before and after the order took effect',
  async (kind) => {
    for (const effect of ['before', 'after'] as const) {
      const stage = await openStage();
      stage.control.fault({ kind, effect, ...ORDER });
      const thrown = kind === 'timeout' ? RequestTimeout : NetworkError;
      await expect(buy(stage, IMPATIENT_MS)).rejects.toThrow(thrown);
      const found = await stage.client.fetchOpenOrders(BTC, undefined, undefined, CLIENT_ID);
      expect(found).toHaveLength(effect === 'after' ? 1 : 0);
    }
  },
);

interface Said {
  readonly fault: KrakenFaultInput;
  readonly name: string;
}

const SAID: readonly Said[] = [
  { fault: { kind: 'error', error: 'EAPI:Rate limit exceeded', ...ORDER }, name: 'DDoSProtection' },
  {
    fault: { kind: 'error', error: 'EService:Unavailable', ...ORDER },
    name: 'ExchangeNotAvailable',
  },
  { fault: { kind: 'error', error: 'EService:Busy', ...ORDER }, name: 'ExchangeNotAvailable' },
  { fault: { kind: 'server-error', status: 502, ...ORDER }, name: 'ExchangeNotAvailable' },
  { fault: { kind: 'server-error', status: 520, ...ORDER }, name: 'ExchangeNotAvailable' },
  { fault: { kind: 'rate-limit', retryAfterSeconds: 1, ...ORDER }, name: 'DDoSProtection' },
  { fault: { kind: 'ban', retryAfterSeconds: 1, ...ORDER }, name: 'DDoSProtection' },
  { fault: { kind: 'backend-timeout', ...ORDER }, name: 'ExchangeError' },
  { fault: { kind: 'market-mode', mode: 'cancel_only' }, name: 'OnMaintenance' },
  { fault: { kind: 'market-mode', mode: 'post_only' }, name: 'OnMaintenance' },
];

test.each(SAID)('$fault.kind $fault.error $fault.mode comes as $name', async ({ fault, name }) => {
  const stage = await openStage();
  stage.control.fault(fault);
  await expect(buy(stage)).rejects.toMatchObject({ name });
  expect(stage.control.truth().orders).toEqual([]);
  stage.control.clearFaults();
  await expect(buy(stage)).resolves.toBeDefined();
});

test('what says it failed may have taken effect', async () => {
  const stage = await openStage();
  stage.control.fault({ kind: 'error', error: 'EService:Busy', effect: 'after', ...ORDER });
  await expect(buy(stage)).rejects.toThrow('EService:Busy');
  stage.control.fault({ kind: 'server-error', status: 504, effect: 'after', path: '/CancelOrder' });
  await expect(stage.client.cancelOrder('', BTC, CLIENT_ID)).rejects.toThrow('504');
  expect(stage.control.truth().orders).toMatchObject([{ ...CLIENT_ID, status: 'CANCELED' }]);
});

test('while a market takes cancellations only, they go through', async () => {
  const stage = await openStage();
  await buy(stage);
  stage.control.fault({ kind: 'market-mode', mode: 'cancel_only' });
  await stage.client.cancelOrder('', BTC, CLIENT_ID);
  expect(await stage.client.fetchOpenOrders()).toEqual([]);
});

test('a fault meets as many requests as it is told to, and only those that it is meant for', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'error', error: 'EService:Busy', path: '/BalanceEx', times: 2 });
  expect(await client.fetchTime()).toBe(START);
  await expect(client.fetchBalance()).rejects.toThrow('EService:Busy');
  await expect(client.fetchBalance()).rejects.toThrow('EService:Busy');
  await expect(client.fetchBalance()).resolves.toBeDefined();
});

test('a delay waits as long as it says', async () => {
  const waited: number[] = [];
  const stage = await openStage({
    wait: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
  });
  stage.control.fault({ kind: 'delay', ms: 3_000, ...ORDER });
  await buy(stage);
  expect(waited).toEqual([3_000]);
});

test('partial fills leave the rest of a limit order in the book', async () => {
  const { client, control } = await openStage();
  control.fault({ kind: 'partial-fills', percent: 30 });
  const { id = '' } = await client.createOrder(BTC, 'limit', 'buy', 0.01, 61_000);
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'open', filled: 0.003 });
  control.clearFaults();
  control.movePrice('BTCUSDT', '60500');
  expect(await client.fetchOrder(id)).toMatchObject({ status: 'closed', filled: 0.01 });
});
