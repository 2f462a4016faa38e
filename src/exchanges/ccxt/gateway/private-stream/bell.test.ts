/** The account's stream as a bell: ccxt's own classes on the exchange simulator, over real sockets. */

import { describe, expect, it, vi } from 'vitest';
import { CAREFUL_KEY } from '../../../../../e2e/kraken-simulator/key.ts';
import { approvedBuy } from '../../../conformance/approved-orders.ts';
import { aGateway, BTC, type GatewayStage, type OpenedGateway } from '../testing/gateway-stage.ts';
import { aKrakenGateway } from '../testing/simulated-venue.ts';

vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 30_000, interval: 5 };

const VENUES = ['binanceus', 'binance', 'kraken'] as const;
type Venue = (typeof VENUES)[number];

/** What both simulators can do. */
interface Simulated extends OpenedGateway {
  readonly simulator: {
    readonly streamCount: () => number;
    readonly control: Pick<
      GatewayStage['simulator']['control'],
      'movePrice' | 'cancelByHand' | 'placeByHand' | 'transfer'
    > & { readonly fault: (fault: SharedFault) => void };
  };
}

type SharedFault =
  | { readonly kind: 'dropped-sockets' }
  | { readonly kind: 'silent-streams' | 'refused-streams'; readonly on: boolean }
  | { readonly kind: 'partial-fills'; readonly percent: number };

interface Setting {
  readonly hasStream?: boolean;
  readonly isRefused?: boolean;
}

function opened(venue: Venue, setting: Setting): Promise<Simulated> {
  const all = { ...setting, timeoutMs: 30_000 };
  return venue === 'kraken' ? aKrakenGateway(all) : aGateway(venue, all);
}

async function aStreamingStage(venue: Venue): Promise<Simulated> {
  const stage = await opened(venue, { hasStream: true });
  await up(stage);
  return stage;
}

async function aStreamingGateway(): Promise<GatewayStage> {
  const stage = await aGateway('binanceus', { hasStream: true, timeoutMs: 30_000 });
  await up(stage);
  return stage;
}

function up({ gateway }: OpenedGateway): Promise<void> {
  return expect.poll(() => gateway.streamState.isUp, PATIENCE).toBe(true);
}

function down({ gateway }: OpenedGateway, cuts: number): Promise<void> {
  return expect.poll(() => gateway.streamState.cuts, PATIENCE).toBe(cuts);
}

async function resting(stage: OpenedGateway, id = 'p-1'): Promise<void> {
  await stage.gateway.submit(approvedBuy(BTC, id, 20, 50_000));
}

function kinds({ news }: OpenedGateway): readonly string[] {
  return news.map(({ kind }) => kind);
}

function bells({ bells: rung }: OpenedGateway): readonly string[] {
  return rung.map(({ kind }) => kind);
}

