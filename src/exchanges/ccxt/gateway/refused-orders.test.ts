/** What becomes of an order that is not simply taken: a refusal is believed where nothing was done, and nowhere else. */

import { describe, expect, it } from 'vitest';
import { approvedBuy, approvedSell, bounded } from '../../conformance/approved-orders.ts';
import { toSimulator } from '../simulator-fetch.ts';
import { json } from '../testing/loopback.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { aCoinbaseGateway, coinbaseOrder } from './testing/coinbase-account.ts';
import { aGateway, BTC, openGateway, SIMULATOR_KEY, START } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';

const buy = (id = 'p-1') => bounded(approvedBuy(BTC, id, 20), 61_000);

describe('a refusal', () => {
  it.each([-1_004, -1_008])(
    '%d is believed after a look, and not where it did arrive',
    async (code) => {
      const { gateway, simulator } = await aGateway('binance', { timeoutMs: 5_000 });
      await gateway.balances();
      const fault = {
        kind: 'refusal',
        method: 'POST',
        path: '/order',
        code,
        msg: 'Busy.',
      } as const;
      simulator.control.fault({ ...fault, effect: 'before' });
      expect(await gateway.submit(buy())).toMatchObject({ kind: 'rejected', refusal: 'for-now' });
      simulator.control.fault({ ...fault, effect: 'after' });
      expect(await gateway.submit(buy('p-2'))).toMatchObject({ kind: 'unknown' });
      simulator.control.fault({ ...fault, effect: 'before' });
      simulator.control.fault({ kind: 'reset', method: 'GET', path: '/order' });
      expect(await gateway.submit(buy('p-3'))).toMatchObject({ kind: 'unknown' });
      simulator.control.fault({ ...fault, effect: 'before', status: 503 });
      expect(await gateway.submit(buy('p-4'))).toMatchObject({ kind: 'unknown' });
    },
  );

  it('for a halt has a class of its own, is told of the pair, and ends with it', async () => {
    const { gateway, simulator } = await aGateway('binance', { timeoutMs: 5_000 });
    expect(await gateway.tradingStatus(BTC.symbol)).toEqual({ ok: true, value: 'trades' });
    simulator.control.setStatus({ symbol: 'BTCUSDT', status: 'halt' });
    expect(await gateway.submit(buy())).toMatchObject({ kind: 'rejected', refusal: 'halted' });
    expect(await gateway.tradingStatus(BTC.symbol)).toEqual({ ok: true, value: 'halted' });
  });

  it('comes before anything is sent where the numbers are too small for the pair', async () => {
    const { gateway, simulator } = await aGateway('binance', { timeoutMs: 5_000 });
    expect(await gateway.submit(approvedSell(BTC, 'p-1', 0.000_001, 'stop-loss', 50_000))).toEqual({
      kind: 'rejected',
      refusal: 'our-fault',
      sentence:
        'The order is for less than 0.00001 BTC, the least step of BTC/USDT: nothing was sent.',
    });
    expect(await gateway.submit(approvedSell(BTC, 'p-2', 0.001, 'stop-loss', 0.001))).toMatchObject(
      {
        refusal: 'our-fault',
      },
    );
    expect(simulator.control.truth().orders).toEqual([]);
  });

  it('of an order that never left is no riddle, whatever broke', async () => {
    const { simulator } = await aGateway('binance');
    const ask = toSimulator(simulator.restUrl);
    let isAway = true;
    const { gateway } = openGateway({
      id: 'binance',
      credentials: SIMULATOR_KEY,
      clock: createVirtualClock(START),
      fetch: async (url, init) => {
        if (isAway) throw new TypeError('fetch failed');
        return ask(url, init);
      },
      timeoutMs: 5_000,
    });
    expect(await gateway.submit(buy())).toMatchObject({ kind: 'rejected', refusal: 'for-now' });
    isAway = false;
    const other = { ...BTC, symbol: 'NO/PAIR' };
    expect(await gateway.submit(bounded(approvedBuy(other, 'p-2', 20), 1))).toMatchObject({
      kind: 'rejected',
      refusal: 'our-fault',
    });
  });
});

describe.each(['binance', 'binanceus'] as const)('an answer of %s that is none', (venue) => {
  it.each(['{}', '[]', '""', '<html>', ''])('%j leaves an order unknown', async (body) => {
    const { gateway, simulator } = await aGateway(venue, { timeoutMs: 5_000 });
    await gateway.balances();
    const fault = { kind: 'body', method: 'POST', path: '/order', body } as const;
    simulator.control.fault({ ...fault, effect: 'after' });
    expect(await gateway.submit(buy())).toMatchObject({ kind: 'unknown' });
  });

  it('cancels nothing', async () => {
    const { gateway, simulator } = await aGateway(venue, { timeoutMs: 5_000 });
    await gateway.submit(approvedBuy(BTC, 'p-1', 20, 50_000));
    simulator.control.fault({ kind: 'body', method: 'DELETE', path: '/order', body: '{}' });
    expect(await gateway.cancel('p-1', BTC.symbol)).toMatchObject({ kind: 'unknown' });
  });
});

describe('a cancellation at Kraken', () => {
  it.each([{}, { count: 0 }, { count: 1, pending: true }])(
    'that says %j has cancelled nothing yet',
    async (result) => {
      const { simulator, clock } = await aKrakenGateway();
      const ask = toSimulator(simulator.restUrl);
      const { gateway } = openGateway({
        id: 'kraken',
        credentials: { apiKey: 'key', secret: 'c2VjcmV0' },
        clock,
        fetch: async (url, init) =>
          url.endsWith('CancelOrder')
            ? new Response(JSON.stringify({ error: [], result }))
            : ask(url, init),
        timeoutMs: 5_000,
      });
      expect(await gateway.cancel('p-1', BTC.symbol)).toMatchObject({ kind: 'unknown' });
    },
  );

  it('that is not answered is not taken for the unknown order of the one before', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    expect(await gateway.cancel('p-1', BTC.symbol)).toEqual({ kind: 'gone' });
    await gateway.submit(approvedBuy(BTC, 'p-2', 20, 50_000));
    simulator.control.fault({ kind: 'reset', path: 'CancelOrder' });
    expect(await gateway.cancel('p-2', BTC.symbol)).toMatchObject({ kind: 'unknown' });
  });
});

it('a cancellation at Coinbase that lists no result has cancelled nothing', async () => {
  const stage = await aCoinbaseGateway();
  stage.says('GET /orders/historical/batch', json({ orders: [coinbaseOrder()], cursor: '' }));
  stage.says('POST /orders/batch_cancel', json({ results: [] }));
  expect(await stage.gateway.cancel('l1-1', 'BTC/USD')).toMatchObject({ kind: 'unknown' });
});

it('a pair that is gone hides nothing of the others', async () => {
  const { gateway, simulator, clock } = await aGateway('binance', { timeoutMs: 5_000 });
  await gateway.submit(approvedBuy(BTC, 'p-1', 20, 50_000));
  simulator.control.setStatus({ symbol: 'ETHUSDT', status: 'vanished' });
  const symbols = [BTC.symbol, 'ETH/USDT'];
  const ours = { ok: true, value: [{ orderId: 'p-1' }] };
  // At once, while its rules are still those of an hour ago, and after they were read again.
  expect(await gateway.openOrders(symbols)).toMatchObject(ours);
  expect(await gateway.tradingStatus('ETH/USDT')).toEqual({ ok: true, value: 'gone' });
  expect(await gateway.openOrders(symbols)).toMatchObject(ours);
  expect(await gateway.trades(symbols, clock.now() - 1_000)).toMatchObject({ ok: true });
});
