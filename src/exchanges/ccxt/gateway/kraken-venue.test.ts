/** What is sent to Kraken, and what is made of answers that only Kraken gives. */

import { describe, expect, it } from 'vitest';
import { kraken } from 'ccxt';
import { API_KEY, API_SECRET } from '../../../../e2e/kraken-simulator/key.ts';
import { approvedBuy, approvedSell, bounded } from '../../conformance/approved-orders.ts';
import { toSimulator } from '../simulator-fetch.ts';
import { BTC } from './testing/gateway-stage.ts';
import { aKrakenGateway, type KrakenStage } from './testing/simulated-venue.ts';

describe('an order to Kraken', () => {
  it.each([
    [
      'buys at the market up to its bound, and never for more than the sum',
      bounded(approvedBuy(BTC, 'l1a2b3c-1', 20), 60_300.07),
      {
        type: 'buy',
        ordertype: 'limit',
        volume: '0.00033167',
        price: '60300',
        timeinforce: 'IOC',
        oflags: 'fciq',
      },
    ],
    [
      'buys up to a limit',
      approvedBuy(BTC, 'l1a2b3c-1', 20, 50_000),
      { type: 'buy', ordertype: 'limit', volume: '0.0004', price: '50000', oflags: 'fciq' },
    ],
    [
      'sells at the market down to its bound',
      bounded(approvedSell(BTC, 'l1a2b3c-1', 0.001), 59_700.02),
      {
        type: 'sell',
        ordertype: 'limit',
        volume: '0.001',
        price: '59700.1',
        timeinforce: 'IOC',
        oflags: 'fciq',
      },
    ],
    [
      'stops a loss with a limit a hundredth below',
      approvedSell(BTC, 'l1a2b3c-1', 0.001, 'stop-loss', 55_000),
      {
        type: 'sell',
        ordertype: 'stop-loss-limit',
        volume: '0.001',
        price: '55000',
        price2: '54450',
        oflags: 'fciq',
      },
    ],
    [
      'takes a gain',
      approvedSell(BTC, 'l1a2b3c-1', 0.001, 'take-profit', 65_000),
      { type: 'sell', ordertype: 'limit', volume: '0.001', price: '65000', oflags: 'fciq' },
    ],
  ])('%s, its fee in quote', async (_, order, sent) => {
    const stage = await aKrakenGateway();
    expect((await stage.gateway.submit(order)).kind).toBe('accepted');
    // Until when it may be taken stands in `arrival.test.ts`.
    const [{ nonce: __, deadline: ___, ...body } = {}] = stage.sent('AddOrder');
    expect(body).toEqual({ pair: 'XBTUSDT', cl_ord_id: 'l1a2b3c-1', ...sent });
  });

  it('whose answer is lost is unknown, never sent again, and found', async () => {
    for (const kind of ['timeout', 'reset', 'backend-timeout'] as const) {
      const stage = await aKrakenGateway({ timeoutMs: 250 });
      await stage.gateway.balances();
      stage.simulator.control.fault({ kind, effect: 'after', path: 'AddOrder' });
      expect((await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).kind).toBe(
        'unknown',
      );
      expect(await stage.gateway.find('p-1', BTC.symbol)).toMatchObject({
        value: { state: 'filled' },
      });
      expect(stage.sent('AddOrder')).toHaveLength(1);
    }
  });

  it('is refused while the market only cancels', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    simulator.control.fault({ kind: 'market-mode', mode: 'cancel_only' });
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).toEqual({
      kind: 'rejected',
      refusal: 'halted',
      sentence:
        'Kraken takes no such order in this pair at the moment: wait until it trades again.',
    });
  });

  it('goes past the questions that wait their turn', async () => {
    const { gateway, sent } = await aKrakenGateway({ requestGapMs: 100 });
    await gateway.balances();
    const waiting = Array.from({ length: 10 }, () => gateway.balances());
    const order = bounded(approvedBuy(BTC, 'p-1', 20), 61_000);
    expect(await gateway.submit(order)).toMatchObject({ shown: { state: 'filled' } });
    expect(sent('BalanceEx').length).toBeLessThan(5);
    gateway.close();
    void Promise.all(waiting);
  });

  it('is refused during a lockout', async () => {
    const { gateway, simulator, clock } = await aKrakenGateway();
    await gateway.balances();
    simulator.control.fault({
      kind: 'error',
      error: 'EGeneral:Temporary lockout',
      path: 'AddOrder',
    });
    expect((await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).kind).toBe(
      'rejected',
    );
    expect(await gateway.submit(bounded(approvedBuy(BTC, 'p-2', 20), 60_600))).toEqual({
      kind: 'rejected',
      refusal: 'throttled',
      sentence: 'Kraken asks us to wait 60 s: nothing is sent until then.',
    });
    clock.advance(60_000);
    expect((await gateway.submit(bounded(approvedBuy(BTC, 'p-3', 20), 60_600))).kind).toBe(
      'accepted',
    );
  });

  it('has an id short enough for Kraken', async () => {
    const { gateway } = await aKrakenGateway();
    await expect(
      gateway.submit(bounded(approvedBuy(BTC, 'an-id-of-19-letters', 20), 60_600)),
    ).rejects.toThrow();
    const longest = await gateway.submit(
      bounded(approvedBuy(BTC, 'l1a2b3c-9999999999', 20), 60_600),
    );
    expect(longest.kind).toBe('accepted');
  });

  it('has no pair', async () => {
    const { gateway } = await aKrakenGateway();
    const stop = approvedSell(BTC, 'p-1', 0.001, 'stop-loss', 55_000);
    const target = approvedSell(BTC, 'p-2', 0.001, 'take-profit', 65_000);
    await expect(gateway.submitPair(stop, target)).rejects.toThrow('no pairs');
  });
});

