/** An order that the exchange has not taken in time it drops: long before it counts as lost here. */

import { describe, expect, it } from 'vitest';
import { ARRIVAL_MS } from '../../../core/reconciliation/arrival.ts';
import { approvedBuy, approvedSell, bounded } from '../../conformance/approved-orders.ts';
import type { Fetch } from '../bounded-fetch.ts';
import { toSimulator } from '../simulator-fetch.ts';
import { aGateway, BTC, openGateway, SIMULATOR_KEY, START } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';
import { tradingVenue } from './trading-venue.ts';

const TIMEOUT_MS = 5_000;

it.each(['binanceus', 'binance', 'kraken', 'coinbase'] as const)(
  'no order of %s counts as lost before a minute of asking',
  (venue) => expect(tradingVenue(venue).arrivalMs).toBeGreaterThanOrEqual(ARRIVAL_MS),
);

describe.each(['binance', 'binanceus'] as const)('what is sent to %s', (venue) => {
  it('is good for five seconds, whatever it is', async () => {
    const { simulator, clock } = await aGateway(venue);
    const ask = toSimulator(simulator.restUrl);
    const sent: { readonly method: string; readonly path: string; readonly window: string }[] = [];
    const fetch: Fetch = (address, init) => {
      const { pathname, searchParams } = new URL(address);
      const body = new URLSearchParams(typeof init.body === 'string' ? init.body : '');
      const all = new URLSearchParams([...searchParams, ...body]);
      const window = all.get('recvWindow') ?? 'none';
      const method = init.method ?? 'GET';
      if (all.has('signature'))
        sent.push({ method, path: pathname.split('/').slice(3).join('/'), window });
      return ask(address, init);
    };
    const parts = { id: venue, credentials: SIMULATOR_KEY, clock, fetch, timeoutMs: TIMEOUT_MS };
    const { gateway } = openGateway(parts);
    await gateway.submit(approvedBuy(BTC, 'p-1', 40, 50_000));
    await gateway.submitPair(
      approvedSell(BTC, 'p-2', 0.001, 'stop-loss', 55_000),
      approvedSell(BTC, 'p-3', 0.001, 'take-profit', 70_000),
    );
    await gateway.submit(bounded(approvedSell(BTC, 'p-4', 0.001), 55_000));
    await gateway.cancel('p-1', BTC.symbol);
    expect(sent.filter(({ method }) => method !== 'GET').map(({ path }) => path)).toEqual([
      'order',
      venue === 'binance' ? 'orderList/oco' : 'order/oco',
      'order',
      'order',
    ]);
    expect(new Set(sent.map(({ window }) => window))).toEqual(new Set(['5000']));
  });
});

describe('an order to Kraken', () => {
  it('says until when it may be taken', async () => {
    const { gateway, sent } = await aKrakenGateway();
    await gateway.submit(approvedBuy(BTC, 'p-1', 40, 50_000));
    await gateway.submit(approvedSell(BTC, 'p-2', 0.001, 'stop-loss', 55_000));
    const deadline = new Date(START + 30_000).toISOString();
    expect(sent('AddOrder')).toMatchObject([{ deadline }, { deadline }]);
    expect((await gateway.openOrders([BTC.symbol])).ok).toBe(true);
  });

  it.each([
    ['ahead', 40_000],
    ['behind', -40_000],
  ])('is taken at the second attempt, where the clock there is far %s', async (_, ms) => {
    const { gateway, simulator } = await aKrakenGateway();
    simulator.control.fault({ kind: 'clock-skew', ms });
    const stop = (id: string) => approvedSell(BTC, id, 0.001, 'stop-loss', 55_000);
    expect(await gateway.submit(stop('p-1'))).toMatchObject({
      kind: 'rejected',
      refusal: 'for-now',
    });
    expect(await gateway.submit(stop('p-2'))).toMatchObject({ kind: 'accepted' });
    expect(await gateway.find('p-1', BTC.symbol)).toEqual({ ok: true, value: null });
  });
});
