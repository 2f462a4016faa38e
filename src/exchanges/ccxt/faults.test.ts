/** What the feed does when the exchange fails: waits, asks again, and says so in the end. */

import { describe, expect, it } from 'vitest';
import { aBinanceFeed } from './testing/feed-fixture.ts';
import type { Fault } from './testing/loopback.ts';

const FAULTS: readonly (readonly [name: string, fault: Fault, sentence: string])[] = [
  ['503', { status: 503, body: '' }, 'is not available at the moment'],
  ['silence', 'silence', 'did not answer in time'],
  ['silence after the headers', 'silence after headers', 'did not answer in time'],
  ['a broken connection', 'hang up', 'cannot be reached'],
  ['a body that is not JSON', { body: '{"symbols":[' }, 'cannot be used'],
  ['a page of HTML', { body: '<html></html>' }, 'cannot be used'],
  ['429', { status: 429, body: '{"code":-1003,"msg":"x"}' }, 'asked too often'],
];

const patience = (fault: Fault): number =>
  typeof fault === 'string' && fault.startsWith('silence') ? 150 : 5_000;

describe('a question that fails', () => {
  it.each(FAULTS)('for a moment (%s) is asked again', async (_, fault) => {
    const { feed, clock, exchange } = await aBinanceFeed(patience(fault));
    exchange.fault('/exchangeInfo', fault, fault);
    const asking = feed.instrument('BTC/USDT');
    await clock.armed(1);
    clock.advance(500);
    await clock.armed(1);
    clock.advance(1_000);
    expect(await asking).toMatchObject({ ok: true });
  });

  it.each(FAULTS)('for good (%s) is answered with a sentence', async (_, fault, sentence) => {
    const { feed, clock, exchange } = await aBinanceFeed(patience(fault));
    exchange.fault('/exchangeInfo', fault, fault, fault, fault);
    const asking = feed.instrument('BTC/USDT');
    for (const ms of [500, 1_000, 2_000]) {
      await clock.armed(1);
      expect(clock.waits()).toEqual([ms]);
      clock.advance(ms);
    }
    const answer = await asking;
    expect(answer).toMatchObject({ ok: false, error: { code: 'FEED_UNAVAILABLE' } });
    expect(!answer.ok && answer.error.sentence).toContain(`Binance US `);
    expect(!answer.ok && answer.error.sentence).toContain(sentence);
  });

  it.each([
    ['a refused place', { status: 451, body: '{"code":0,"msg":"x"}' }, 'FEED_REFUSED'],
    ['a refused key', { status: 401, body: '{"code":-2014,"msg":"x"}' }, 'FEED_REFUSED'],
    ['an unknown pair', { status: 400, body: '{"code":-1121,"msg":"x"}' }, 'SYMBOL_UNKNOWN'],
  ])('for %s is not asked again', async (_, fault, code) => {
    const { feed, clock, exchange } = await aBinanceFeed();
    exchange.fault('/exchangeInfo', fault);
    expect(await feed.instrument('BTC/USDT')).toMatchObject({ ok: false, error: { code } });
    expect(clock.waits()).toEqual([]);
    expect(exchange.asked.length).toBe(1);
  });
});

describe('an exchange that asks to be left alone', () => {
  const leaveMeFor = (retryAfter: string): Fault => ({
    status: 429,
    headers: { 'retry-after': retryAfter },
    body: '{"code":-1003,"msg":"Too many requests"}',
  });

  it.each([
    ['seconds', '20'],
    ['a date', 'Sun, 01 Mar 2026 12:00:20 GMT'],
  ])('is left alone for as long as it says, in %s', async (_, retryAfter) => {
    const { feed, clock, exchange } = await aBinanceFeed();
    exchange.fault('/exchangeInfo', leaveMeFor(retryAfter));
    const asking = feed.instrument('BTC/USDT');
    await clock.armed(1);
    clock.advance(500);
    await clock.armed(1);
    expect(clock.waits()).toEqual([19_500]);
    clock.advance(19_500);
    expect(await asking).toMatchObject({ ok: true });
    expect(exchange.asked.length).toBe(2);
  });

  it('for long is not waited for, and not asked anything else meanwhile', async () => {
    const { feed, clock, exchange } = await aBinanceFeed();
    exchange.fault('/exchangeInfo', { ...(leaveMeFor('3600') as object), status: 418, body: '{}' });
    const asking = feed.instrument('BTC/USDT');
    await clock.armed(1);
    clock.advance(500);
    expect(await asking).toEqual({
      ok: false,
      error: {
        code: 'FEED_UNAVAILABLE',
        sentence: 'The exchange says it was asked too often; ask again in 3600 seconds.',
      },
    });
    expect(await feed.instrument('BTC/USDT')).toMatchObject({ ok: false });
    expect(exchange.asked.length).toBe(1);
  });
});
