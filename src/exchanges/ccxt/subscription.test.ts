/** What a subscriber is told: quotes and closed bars, once each, through everything an exchange does. */

import { describe, expect, it } from 'vitest';
import { barAt } from './testing/binance-market.ts';
import { aBinanceFeed, NOON } from './testing/feed-fixture.ts';

const MINUTE = 60_000;
const QUOTES = { quotes: ['BTC/USDT'] };
const BARS = { bars: [{ symbol: 'BTC/USDT', timeframe: '1m' }] } as const;

describe('quotes', () => {
  it('come at once and then every ten seconds, with the book behind them', async () => {
    const { clock, market, listen } = await aBinanceFeed();
    const { events } = listen(QUOTES);
    await clock.armed(1);
    market.book = { bids: [['60000', '1']], asks: [['60010', '1']] };
    clock.advance(10_000);
    await clock.armed(1);
    const first = {
      symbol: 'BTC/USDT',
      time: NOON,
      bid: 50_000,
      ask: 50_001,
      depth: {
        bids: [
          [50_000, 1],
          [49_999, 2],
        ],
        asks: [
          [50_001, 3],
          [50_002, 4],
        ],
      },
    };
    const second = {
      symbol: 'BTC/USDT',
      time: NOON + 10_000,
      bid: 60_000,
      ask: 60_010,
      depth: { bids: [[60_000, 1]], asks: [[60_010, 1]] },
    };
    expect(events).toEqual([
      { kind: 'quote', quote: first },
      { kind: 'quote', quote: second },
    ]);
  });

  it.each([
    ['crossed', { bids: [['50002', '1']], asks: [['50001', '1']] }],
    ['locked', { bids: [['50001', '1']], asks: [['50001', '1']] }],
    ['without asks', { bids: [['50000', '1']], asks: [] }],
    ['empty', { bids: [], asks: [] }],
    ['without a number', { bids: [['n/a', '1']], asks: [['50001', '1']] }],
    ['with an amount of nothing', { bids: [['50000', '0']], asks: [['50001', '1']] }],
  ] as const)('of a book that is %s are not told', async (_, book) => {
    const { clock, market, listen } = await aBinanceFeed();
    const right = market.book;
    market.book = book;
    const { events } = listen(QUOTES);
    await clock.armed(1);
    expect(events).toEqual([]);
    market.book = right;
    clock.advance(500);
    await clock.armed(1);
    expect(events).toMatchObject([{ kind: 'quote', quote: { bid: 50_000 } }]);
  });
});

describe('bars', () => {
  it('are told once each, just after they have closed', async () => {
    const { clock, listen } = await aBinanceFeed();
    const { events } = listen(BARS);
    await clock.armed(1);
    clock.advance(MINUTE);
    await clock.armed(1);
    expect(events).toEqual([]);
    clock.advance(1_500);
    await clock.armed(1);
    const told = { kind: 'bar-closed', symbol: 'BTC/USDT', timeframe: '1m' };
    expect(events).toEqual([{ ...told, bar: barAt(NOON) }]);
    clock.advance(MINUTE);
    await clock.armed(1);
    expect(events).toEqual([
      { ...told, bar: barAt(NOON) },
      { ...told, bar: barAt(NOON + MINUTE) },
    ]);
  });

  it('that closed while the machine slept are told in order', async () => {
    const { clock, listen } = await aBinanceFeed();
    const listening = listen(BARS);
    await clock.armed(1);
    clock.advance(3 * MINUTE + 20_000);
    await clock.armed(1);
    clock.advance(0);
    await clock.armed(1);
    expect(listening.bars()).toEqual([NOON, NOON + MINUTE, NOON + 2 * MINUTE]);
  });

  it('that the exchange publishes late are looked for until they are there', async () => {
    const { clock, market, listen } = await aBinanceFeed();
    market.withheld.add(NOON);
    const listening = listen(BARS);
    await clock.armed(1);
    clock.advance(MINUTE);
    await clock.armed(1);
    clock.advance(1_500);
    await clock.armed(1);
    expect(clock.waits()).toEqual([2_000]);
    clock.advance(2_000);
    await clock.armed(1);
    expect(clock.waits()).toEqual([4_000]);
    market.withheld.clear();
    clock.advance(4_000);
    await clock.armed(1);
    expect(listening.bars()).toEqual([NOON]);
  });

  it('that the exchange leaves out are passed over when the next one comes', async () => {
    const { clock, market, listen } = await aBinanceFeed();
    market.withheld.add(NOON);
    const listening = listen(BARS);
    for (let seconds = 0; seconds <= 130; seconds += 10) {
      await clock.armed(1);
      clock.advance(10_000);
    }
    await clock.armed(1);
    expect(listening.bars()).toEqual([NOON + MINUTE]);
  });

  it('close by the exchange’s clock where ours is ahead', async () => {
    const { clock, market, listen } = await aBinanceFeed();
    market.ahead = -30_000;
    const listening = listen(BARS);
    await clock.armed(1);
    clock.advance(31_500);
    await clock.armed(1);
    expect(listening.bars()).toEqual([NOON - MINUTE]);
  });
});

