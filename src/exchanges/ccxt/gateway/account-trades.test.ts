/** What an account has traded, read whole: more than a page of it, in order, and no trade twice. */

import { describe, expect, it } from 'vitest';
import type { AccountTrade } from '../../../core/ports/exchange.ts';
import { approvedSell, bounded } from '../../conformance/approved-orders.ts';
import type { Fetch } from '../bounded-fetch.ts';
import { toSimulator } from '../simulator-fetch.ts';
import { json } from '../testing/loopback.ts';
import { accountTrades, allPages } from './account-trades.ts';
import type { CcxtGateway } from './gateway.ts';
import { aCoinbaseGateway } from './testing/coinbase-account.ts';
import { aGateway, BTC, openGateway, SIMULATOR_KEY, START } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';

const TIMEOUT_MS = 60_000;
const HOUR_MS = 3_600_000;

interface Hand {
  placeByHand(order: { symbol: string; side: 'buy' | 'sell'; quantity: string }): unknown;
  truth(): { readonly fills: readonly { readonly symbol: string; readonly tradeId: number }[] };
}

/** Buys and sells in turn, with another pair in between. */
function tradeByHand(hand: Hand, count: number): void {
  for (let each = 0; each < count; each += 1) {
    const side = each % 2 === 0 ? 'buy' : 'sell';
    hand.placeByHand({ symbol: 'BTCUSDT', side, quantity: '0.001' });
    if (each % 10 === 0) hand.placeByHand({ symbol: 'ETHUSDT', side: 'buy', quantity: '0.001' });
  }
}

function madeIn(hand: Hand): number {
  return hand.truth().fills.filter(({ symbol }) => symbol === 'BTCUSDT').length;
}

async function shown(gateway: CcxtGateway, since: number): Promise<readonly AccountTrade[]> {
  const trades = await gateway.trades([BTC.symbol], since);
  if (!trades.ok) throw new Error(trades.error.sentence);
  return trades.value;
}

function expectWhole(trades: readonly AccountTrade[], count: number): void {
  expect(trades).toHaveLength(count);
  expect(new Set(trades.map(({ id }) => id)).size).toBe(count);
  expect(trades.every(({ symbol }) => symbol === BTC.symbol)).toBe(true);
  const times = trades.map(({ time }) => time);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
}

describe.each(['binanceus', 'binance'] as const)('the trades of an account at %s', (venue) => {
  it('are told whole over several pages', { timeout: TIMEOUT_MS }, async () => {
    const { gateway, simulator, clock } = await aGateway(venue, { timeoutMs: 5_000 });
    tradeByHand(simulator.control, 700);
    clock.advance(1);
    tradeByHand(simulator.control, 701);
    expectWhole(await shown(gateway, START - HOUR_MS), madeIn(simulator.control));
  });

  it('are told whole from before the day that one answer reaches', async () => {
    const { gateway, simulator, clock } = await aGateway(venue, { timeoutMs: 5_000 });
    tradeByHand(simulator.control, 2);
    clock.advance(60 * HOUR_MS);
    tradeByHand(simulator.control, 3);
    const all = madeIn(simulator.control);
    expectWhole(await shown(gateway, START - HOUR_MS), all);
    // Nothing traded for more than a day from there on.
    expectWhole(await shown(gateway, START + HOUR_MS), all - 2);
    expectWhole(await shown(gateway, START + 61 * HOUR_MS), 0);
  });

  it('are looked for day after day, where the latest page does not reach back', async () => {
    const { gateway, simulator, clock } = await aGateway(venue, { timeoutMs: 5_000 });
    clock.advance(60 * HOUR_MS);
    tradeByHand(simulator.control, 1_100);
    const all = madeIn(simulator.control);
    expectWhole(await shown(gateway, START), all);
  });
});

