/** Coinbase's user channel as a bell: ccxt's own class and its signature, over real sockets. */

import { expect, it, vi } from 'vitest';
import { approvedBuy } from '../../../conformance/approved-orders.ts';
import { json } from '../../testing/loopback.ts';
import {
  aCoinbaseGateway,
  COINBASE_KEY,
  coinbaseOrder,
  coinbaseSecret,
  type CoinbaseStage,
} from '../testing/coinbase-account.ts';
import {
  order,
  startCoinbaseUserStream,
  type CoinbaseUserStream,
} from '../testing/coinbase-user-stream.ts';
import { BTC } from '../testing/gateway-stage.ts';

vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 30_000, interval: 5 };
const BTC_USD = { ...BTC, symbol: 'BTC/USD', quote: 'USD' };

interface Streaming {
  readonly stage: CoinbaseStage;
  readonly channel: CoinbaseUserStream;
}

async function streaming(): Promise<Streaming> {
  const secret = coinbaseSecret();
  const channel = await startCoinbaseUserStream({ apiKey: COINBASE_KEY, secret });
  const stage = await aCoinbaseGateway({ secret, server: channel.url });
  await up(stage);
  expect(channel.refusal()).toBe(null);
  return { stage, channel };
}

function up({ gateway }: CoinbaseStage): Promise<void> {
  return expect.poll(() => gateway.streamState.isUp, PATIENCE).toBe(true);
}

function down({ gateway }: CoinbaseStage, cuts: number): Promise<void> {
  return expect.poll(() => gateway.streamState.cuts, PATIENCE).toBe(cuts);
}

async function resting({ gateway, says }: CoinbaseStage): Promise<void> {
  const response = { order_id: 'cb-1', product_id: 'BTC-USD', client_order_id: 'l1-1' };
  says('POST /orders', json({ success: true, success_response: { ...response, side: 'BUY' } }));
  const answer = await gateway.submit(approvedBuy(BTC_USD, 'l1-1', 20, 40_000));
  expect(answer.kind).toBe('accepted');
}

function cancelled({ says }: CoinbaseStage): void {
  const orders = [coinbaseOrder({ status: 'CANCELLED' })];
  says('GET /orders/historical/batch', json({ orders, cursor: '' }));
}

it('a signature as Coinbase wants it opens the channel, and what rings is asked for at once', async () => {
  const { stage, channel } = await streaming();
  await resting(stage);
  channel.tell([order('OPEN')]);
  cancelled(stage);
  channel.tell([order('CANCELLED')]);
  await expect.poll(() => stage.news, PATIENCE).toMatchObject([{ kind: 'order-cancelled' }]);
  expect(stage.bells).toEqual([{ kind: 'order', orderId: 'l1-1' }]);
});

it('a part of a fill rings, though the order is open still', async () => {
  const { stage, channel } = await streaming();
  await resting(stage);
  channel.tell([order('OPEN', { cumulative_quantity: '0.0002' })]);
  await expect.poll(() => stage.bells, PATIENCE).toEqual([{ kind: 'order', orderId: 'l1-1' }]);
});

it('what somebody else does in the account rings for the account, and the beginning for nothing', async () => {
  const { stage, channel } = await streaming();
  channel.tell([order('FILLED', { client_order_id: '', order_id: 'by-hand' })]);
  await expect.poll(() => stage.bells, PATIENCE).toEqual([{ kind: 'account' }]);
});

it('a cut is dialled and signed on again, and what happened meanwhile is asked for', async () => {
  const { stage, channel } = await streaming();
  await resting(stage);
  channel.drop();
  await down(stage, 1);
  cancelled(stage);
  stage.clock.advance(500);
  await up(stage);
  await expect.poll(() => stage.news, PATIENCE).toMatchObject([{ kind: 'order-cancelled' }]);
  expect(channel.refusal()).toBe(null);
});

it('another key is refused the channel, told once, and not asked for again soon', async () => {
  const channel = await startCoinbaseUserStream({
    apiKey: COINBASE_KEY,
    secret: coinbaseSecret(),
  });
  const stage = await aCoinbaseGateway({ server: channel.url });
  await down(stage, 1);
  expect(channel.refusal()).toBe('The signature is not by this key.');
  expect(stage.bells).toMatchObject([
    { kind: 'stream-down', sentence: expect.stringContaining('refuses this key') as unknown },
  ]);
  stage.clock.advance(300_000);
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 1 });
  expect(channel.count()).toBe(0);
});
