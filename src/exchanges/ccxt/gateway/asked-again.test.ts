/** Reads are asked again, orders never; and while an exchange wants to be left alone, nothing is sent at all. */

import { describe, expect, it } from 'vitest';
import { approvedBuy, bounded } from '../../conformance/approved-orders.ts';
import { aGateway, BTC, type GatewayStage } from './testing/gateway-stage.ts';

async function aReadyGateway(): Promise<GatewayStage> {
  const stage = await aGateway();
  await stage.gateway.balances();
  return stage;
}

/** Lets the next wait of a read pass, which is this long in ms. */
async function waitOf({ clock }: GatewayStage, ms: number): Promise<void> {
  await clock.armed(1);
  expect(clock.waits()).toEqual([ms]);
  clock.advance(ms);
}

describe('a read', () => {
  it('is asked again after half a second, one and two, and is given up after the fourth time', async () => {
    const stage = await aReadyGateway();
    stage.simulator.control.fault({ kind: 'reset', path: '/account', times: 4 });
    const answer = stage.gateway.balances();
    for (const ms of [500, 1_000, 2_000]) await waitOf(stage, ms);
    expect(await answer).toEqual({
      ok: false,
      error: {
        code: 'EXCHANGE_UNAVAILABLE',
        sentence:
          'Binance US did not answer in time: check the internet connection and its status page.',
      },
    });
    expect(await stage.gateway.balances()).toMatchObject({ ok: true });
  });

  it.each([
    ['a silence', { kind: 'timeout' }],
    ['a page in place of an answer', { kind: 'server-error', status: 502 }],
    ["Binance's own not knowing", { kind: 'backend-timeout' }],
  ] as const)('gets over %s', async (_, fault) => {
    const stage = await aReadyGateway();
    stage.simulator.control.fault({ ...fault, path: '/order' });
    const answer = stage.gateway.find('p-1', BTC.symbol);
    await waitOf(stage, 500);
    expect(await answer).toEqual({ ok: true, value: null });
  });

  it('waits for as long as it was told to, and no longer than half a minute', async () => {
    const stage = await aReadyGateway();
    stage.simulator.control.fault({
      kind: 'rate-limit',
      retryAfterSeconds: 7,
      path: '/openOrders',
    });
    const answer = stage.gateway.openOrders([BTC.symbol]);
    await waitOf(stage, 500);
    await waitOf(stage, 6_500);
    expect(await answer).toEqual({ ok: true, value: [] });
    stage.simulator.control.fault({ kind: 'ban', retryAfterSeconds: 120, path: '/account' });
    const banned = stage.gateway.balances();
    await waitOf(stage, 500);
    expect(await banned).toMatchObject({
      error: { sentence: 'Binance US asks us to wait 120 s: nothing is sent until then.' },
    });
  });

  it('takes no longer than half a minute, however slowly it fails', async () => {
    const stage = await aReadyGateway();
    const began = stage.clock.now();
    const slow = { kind: 'rate-limit', retryAfterSeconds: 12, path: '/account' } as const;
    stage.simulator.control.fault({ ...slow, times: 4 });
    const answer = stage.gateway.balances();
    for (const ms of [500, 11_500, 1_000, 11_000]) await waitOf(stage, ms);
    expect(await answer).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
    expect(stage.clock.now() - began).toBeLessThanOrEqual(25_000);
  });

  it('is not asked again where the key is refused', async () => {
    const { gateway, clock } = await aGateway('binanceus', {
      credentials: { apiKey: 'wrong', secret: 'wrong' },
    });
    expect(await gateway.balances()).toMatchObject({ error: { code: 'EXCHANGE_REFUSED' } });
    expect(clock.waits()).toEqual([]);
  });

  it('is signed anew where the clocks have come apart', async () => {
    const stage = await aReadyGateway();
    stage.simulator.control.fault({ kind: 'clock-skew', ms: 60_000 });
    const answer = stage.gateway.balances();
    await waitOf(stage, 500);
    expect(await answer).toMatchObject({ ok: true });
  });

  it('ends when the gateway is closed', async () => {
    const stage = await aGateway('binanceus', { timeoutMs: 60_000 });
    stage.simulator.control.fault({ kind: 'timeout', path: '/exchangeInfo' });
    const answer = stage.gateway.balances();
    await new Promise((resolve) => setImmediate(resolve));
    stage.gateway.close();
    stage.clock.advance(500);
    expect(await answer).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
    expect(await stage.gateway.balances()).toMatchObject({
      error: { sentence: 'The connection to Binance US is closed.' },
    });
  });
});

describe('an order', () => {
  it('is refused at once while the exchange wants to be left alone, and goes through after', async () => {
    const stage = await aReadyGateway();
    const { gateway, simulator, clock } = stage;
    simulator.control.fault({ kind: 'rate-limit', retryAfterSeconds: 30, path: '/order' });
    await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600));
    clock.advance(10_000);
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-2', 20), 60_600))).toEqual({
      kind: 'rejected',
      refusal: 'throttled',
      sentence: 'Binance US asks us to wait 20 s: nothing is sent until then.',
    });
    expect(await gateway.cancel('p-1', BTC.symbol)).toMatchObject({ kind: 'unknown' });
    expect(simulator.control.truth().orders).toEqual([]);
    clock.advance(20_000);
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-3', 20), 60_600))).toMatchObject({
      kind: 'accepted',
    });
  });

  it('waits where it is only for a moment', async () => {
    const stage = await aReadyGateway();
    stage.simulator.control.fault({ kind: 'rate-limit', retryAfterSeconds: 1, path: '/account' });
    await stage.gateway.health();
    const reading = stage.gateway.balances();
    await stage.clock.armed(1);
    const answer = stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600));
    await stage.clock.armed(2);
    stage.clock.advance(1_000);
    expect(await answer).toMatchObject({ kind: 'accepted' });
    expect(await reading).toMatchObject({ ok: true });
  });

  it('is not sent under an id that was sent before, whatever became of it', async () => {
    const { gateway, simulator } = await aReadyGateway();
    simulator.control.fault({ kind: 'reset', effect: 'before', method: 'POST', path: '/order' });
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).toMatchObject({
      kind: 'unknown',
    });
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).toMatchObject({
      kind: 'rejected',
    });
    expect(simulator.control.truth().orders).toEqual([]);
  });

  it('with an id that the exchange would not take is a fault of ours', async () => {
    const { gateway } = await aReadyGateway();
    const order = bounded(approvedBuy(BTC, 'an id with spaces', 20), 60_600);
    await expect(gateway.submit(order)).rejects.toThrow('takes no id');
  });
});
