/** The account's stream as a bell: ccxt's own classes on the exchange simulator, over real sockets. */

import { describe, expect, it, vi } from 'vitest';
import { approvedBuy } from '../../../conformance/approved-orders.ts';
import { aGateway, BTC, type GatewayStage } from '../testing/gateway-stage.ts';

vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 30_000, interval: 5 };

type Venue = 'binanceus' | 'binance';

async function aStreamingGateway(venue: Venue = 'binanceus'): Promise<GatewayStage> {
  const stage = await aGateway(venue, { hasStream: true, timeoutMs: 30_000 });
  await up(stage);
  return stage;
}

function up({ gateway }: GatewayStage): Promise<void> {
  return expect.poll(() => gateway.streamState.isUp, PATIENCE).toBe(true);
}

function down({ gateway }: GatewayStage, cuts: number): Promise<void> {
  return expect.poll(() => gateway.streamState.cuts, PATIENCE).toBe(cuts);
}

async function resting(stage: GatewayStage, id = 'p-1'): Promise<void> {
  await stage.gateway.submit(approvedBuy(BTC, id, 20, 50_000));
}

function kinds({ news }: GatewayStage): readonly string[] {
  return news.map(({ kind }) => kind);
}

function bells({ bells: rung }: GatewayStage): readonly string[] {
  return rung.map(({ kind }) => kind);
}

/** No time passes on the gateway's clock: whatever is told was not found by looking again and again. */
describe.each(['binanceus', 'binance'] as const)('the stream of %s', (venue) => {
  it('has a fill told as soon as it happens', async () => {
    const stage = await aStreamingGateway(venue);
    await resting(stage);
    stage.simulator.control.movePrice('BTCUSDT', '49000');
    await expect.poll(() => kinds(stage), PATIENCE).toContain('order-filled');
    expect(stage.news[0]).toMatchObject({ orderId: 'p-1', fill: { side: 'buy', price: 50_000 } });
    expect(bells(stage)).not.toContain('account');
  });

  it('has it told that somebody else cancelled our order', async () => {
    const stage = await aStreamingGateway(venue);
    await resting(stage);
    stage.simulator.control.cancelByHand({ clientOrderId: 'p-1' });
    await expect.poll(() => kinds(stage), PATIENCE).toEqual(['order-cancelled']);
  });

  it('rings for what somebody else does in the account', async () => {
    const stage = await aStreamingGateway(venue);
    const { control } = stage.simulator;
    control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.01' });
    await expect.poll(() => bells(stage), PATIENCE).toEqual(['account', 'account']);
    control.transfer('USDT', '-100');
    await expect.poll(() => bells(stage), PATIENCE).toEqual(['account', 'account', 'account']);
    expect(stage.news).toEqual([]);
  });
});

describe('a stream that is cut', () => {
  it('is dialled again, and what filled meanwhile is asked for', async () => {
    const stage = await aStreamingGateway();
    await resting(stage);
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    await down(stage, 1);
    stage.simulator.control.movePrice('BTCUSDT', '49000');
    expect(bells(stage)).toEqual(['stream-down']);
    stage.clock.advance(500);
    await expect.poll(() => kinds(stage), PATIENCE).toContain('order-filled');
    await up(stage);
    expect(bells(stage)).toEqual(['stream-down', 'reconnected']);
  });

  it.each(['ended-streams', 'shutdown-notice'] as const)(
    '%s is a cut, though the connection stands',
    async (kind) => {
      const stage = await aStreamingGateway();
      await resting(stage);
      stage.simulator.control.fault({ kind });
      await down(stage, 1);
      stage.clock.advance(500);
      await up(stage);
      stage.simulator.control.movePrice('BTCUSDT', '49000');
      await expect.poll(() => kinds(stage), PATIENCE).toContain('order-filled');
    },
  );

  it('is told once, however often it is dialled in vain', async () => {
    const stage = await aStreamingGateway();
    stage.simulator.control.fault({ kind: 'maintenance', on: true });
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    for (const cuts of [1, 2, 3]) {
      await down(stage, cuts);
      stage.clock.advance(4_000);
    }
    stage.simulator.control.fault({ kind: 'maintenance', on: false });
    expect(bells(stage)).toEqual(['stream-down']);
  });
});

