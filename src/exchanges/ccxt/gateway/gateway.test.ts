/** Orders through ccxt's unmodified classes to the exchange simulator: over real HTTP, signed and all. */

import { describe, expect, it } from 'vitest';
import { totalHeld } from '../../../core/ports/exchange.ts';
import { approvedBuy, approvedSell, bounded } from '../../conformance/approved-orders.ts';
import { aGateway, BTC, type GatewayStage } from './testing/gateway-stage.ts';

async function stateOf({ gateway }: GatewayStage, orderId: string): Promise<string> {
  const found = await gateway.find(orderId, BTC.symbol);
  if (!found.ok) return found.error.code;
  return found.value?.state ?? 'none';
}

async function held({ gateway }: GatewayStage, currency: string): Promise<number> {
  const balances = await gateway.balances();
  if (!balances.ok) throw new Error(balances.error.sentence);
  return totalHeld(balances.value[currency]);
}

describe.each(['binanceus', 'binance'] as const)('orders to %s', (venue) => {
  it('buys for a sum of money at the market, and shows what it cost', async () => {
    const stage = await aGateway(venue);
    expect(await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).toMatchObject({
      kind: 'accepted',
    });
    const found = await stage.gateway.find('p-1', BTC.symbol);
    if (!found.ok || found.value === null) throw new Error('not found');
    expect(found.value).toMatchObject({ orderId: 'p-1', state: 'filled' });
    const [fill] = found.value.fills;
    expect(fill).toMatchObject({ orderId: 'p-1', side: 'buy', complete: true });
    expect(fill?.cost).toBeLessThanOrEqual(20);
    expect(await held(stage, 'USDT')).toBeCloseTo(10_000 - (fill?.cost ?? 0), 6);
  });

  it('shows at once what an order at the market has traded, in which coins its fees are', async () => {
    const stage = await aGateway(venue);
    const answer = await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_500));
    if (answer.kind !== 'accepted') throw new Error(answer.sentence);
    expect(answer.shown).toMatchObject({ orderId: 'p-1', state: 'filled' });
    const found = await stage.gateway.find('p-1', BTC.symbol);
    if (!found.ok || found.value === null) throw new Error('not found');
    expect(
      answer.shown?.fills.map(({ id, amount, cost, fee }) => ({ id, amount, cost, fee })),
    ).toEqual(found.value.fills.map(({ id, amount, cost, fee }) => ({ id, amount, cost, fee })));
    expect(answer.shown?.fills.at(-1)).toMatchObject({ fee: { currency: 'BTC' }, complete: true });
  });

  it('buys nothing at a price beyond its bound, and says that it has ended', async () => {
    const stage = await aGateway(venue);
    const answer = await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 59_000));
    expect(answer).toMatchObject({ kind: 'accepted', shown: { state: 'expired', fills: [] } });
    expect(await held(stage, 'USDT')).toBe(10_000);
  });

  it('rests a limit, shows it as ours, and cancels it once', async () => {
    const { gateway } = await aGateway(venue);
    await gateway.submit(approvedBuy(BTC, 'p-1', 20, 50_000));
    expect(await gateway.openOrders([BTC.symbol])).toMatchObject({
      ok: true,
      value: [{ orderId: 'p-1', state: 'open' }],
    });
    expect(await gateway.cancel('p-1', BTC.symbol)).toEqual({ kind: 'cancelled', filledAmount: 0 });
    expect(await gateway.cancel('p-1', BTC.symbol)).toEqual({ kind: 'gone' });
  });

  it('rests a stop and a target as a pair, of which one fill ends both', async () => {
    const stage = await aGateway(venue);
    const stop = approvedSell(BTC, 'p-1', 0.001, 'stop-loss', 55_000);
    const target = approvedSell(BTC, 'p-2', 0.001, 'take-profit', 65_000);
    expect(await stage.gateway.submitPair(stop, target)).toMatchObject({ kind: 'accepted' });
    expect([await stateOf(stage, 'p-1'), await stateOf(stage, 'p-2')]).toEqual(['open', 'open']);
    stage.simulator.control.movePrice('BTCUSDT', '54500');
    await stage.look();
    expect(stage.news.find(({ kind }) => kind === 'order-filled')).toMatchObject({
      orderId: 'p-1',
      fill: { side: 'sell', amount: 0.001 },
    });
    expect(await stateOf(stage, 'p-1')).toBe('filled');
    expect(await stateOf(stage, 'p-2')).not.toBe('open');
  });

  it('a stop alone sells when the price falls through it', async () => {
    const stage = await aGateway(venue);
    await stage.gateway.submit(approvedSell(BTC, 'p-1', 0.001, 'stop-loss', 55_000));
    expect(await stateOf(stage, 'p-1')).toBe('open');
    stage.simulator.control.movePrice('BTCUSDT', '54900');
    expect(await stateOf(stage, 'p-1')).toBe('filled');
  });

  it('knows nothing of an order that was never sent', async () => {
    expect(await stateOf(await aGateway(venue), 'p-1')).toBe('none');
  });
});

