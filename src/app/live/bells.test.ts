/** What rings at the exchange is asked for at once, and what cannot be asked for is told. */

import { expect, it, vi } from 'vitest';
import { LiveExchange } from './testing/live-exchange.ts';

vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 30_000, interval: 5 };

interface Shown {
  readonly type: string;
  readonly side: string;
  readonly status: string;
}

function resting({ simulator }: LiveExchange): readonly Shown[] {
  return simulator.control.truth().orders.filter(({ status }) => status === 'NEW');
}

async function withRestingLimit(hasStream: boolean): Promise<LiveExchange> {
  const stage = await LiveExchange.live({ hasStream });
  if (hasStream) await expect.poll(() => stage.isStreaming, PATIENCE).toBe(true);
  const entry = { botId: 'test BTC/USDT', cost: 20, limit: 50_000, target: null };
  await stage.call('bots.enter', { account: 'live', ...entry, stop: null });
  expect(resting(stage)).toMatchObject([{ side: 'BUY' }]);
  return stage;
}

it('the stop of a limit that fills in the book is placed without any time passing', async () => {
  const stage = await withRestingLimit(true);
  stage.simulator.control.movePrice('BTCUSDT', '49900');
  await expect
    .poll(() => resting(stage), PATIENCE)
    .toMatchObject([{ side: 'SELL', type: 'STOP_LOSS_LIMIT' }]);
});

it('what somebody else does in the account is checked in a second instead of half a minute', async () => {
  const stage = await withRestingLimit(true);
  const { health } = await stage.state();
  const { control } = stage.simulator;
  control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.01', price: '90000' });
  await expect.poll(() => stage.rung('account'), PATIENCE).toBeGreaterThan(0);
  await stage.pass(1_000);
  await stage.until(() => stage.live.state().health !== health);
  expect((await stage.state()).health?.time).toBeGreaterThan(health?.time ?? 0);
});

it('open orders that cannot be asked for are trouble with the connection, until they can be again', async () => {
  const stage = await withRestingLimit(false);
  const fault = { kind: 'server-error', status: 503, method: 'GET', path: '/order' } as const;
  stage.simulator.control.fault({ ...fault, times: 1_000 });
  await stage.pass(5_000);
  expect((await stage.status()).connection.up).toBe(true);
  await stage.pass(3_000);
  expect((await stage.status()).connection).toEqual({
    up: false,
    sentence:
      'Binance US does not answer what became of the open orders; it is asked again and again.',
  });
  stage.simulator.control.clearFaults();
  await stage.pass(3_000);
  expect((await stage.status()).connection.up).toBe(true);
});

it('a stream that is down is told on the connection line while trading goes on, until it is back', async () => {
  const stage = await withRestingLimit(true);
  const told =
    'Binance US does not tell of orders by itself at the moment. Trading goes on: orders are looked at every few seconds.';
  const before = (await stage.status()).connection;
  expect(before.up).toBe(true);
  stage.simulator.control.fault({ kind: 'dropped-sockets' });
  await expect.poll(() => stage.rung('stream-down'), PATIENCE).toBe(1);
  expect((await stage.status()).connection).toEqual({
    up: true,
    sentence: `${before.sentence} ${told}`,
  });
  await stage.pass(3_000);
  await expect.poll(() => stage.rung('reconnected'), PATIENCE).toBe(1);
  expect((await stage.status()).connection).toEqual(before);
});