/** No time passes on the gateway's clock: whatever is told was not found by looking again and again. */
describe.each(VENUES)('the stream of %s', (venue) => {
  it('has a fill told as soon as it happens', async () => {
    const stage = await aStreamingStage(venue);
    await resting(stage);
    stage.simulator.control.movePrice('BTCUSDT', '49000');
    await expect.poll(() => kinds(stage), PATIENCE).toContain('order-filled');
    expect(stage.news[0]).toMatchObject({ orderId: 'p-1', fill: { side: 'buy', price: 50_000 } });
    expect(bells(stage)).not.toContain('account');
  });

  it('has it told that somebody else cancelled our order', async () => {
    const stage = await aStreamingStage(venue);
    await resting(stage);
    stage.simulator.control.cancelByHand({ clientOrderId: 'p-1' });
    await expect.poll(() => kinds(stage), PATIENCE).toEqual(['order-cancelled']);
  });

  it('rings for what somebody else does in the account', async () => {
    const stage = await aStreamingStage(venue);
    const { control } = stage.simulator;
    control.placeByHand({ symbol: 'BTCUSDT', side: 'sell', quantity: '0.01' });
    await expect.poll(() => bells(stage), PATIENCE).toContain('account');
    const before = bells(stage).length;
    control.transfer('USDT', '-100');
    await expect.poll(() => bells(stage).length, PATIENCE).toBeGreaterThan(before);
    expect(new Set(bells(stage))).toEqual(new Set(['account']));
    expect(stage.news).toEqual([]);
  });

  it('has each part of a fill told as it happens', async () => {
    const stage = await aStreamingStage(venue);
    const { control } = stage.simulator;
    control.fault({ kind: 'partial-fills', percent: 40 });
    await resting(stage);
    // Each look tells of all its fills again: they are told apart by their ids.
    const fills = (): readonly string[] => [
      ...new Set(stage.news.flatMap((news) => ('fill' in news ? [news.fill.id] : []))),
    ];
    for (const [told, price] of ['49000', '48000', '47000'].entries()) {
      control.movePrice('BTCUSDT', price);
      await expect.poll(() => fills().length, PATIENCE).toBe(told + 1);
    }
    expect(new Set(kinds(stage))).toEqual(new Set(['order-filled']));
    expect(stage.news.at(-1)).toMatchObject({ fill: { complete: true } });
  });

  it('is dialled again after a cut, and what filled meanwhile is asked for', async () => {
    const stage = await aStreamingStage(venue);
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

  it('knows an order that was placed before it was cut', async () => {
    const stage = await aStreamingStage(venue);
    await resting(stage);
    stage.simulator.control.fault({ kind: 'dropped-sockets' });
    await down(stage, 1);
    stage.clock.advance(500);
    await up(stage);
    stage.simulator.control.cancelByHand({ clientOrderId: 'p-1' });
    await expect.poll(() => kinds(stage), PATIENCE).toEqual(['order-cancelled']);
    expect(bells(stage)).toEqual(['stream-down', 'reconnected', 'order']);
  });

  it('is given up where it is open and silent, when looking finds what it did not tell', async () => {
    const stage = await aStreamingStage(venue);
    await resting(stage);
    stage.simulator.control.fault({ kind: 'silent-streams', on: true });
    stage.simulator.control.movePrice('BTCUSDT', '49000');
    await stage.look();
    expect(kinds(stage)).toContain('order-filled');
    expect(stage.gateway.streamState).toEqual({ isUp: true, cuts: 0 });
    stage.clock.advance(2_000);
    expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 1 });
  });

  it('leaves neither a timer nor a socket behind', async () => {
    const stage = await aStreamingStage(venue);
    await resting(stage);
    stage.gateway.close();
    expect(stage.clock.waits()).toEqual([]);
    stage.clock.advance(600_000);
    expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 0 });
    await expect.poll(stage.simulator.streamCount, PATIENCE).toBe(0);
  });
});

it('a Kraken key without tokens for streams trades on, told once how to have them, until it may', async () => {
  const stage = await aKrakenGateway({ hasStream: true, isRefused: true, timeoutMs: 30_000 });
  await down(stage, 1);
  expect(stage.bells).toMatchObject([
    {
      kind: 'stream-down',
      sentence: expect.stringContaining('tick "WebSocket interface"') as unknown,
    },
  ]);
  expect(await stage.gateway.validateKey()).toMatchObject({ ok: true });
  await resting(stage);
  stage.simulator.control.movePrice('BTCUSDT', '49000');
  await stage.look();
  expect(kinds(stage)).toContain('order-filled');
  stage.clock.advance(590_000);
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 1 });
  stage.clock.advance(10_000);
  await down(stage, 2);
  expect(bells(stage).filter((kind) => kind === 'stream-down')).toHaveLength(1);
  stage.simulator.control.setKeyRestrictions(CAREFUL_KEY);
  stage.clock.advance(600_000);
  await up(stage);
  expect(bells(stage).at(-1)).toBe('reconnected');
});

it('a Kraken stream that refuses its subscription is one that the key may not have', async () => {
  const stage = await aKrakenGateway({ hasStream: true, timeoutMs: 30_000 });
  await up(stage);
  stage.simulator.control.fault({ kind: 'refused-streams', on: true });
  stage.simulator.control.fault({ kind: 'dropped-sockets' });
  await down(stage, 1);
  stage.clock.advance(500);
  await down(stage, 2);
  stage.clock.advance(300_000);
  expect(stage.gateway.streamState).toEqual({ isUp: false, cuts: 2 });
});

describe('a stream that is cut', () => {
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
  const [told, ...others] = refused.bells;
  expect(told?.kind === 'stream-down' ? told.sentence : null).toContain('refuses this key');
  expect(others).toEqual([]);
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