describe('an outage', () => {
  it('is told once the retries are used up, and its end is told', async () => {
    const { clock, exchange, listen } = await aBinanceFeed();
    const { events } = listen(QUOTES);
    await clock.armed(1);
    const down = { status: 503, body: '' };
    exchange.fault('/depth', down, down, down, down, down);
    for (const ms of [10_000, 500, 1_000]) {
      clock.advance(ms);
      await clock.armed(1);
    }
    expect(events.length).toBe(1);
    clock.advance(2_000);
    await clock.armed(1);
    expect(events[1]).toEqual({
      kind: 'connection',
      up: false,
      sentence: 'Binance US is not available at the moment; look at its status page.',
    });
    clock.advance(4_000);
    await clock.armed(1);
    clock.advance(8_000);
    await clock.armed(1);
    expect(events.slice(2)).toMatchObject([
      { kind: 'connection', up: true, sentence: 'Binance US answers again.' },
      { kind: 'quote' },
    ]);
  });

  it('of seconds is not told, and no bar is lost by it', async () => {
    const { clock, exchange, listen } = await aBinanceFeed();
    const listening = listen(BARS);
    await clock.armed(1);
    clock.advance(MINUTE);
    await clock.armed(1);
    exchange.fault('/klines', 'hang up', { status: 503, body: '' });
    for (const ms of [1_500, 500, 1_000]) {
      clock.advance(ms);
      await clock.armed(1);
    }
    expect(listening.events).toMatchObject([{ kind: 'bar-closed', bar: barAt(NOON) }]);
  });

  it('that the exchange says is long is told at once', async () => {
    const { clock, exchange, listen } = await aBinanceFeed();
    const { events } = listen(QUOTES);
    await clock.armed(1);
    const banned = { status: 418, headers: { 'retry-after': '600' }, body: '{}' };
    exchange.fault('/depth', banned);
    clock.advance(10_000);
    await clock.armed(1);
    expect(events.slice(1)).toMatchObject([{ kind: 'connection', up: false }]);
    const asked = exchange.asked.length;
    for (let minutes = 0; minutes < 9; minutes += 1) {
      clock.advance(MINUTE);
      await clock.armed(1);
    }
    expect(exchange.asked.length).toBe(asked);
    clock.advance(MINUTE);
    await clock.armed(1);
    expect(events.slice(2)).toMatchObject([{ kind: 'connection', up: true }, { kind: 'quote' }]);
  });

  it('by refusal is told at once, and its end too', async () => {
    const { clock, exchange, listen } = await aBinanceFeed();
    exchange.fault('/exchangeInfo', { status: 451, body: '{}' });
    const { events } = listen(QUOTES);
    await clock.armed(1);
    expect(events).toMatchObject([{ kind: 'connection', up: false }]);
    expect(clock.waits()).toEqual([MINUTE]);
    clock.advance(MINUTE);
    await clock.armed(1);
    expect(events.slice(1)).toMatchObject([{ kind: 'connection', up: true }, { kind: 'quote' }]);
  });

  it('is what a pair that the exchange does not have amounts to; others are still told', async () => {
    const { clock, exchange, listen } = await aBinanceFeed();
    const { events } = listen({ quotes: ['DOGE/USDT', 'BTC/USDT'] });
    await clock.armed(2);
    clock.advance(10_000);
    await clock.armed(2);
    const sentence =
      'Binance US has no spot pair DOGE/USDT; choose one of its pairs, written as in BTC/USDT.';
    expect(events).toMatchObject([
      { kind: 'connection', up: false, sentence },
      { kind: 'quote' },
      { kind: 'quote' },
    ]);
    expect(exchange.asked.filter((url) => url.includes('DOGE'))).toEqual([]);
  });
});

describe('after unsubscribing', () => {
  it('no timer is left and nothing is told', async () => {
    const { clock, listen } = await aBinanceFeed();
    const listening = listen({ ...QUOTES, ...BARS });
    await clock.armed(2);
    const told = listening.events.length;
    listening.end();
    expect(clock.waits()).toEqual([]);
    clock.advance(10 * MINUTE);
    expect(listening.events.length).toBe(told);
  });

  it('what is on its way is not told, while another subscriber still hears', async () => {
    const { clock, listen } = await aBinanceFeed();
    const early = listen(QUOTES);
    const late = listen(QUOTES);
    early.end();
    await clock.armed(1);
    expect(early.events).toEqual([]);
    expect(late.events).toMatchObject([{ kind: 'quote' }]);
  });

  it('by a listener that has heard enough, the other bars are not told', async () => {
    const { feed, clock } = await aBinanceFeed();
    const told: unknown[] = [];
    const end = feed.subscribe({ quotes: [], ...BARS }, (event) => {
      told.push(event);
      end();
    });
    await clock.armed(1);
    clock.advance(3 * MINUTE + 20_000);
    // The step that the timer began reads three bars; the listener takes one.
    await expect.poll(() => told.length, { timeout: 4_000 }).toBe(1);
    expect(clock.waits()).toEqual([]);
  });

  it('closing the feed ends every subscription', async () => {
    const { feed, clock, listen } = await aBinanceFeed();
    listen({ ...QUOTES, ...BARS });
    await clock.armed(2);
    feed.close();
    expect(clock.waits()).toEqual([]);
    listen(QUOTES);
    expect(clock.waits()).toEqual([]);
  });
});
