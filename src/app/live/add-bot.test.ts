/** A bot that is added with real money may wait until it is started by hand. */

import { expect, it } from 'vitest';
import { LiveExchange } from './testing/live-exchange.ts';

const BOT = {
  account: 'live',
  name: 'Cross',
  symbol: 'BTC/USDT',
  timeframe: '1m',
  strategy: null,
  sizing: { kind: 'fixed', cost: 20 },
  exits: { stopDistance: null, targetDistance: null, trailing: null, maxHoldMs: null },
} as const;

it('is stopped from its first moment on where it shall not start, and starts when told', async () => {
  const stage = await LiveExchange.live();
  const { botId } = await stage.call('bots.add', { ...BOT, starts: false });
  const statusOf = async (): Promise<string | undefined> =>
    (await stage.status()).bots.find(({ id }) => id === botId)?.status;
  expect(await statusOf()).toBe('stopped');
  await stage.call('bots.start', { account: 'live', botId });
  expect(await statusOf()).toBe('running');
});

it('runs at once where nothing is said', async () => {
  const stage = await LiveExchange.live();
  const { botId } = await stage.call('bots.add', BOT);
  const { bots } = await stage.status();
  expect(bots.find(({ id }) => id === botId)?.status).toBe('running');
});
