/** Where a key and its signature go: to its own exchange's host, whatever happens, and nowhere else. */

import tls from 'node:tls';
import { expect, it, vi } from 'vitest';
import { coinbaseSecret } from '../testing/coinbase-account.ts';
import { createVirtualClock } from '../../testing/virtual-clock.ts';
import { CcxtGateway } from '../gateway.ts';
import { START } from '../testing/gateway-stage.ts';
import { tradingVenue, type TradingVenueId } from '../trading-venue.ts';

const PATIENCE = { timeout: 30_000, interval: 5 };

const HOSTS: readonly (readonly [TradingVenueId, string])[] = [
  ['binanceus', 'ws-api.binance.us'],
  ['binance', 'ws-api.binance.com'],
  ['kraken', 'ws-auth.kraken.com'],
  ['coinbase', 'advanced-trade-ws-user.coinbase.com'],
];

function answerTo(url: string): unknown {
  if (url.includes('GetWebSocketsToken'))
    return { error: [], result: { token: 't', expires: 900 } };
  if (url.includes('kraken')) return { error: [], result: {} };
  if (url.includes('/time')) return { serverTime: START, epochMillis: String(START) };
  if (url.includes('exchangeInfo')) return { symbols: [] };
  return { products: [], data: [] };
}

it.each(HOSTS)('the stream of %s is dialled at %s alone, again and again', async (id, host) => {
  const dialled: string[] = [];
  const refused = vi.spyOn(tls, 'connect').mockImplementation((...args: unknown[]) => {
    const [options] = args;
    dialled.push(String(Reflect.get(Object(options), 'host')));
    throw new Error('No connection leaves a test.');
  });
  const clock = createVirtualClock(START);
  const credentials =
    id === 'coinbase'
      ? { apiKey: 'organizations/o/apiKeys/k', secret: coinbaseSecret() }
      : { apiKey: 'key', secret: Buffer.from('secret').toString('base64') };
  const gateway = new CcxtGateway({
    venue: tradingVenue(id),
    credentials,
    clock,
    random: () => 0,
    requestGapMs: 1,
    fetch: (url) => Promise.resolve(Response.json(answerTo(url))),
    stream: {},
  });
  gateway.listen(() => undefined);
  for (const count of [1, 2, 3]) {
    await expect.poll(() => gateway.streamState.cuts, PATIENCE).toBe(count);
    clock.advance(4_000);
  }
  gateway.close();
  refused.mockRestore();
  expect(new Set(dialled)).toEqual(new Set([host]));
});