describe.each(['binanceus', 'binance'] as const)('an order at %s', (venue) => {
  /** As the exchange pages: from a number on, or else the latest. */
  function rowsIn(url: URL, fills: number): readonly unknown[] {
    const row = (id: number) => ({
      symbol: 'BTCUSDT',
      id,
      orderId: 1,
      price: '60000.00',
      qty: '0.00001',
      quoteQty: '0.6',
      commission: '0',
      commissionAsset: 'USDT',
      time: START,
      isBuyer: false,
      isMaker: false,
    });
    const all = Array.from({ length: fills }, (_, index) => row(index + 1));
    const from = url.searchParams.get('fromId');
    const limit = Number(url.searchParams.get('limit'));
    if (from === null) return all.slice(-limit);
    return all.filter(({ id }) => id >= Number(from)).slice(0, limit);
  }

  it.each([999, 1_000, 2_300])('of %i trades is found with all of them', async (fills) => {
    const { simulator, clock } = await aGateway(venue);
    const ask = toSimulator(simulator.restUrl);
    const fetch: Fetch = async (address, init) => {
      const url = new URL(address);
      if (!url.pathname.endsWith('/myTrades')) return ask(address, init);
      return Response.json(rowsIn(url, fills));
    };
    const parts = { id: venue, credentials: SIMULATOR_KEY, clock, fetch, timeoutMs: 5_000 };
    const { gateway } = openGateway(parts);
    await gateway.submit(bounded(approvedSell(BTC, 'p-1', fills / 100_000), 55_000));
    const found = await gateway.find('p-1', BTC.symbol);
    if (!found.ok || found.value === null) throw new Error('It is not found.');
    expect(found.value.state).toBe('filled');
    expect(new Set(found.value.fills.map(({ id }) => id)).size).toBe(fills);
  });
});

describe('the trades of an account at Kraken', () => {
  it('are told whole over several pages of all pairs', { timeout: TIMEOUT_MS }, async () => {
    const { gateway, simulator, clock, sent } = await aKrakenGateway();
    tradeByHand(simulator.control, 70);
    clock.advance(1_500);
    tradeByHand(simulator.control, 71);
    expectWhole(await shown(gateway, START), madeIn(simulator.control));
    expect(sent('TradesHistory').length).toBeGreaterThan(2);
    // To the millisecond, where Kraken knows seconds.
    expectWhole(await shown(gateway, START + 1_500), 71);
  });
});

describe('the trades of an account at Coinbase', () => {
  const fill = (id: number) => ({
    entry_id: `e-${id}`,
    trade_id: `t-${id}`,
    order_id: `o-${id}`,
    trade_time: new Date(START + id).toISOString(),
    price: '40000.00',
    size: '0.001',
    commission: '0.12',
    product_id: 'BTC-USD',
    side: 'BUY',
  });

  it('are told whole as far as its lists lead on, each once', async () => {
    const stage = await aCoinbaseGateway();
    const pages: Readonly<Record<string, unknown>> = {
      '': { fills: [fill(5), fill(4)], cursor: 'one' },
      one: { fills: [], cursor: 'two' },
      // Something traded meanwhile: what was the end of a page begins the next.
      two: { fills: [fill(4), fill(3), { ...fill(2), product_id: 'ETH-USD' }], cursor: '' },
    };
    stage.says('GET /orders/historical/fills', ({ query }) => json(pages[query['cursor'] ?? '']));
    const trades = await stage.gateway.trades(['BTC/USD'], START + 3);
    expect(trades.ok && trades.value.map(({ id }) => id)).toEqual(['t-3', 't-4', 't-5']);
  });
});

describe('pages of trades', () => {
  it('that never end are not taken for all there is', async () => {
    const endless = allPages(0, async (at) => ({ trades: [], next: at + 1 }));
    await expect(endless).rejects.toThrow('does not end');
  });

  it('are put in order by time and number', () => {
    const trade = (id: string, timestamp: number) => ({
      id,
      timestamp,
      order: 'o',
      side: 'buy' as const,
      amount: 1,
      price: 1,
      symbol: 'BTC/USDT',
      cost: 1,
      info: {},
      datetime: undefined,
      type: undefined,
      takerOrMaker: undefined,
      fee: undefined,
    });
    const trades = [trade('10', 5), trade('9', 5), trade('8', 7), trade('9', 5)];
    const told = accountTrades('BTC/USDT', 5, trades).map(({ id }) => id);
    expect(told).toEqual(['9', '10', '8']);
  });
});
