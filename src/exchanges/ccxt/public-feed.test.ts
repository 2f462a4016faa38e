/** What the feed answers when it is asked, against a real server that speaks Binance's REST. */

import { describe, expect, it } from 'vitest';
import { barAt } from './testing/binance-market.ts';
import { aBinanceFeed, NOON } from './testing/feed-fixture.ts';

const MINUTE = 60_000;

describe('the rules of a pair', () => {
  it('come from the exchange', async () => {
    const { feed } = await aBinanceFeed();
    expect(feed.name).toBe('Binance US');
    expect(await feed.instrument('BTC/USDT')).toEqual({
      ok: true,
      value: {
        symbol: 'BTC/USDT',
        base: 'BTC',
        quote: 'USDT',
        amountStep: 0.00001,
        minAmount: 0.00001,
        priceStep: 0.01,
        minCost: 10,
      },
    });
  });

  it('are null where the exchange has switched them off', async () => {
    const { feed } = await aBinanceFeed();
    const rules = await feed.instrument('ETH/USDT');
    expect(rules).toMatchObject({ ok: true, value: { priceStep: null, minCost: null } });
  });

  it.each(['DOGE/USDT', 'toString', ''])('do not exist for %j', async (symbol) => {
    const { feed } = await aBinanceFeed();
    expect(await feed.instrument(symbol)).toMatchObject({
      ok: false,
      error: { code: 'SYMBOL_UNKNOWN' },
    });
  });

  it('are refused while trading of the pair is halted', async () => {
    const { feed } = await aBinanceFeed();
    expect(await feed.instrument('LUNA/USDT')).toEqual({
      ok: false,
      error: {
        code: 'FEED_REFUSED',
        sentence: 'Binance US has halted trading of LUNA/USDT; choose another pair, or wait.',
      },
    });
  });

  it('are asked for once by many who ask at once, and again after a day', async () => {
    const { feed, clock, exchange } = await aBinanceFeed();
    const asked = (): number => exchange.asked.filter((url) => url.includes('exchangeInfo')).length;
    await Promise.all([feed.instrument('BTC/USDT'), feed.instrument('ETH/USDT')]);
    expect(asked()).toBe(1);
    clock.advance(86_400_000);
    await feed.instrument('BTC/USDT');
    expect(asked()).toBe(2);
  });
});

describe('closed bars', () => {
  it('are those that start in the range, without the one that is forming', async () => {
    const { feed, clock } = await aBinanceFeed();
    clock.advance(30_000);
    const bars = await feed.closedBars('BTC/USDT', '1m', NOON - 3 * MINUTE, NOON + 5 * MINUTE);
    const expected = [-3, -2, -1].map((minutes) => barAt(NOON + minutes * MINUTE));
    expect(bars).toEqual({ ok: true, value: expected });
  });

  it('begin at the first bar that starts within the range', async () => {
    const { feed } = await aBinanceFeed();
    const bars = await feed.closedBars('BTC/USDT', '1m', NOON - 3 * MINUTE + 1, NOON - MINUTE);
    expect(bars).toEqual({ ok: true, value: [barAt(NOON - 2 * MINUTE)] });
  });

  it('are closed by the exchange’s clock, not by ours', async () => {
    const { feed, clock, market } = await aBinanceFeed();
    market.ahead = -20_000;
    clock.advance(10_000);
    const bars = await feed.closedBars('BTC/USDT', '1m', NOON - 2 * MINUTE, NOON);
    expect(bars).toEqual({ ok: true, value: [barAt(NOON - 2 * MINUTE)] });
  });

  it('of a long range are read page by page', async () => {
    const { feed, exchange } = await aBinanceFeed();
    const bars = await feed.closedBars('BTC/USDT', '1m', NOON - 2_500 * MINUTE, NOON);
    expect(bars.ok && bars.value.length).toBe(2_500);
    expect(bars.ok && bars.value.every(([time], i) => time === NOON - (2_500 - i) * MINUTE)).toBe(
      true,
    );
    expect(exchange.asked.filter((url) => url.includes('klines')).length).toBe(3);
  });

  it('are not made up where the exchange has none', async () => {
    const { feed, market } = await aBinanceFeed();
    market.withheld.add(NOON - 2 * MINUTE);
    const bars = await feed.closedBars('BTC/USDT', '1m', NOON - 3 * MINUTE, NOON);
    expect(bars).toEqual({ ok: true, value: [-3, -1].map((n) => barAt(NOON + n * MINUTE)) });
  });

  it('of an empty range are none, and nothing is asked for them', async () => {
    const { feed, exchange } = await aBinanceFeed();
    expect(await feed.closedBars('BTC/USDT', '1m', NOON, NOON - MINUTE)).toEqual({
      ok: true,
      value: [],
    });
    expect(exchange.asked.some((url) => url.includes('klines'))).toBe(false);
  });

  it('are refused where they would take too many pages', async () => {
    const { feed } = await aBinanceFeed();
    expect(await feed.closedBars('BTC/USDT', '1m', 0, NOON)).toEqual({
      ok: false,
      error: {
        code: 'FEED_REFUSED',
        sentence:
          'Bars of 1m from Binance US can be read from 2025-12-22 01:20 UTC on; ask for less, or for longer bars.',
      },
    });
  });

  it.each([
    ['a price is missing', '[[1772366340000,"1","2","1",null,"1"]]'],
    ['the high is below the low', '[[1772366340000,"3","1","4","3","1"]]'],
    [
      'they do not rise in time',
      '[[1772366340000,"1","1","1","1","1"],[1772366340000,"1","1","1","1","1"]]',
    ],
  ])('are asked for again where %s', async (_, body) => {
    const { feed, clock, exchange } = await aBinanceFeed();
    exchange.fault('/klines', { body });
    const asking = feed.closedBars('BTC/USDT', '1m', NOON - 2 * MINUTE, NOON);
    await clock.armed(1);
    clock.advance(500);
    const expected = [barAt(NOON - 2 * MINUTE), barAt(NOON - MINUTE)];
    expect(await asking).toEqual({ ok: true, value: expected });
  });
});

describe('a closed feed', () => {
  it('answers no more', async () => {
    const { feed } = await aBinanceFeed();
    feed.close();
    expect(await feed.instrument('BTC/USDT')).toMatchObject({
      ok: false,
      error: { code: 'FEED_UNAVAILABLE' },
    });
  });

  it('ends the request that is on its way', async () => {
    const { feed, exchange } = await aBinanceFeed();
    exchange.fault('/exchangeInfo', 'silence');
    const asking = feed.instrument('BTC/USDT');
    feed.close();
    expect(await asking).toMatchObject({ ok: false, error: { code: 'FEED_UNAVAILABLE' } });
  });
});
