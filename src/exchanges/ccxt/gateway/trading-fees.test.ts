/** What trading costs is asked of the exchange: never ccxt's own figure, and nothing that the answer does not say. */

import { expect, it } from 'vitest';
import { json, startLoopback } from '../testing/loopback.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { aGateway, BTC, openGateway, SIMULATOR_KEY, START } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';
import { tradingVenue } from './trading-venue.ts';
import { toSimulator } from '../simulator-fetch.ts';

const PART = { maker: '0.0005', taker: '0.0006', buyer: '0', seller: '0' };

async function binanceSaying(commission: unknown) {
  const { simulator, clock } = await aGateway('binance');
  const ask = toSimulator(simulator.restUrl);
  return openGateway({
    id: 'binance',
    credentials: SIMULATOR_KEY,
    clock,
    fetch: async (url, init) =>
      url.includes('account/commission')
        ? new Response(JSON.stringify(commission))
        : ask(url, init),
    timeoutMs: 5_000,
  });
}

it('counts what Binance takes beside its standard commission', async () => {
  const { gateway } = await binanceSaying({
    symbol: 'BTCUSDT',
    standardCommission: { maker: '0.001', taker: '0.002', buyer: '0', seller: '0.0001' },
    specialCommission: PART,
    taxCommission: { maker: '0', taker: '0.0001', buyer: '0.0002', seller: '0' },
    discount: { enabledForAccount: true, enabledForSymbol: true, discountAsset: 'BNB' },
  });
  const fees = await gateway.fees(BTC.symbol);
  if (!fees.ok) throw new Error(fees.error.sentence);
  expect(fees.value.maker).toBeCloseTo(0.0018, 10);
  expect(fees.value.taker).toBeCloseTo(0.003, 10);
});

it.each([
  ['none', {}],
  ['no number', { standardCommission: { ...PART, taker: null } }],
  ['percent for a fraction', { standardCommission: { ...PART, taker: '0.26' } }],
])('does not make up a fee of an answer with %s', async (_, commission) => {
  const { gateway, clock } = await binanceSaying(commission);
  const answer = gateway.fees(BTC.symbol);
  for (const ms of [500, 1_000, 2_000]) {
    await clock.armed(1);
    clock.advance(ms);
  }
  expect(await answer).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
});

it('does not take a pair that Kraken leaves out for free', async () => {
  const { simulator, clock } = await aKrakenGateway();
  const ask = toSimulator(simulator.restUrl);
  const { gateway } = openGateway({
    id: 'kraken',
    credentials: { apiKey: 'key', secret: 'c2VjcmV0' },
    clock,
    fetch: async (url, init) =>
      url.includes('TradeVolume')
        ? new Response(JSON.stringify({ error: [], result: { fees: {}, fees_maker: {} } }))
        : ask(url, init),
    timeoutMs: 5_000,
  });
  const answer = gateway.fees(BTC.symbol);
  for (const ms of [500, 1_000, 2_000]) {
    await clock.armed(1);
    clock.advance(ms);
  }
  expect(await answer).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
});

it("asks Binance US by its own call, and not by the global exchange's", async () => {
  const asked: string[] = [];
  const { simulator } = await aGateway();
  const ask = toSimulator(simulator.restUrl);
  const { gateway } = openGateway({
    id: 'binanceus',
    credentials: SIMULATOR_KEY,
    clock: createVirtualClock(START),
    fetch: async (url, init) => {
      asked.push(new URL(url).pathname);
      return ask(url, init);
    },
    timeoutMs: 5_000,
  });
  expect(await gateway.fees(BTC.symbol)).toMatchObject({ ok: true });
  expect(asked).toContain('/sapi/v1/asset/query/trading-fee');
  expect(asked).not.toContain('/sapi/v1/asset/tradeFee');
});

it('knows what the highest public tier pays where it cannot ask', async () => {
  const { fetch } = await startLoopback(() => json({}));
  const { gateway } = openGateway({
    id: 'kraken',
    credentials: { apiKey: 'key', secret: 'c2VjcmV0' },
    clock: createVirtualClock(START),
    fetch,
    timeoutMs: 1_000,
  });
  expect(gateway.highestFees).toEqual({ maker: 0.004, taker: 0.008 });
  expect(tradingVenue('coinbase').highestFees).toEqual({ maker: 0.006, taker: 0.012 });
  expect(tradingVenue('binance').highestFees).toEqual({ maker: 0.001, taker: 0.001 });
  expect(tradingVenue('binanceus').highestFees).toEqual({ maker: 0, taker: 0.000_19 });
});