describe('an order whose answer is lost', () => {
  const lost = { method: 'POST', path: '/order' } as const;

  it.each([
    ['before', 'none'],
    ['after', 'filled'],
  ] as const)('%s it took effect is unknown, and looked up it is %s', async (effect, state) => {
    for (const kind of ['timeout', 'reset', 'backend-timeout'] as const) {
      const stage = await aGateway();
      await stage.gateway.balances();
      stage.simulator.control.fault({ ...lost, kind, effect });
      const answer = await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600));
      expect(answer.kind).toBe('unknown');
      expect(await stateOf(stage, 'p-1')).toBe(state);
    }
  });

  it('is never sent again by itself', async () => {
    const stage = await aGateway();
    stage.simulator.control.fault({ ...lost, kind: 'timeout', effect: 'after' });
    await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600));
    expect(stage.simulator.control.truth().orders).toHaveLength(1);
  });
});

describe('what is refused is said in words', () => {
  it('too little money', async () => {
    const { gateway } = await aGateway();
    expect(await gateway.submit(bounded(approvedSell(BTC, 'p-1', 5), 55_000))).toEqual({
      kind: 'rejected',
      refusal: 'for-now',
      sentence:
        'Binance US says there is not enough money for the order: buy for less, or pay in more.',
    });
  });

  it('a wrong key, for orders and for reading', async () => {
    const { gateway } = await aGateway('binanceus', {
      credentials: { apiKey: 'wrong', secret: 'wrong' },
    });
    expect((await gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600))).kind).toBe(
      'rejected',
    );
    expect(await gateway.balances()).toMatchObject({
      ok: false,
      error: { code: 'EXCHANGE_REFUSED' },
    });
  });

  it('too many questions: nothing was done, and it may be asked again', async () => {
    const stage = await aGateway();
    await stage.gateway.balances();
    stage.simulator.control.fault({ kind: 'rate-limit', retryAfterSeconds: 1, path: '/order' });
    const answer = await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-1', 20), 60_600));
    expect(answer).toEqual({
      kind: 'rejected',
      refusal: 'throttled',
      sentence: 'Binance US says it was asked too often: wait a minute and try again.',
    });
    expect(stage.simulator.control.truth().orders).toEqual([]);
  });
});

describe('an exchange that asks to be left alone', () => {
  it('refuses orders at once, and says that it is only for a while', async () => {
    const stage = await aGateway();
    await stage.gateway.balances();
    stage.simulator.control.fault({ kind: 'rate-limit', retryAfterSeconds: 30, path: '/order' });
    const exit = await stage.gateway.submit(bounded(approvedSell(BTC, 'p-1', 0.001), 59_000));
    expect(exit).toMatchObject({ kind: 'rejected', refusal: 'throttled' });
    const entry = await stage.gateway.submit(bounded(approvedBuy(BTC, 'p-2', 20), 61_000));
    expect(entry).toMatchObject({ kind: 'rejected', refusal: 'throttled' });
    expect(stage.simulator.control.truth().orders).toEqual([]);
  });
});