/** A sale of a whole coin in more parts than Kraken shows at once. */
async function soldInParts(): Promise<KrakenStage> {
  const stage = await aKrakenGateway({ balances: { BTC: 100_000_000n, USDT: 0n } });
  const { control } = stage.simulator;
  control.fault({ kind: 'partial-fills', percent: 3 });
  await stage.gateway.submit(approvedSell(BTC, 'p-1', 1, 'take-profit', 59_000));
  for (let cents = 0; cents < 60; cents += 1) control.movePrice('BTCUSDT', `${60_000 + cents}`);
  control.clearFaults();
  control.movePrice('BTCUSDT', '61000');
  return stage;
}

describe('what Kraken shows', () => {
  it('of an order in many parts is every one of them, with fees that add up', async () => {
    const { gateway, simulator } = await soldInParts();
    const found = await gateway.find('p-1', BTC.symbol);
    if (!found.ok || found.value === null) throw new Error('not found');
    const { fills, state } = found.value;
    expect(state).toBe('filled');
    expect(fills.length).toBeGreaterThan(19);
    const sum = (of: (fill: (typeof fills)[number]) => number): number =>
      fills.reduce((total, fill) => total + of(fill), 0);
    expect(sum(({ amount }) => amount)).toBeCloseTo(1, 8);
    const { free } = simulator.control.truth().balances['USDT'] ?? {};
    expect(sum(({ cost, fee }) => cost - fee.amount)).toBeCloseTo(Number(free), 4);
    expect(fills.map(({ fee }) => fee.currency)).not.toContain('BTC');
    expect(fills.filter(({ complete }) => complete)).toEqual([fills.at(-1)]);
  });

  it('of orders that were placed by hand has no id of ours', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    const byHand = new kraken({
      apiKey: API_KEY,
      secret: API_SECRET,
      fetchImplementation: toSimulator(simulator.restUrl),
      enableRateLimit: false,
      nonce: () => 1,
    });
    await byHand.createOrder(BTC.symbol, 'limit', 'buy', 0.001, 50_000);
    expect(await gateway.openOrders([BTC.symbol])).toMatchObject({ value: [{ orderId: null }] });
    expect(await gateway.find('p-1', BTC.symbol)).toEqual({ ok: true, value: null });
  });

  it('comes in turn however much is asked at once', async () => {
    const { gateway } = await aKrakenGateway();
    const asked = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? gateway.balances() : gateway.find(`p-${index}`, BTC.symbol),
    );
    for (const answer of await Promise.all(asked)) expect(answer.ok).toBe(true);
  });
});