it('a stream that is open and silent is given up when looking finds what it did not tell', async () => {
  const stage = await aStreamingGateway();
  await resting(stage);
  stage.simulator.control.fault({ kind: 'silent-streams', on: true });
  stage.simulator.control.movePrice('BTCUSDT', '49000');
  await stage.look();
  expect(kinds(stage)).toContain('order-filled');
  expect(stage.gateway.streamState).toEqual({ isUp: true, cuts: 0 });
  stage.clock.advance(2_000);
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 1 });
});

it('a stream that tells what looking finds too is believed', async () => {
  const stage = await aStreamingGateway();
  await resting(stage);
  stage.simulator.control.movePrice('BTCUSDT', '49000');
  await stage.look();
  await expect.poll(() => bells(stage), PATIENCE).toContain('order');
  stage.clock.advance(2_000);
  expect(stage.gateway.streamState).toEqual({ isUp: true, cuts: 0 });
});

it('a key that may not have the stream trades on, and is not asked for it again for ten minutes', async () => {
  const stage = await aGateway('binanceus', { timeoutMs: 30_000 });
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 0 });
  const refused = await aGateway('binanceus', {
    hasStream: true,
    isRefused: true,
    timeoutMs: 30_000,
  });
  await down(refused, 1);
  expect(refused.bells).toMatchObject([
    { kind: 'stream-down', sentence: expect.stringContaining('refuses this key') },
  ]);
  await resting(refused);
  refused.simulator.control.movePrice('BTCUSDT', '49000');
  await refused.look();
  expect(kinds(refused)).toContain('order-filled');
  refused.simulator.control.clearFaults();
  refused.clock.advance(597_000);
  expect(refused.gateway.streamState).toEqual({ isUp: false, cuts: 1 });
  refused.clock.advance(2_000);
  await up(refused);
});

it('events that come twice, or out of order, ring and are booked as the exchange shows them', async () => {
  const stage = await aStreamingGateway();
  const { control } = stage.simulator;
  control.fault({ kind: 'duplicate-events', times: 20 });
  control.fault({ kind: 'reordered-events', times: 20 });
  control.fault({ kind: 'partial-fills', percent: 40 });
  await resting(stage);
  for (const price of ['49000', '48000', '47000']) control.movePrice('BTCUSDT', price);
  await expect
    .poll(
      () => stage.news.some((event) => event.kind === 'order-filled' && event.fill.complete),
      PATIENCE,
    )
    .toBe(true);
  const ids = stage.news.flatMap((event) => (event.kind === 'order-filled' ? [event.fill.id] : []));
  expect(new Set(ids).size).toBe(3);
});

it('leaves neither a timer nor a socket behind', async () => {
  const stage = await aStreamingGateway();
  await resting(stage);
  stage.gateway.close();
  expect(stage.clock.waits()).toEqual([]);
  stage.clock.advance(600_000);
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 0 });
  await expect.poll(stage.simulator.streamCount, PATIENCE).toBe(0);
});

describe('open orders that cannot be asked for', () => {
  it('are told of after three looks in vain, once, and when they can be again', async () => {
    const stage = await aGateway('binanceus', { timeoutMs: 30_000 });
    await resting(stage);
    stage.simulator.control.fault({ kind: 'server-error', status: 503, path: '/order', times: 5 });
    for (let looks = 0; looks < 2; looks += 1) await stage.look();
    expect(stage.bells).toEqual([]);
    for (let looks = 0; looks < 3; looks += 1) await stage.look();
    expect(bells(stage)).toEqual(['orders-unasked']);
    await stage.look();
    await stage.look();
    expect(bells(stage)).toEqual(['orders-unasked', 'orders-asked']);
  });
});
