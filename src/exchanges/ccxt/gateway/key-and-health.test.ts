/** What is asked of an exchange before and while it is traded at: whether it is well, and what the key may do. */

import { describe, expect, it } from 'vitest';
import type { Result } from '../../../core/domain/result.ts';
import { MINUTE_MS } from '../../../core/domain/timeframe.ts';
import { toSimulator } from '../simulator-fetch.ts';
import { aGateway, BTC, openGateway, SIMULATOR_KEY } from './testing/gateway-stage.ts';
import { aKrakenGateway } from './testing/simulated-venue.ts';

/** Empty where there was no failure. */
function sentenceOf(answer: Result<unknown>): string {
  return answer.ok ? '' : answer.error.sentence;
}

describe.each(['binanceus', 'binance'] as const)('the health of %s', (venue) => {
  it('is its status, how far away it is, and how far its clock is off', async () => {
    const { gateway, simulator } = await aGateway(venue);
    expect(await gateway.health()).toEqual({
      ok: true,
      value: { latencyMs: 0, clockSkewMs: 0, status: 'ok' },
    });
    simulator.control.fault({ kind: 'clock-skew', ms: -1_500 });
    expect(await gateway.health()).toMatchObject({ ok: true, value: { clockSkewMs: -1_500 } });
  });

  it('is bad during maintenance, and while it does not answer', async () => {
    const { gateway, simulator } = await aGateway(venue);
    simulator.control.fault({ kind: 'maintenance', on: true });
    expect(sentenceOf(await gateway.health())).toContain('maintenance');
    simulator.control.fault({ kind: 'maintenance', on: false });
    simulator.control.fault({ kind: 'reset', path: '/time' });
    expect(await gateway.health()).toMatchObject({ ok: false });
    expect(await gateway.health()).toMatchObject({ ok: true });
  });
});

describe.each([
  ['binanceus', 'Binance US', 'binance.us'],
  ['binance', 'Binance', 'binance.com'],
] as const)('a key for %s', (venue, name, site) => {
  it('is good where it reads and trades', async () => {
    const { gateway } = await aGateway(venue);
    expect(await gateway.validateKey()).toEqual({
      ok: true,
      value: { canTrade: true, withdrawals: 'refused-by-exchange' },
    });
  });

  it('is refused where it can withdraw, however well it trades', async () => {
    const { gateway, simulator } = await aGateway(venue);
    simulator.control.setKeyRestrictions({ enableWithdrawals: true });
    const sentence = `This key can withdraw from ${name}, and no key that can is used here. Open API Management at ${site}, edit the key's restrictions and untick "Enable Withdrawals".`;
    expect(await gateway.validateKey()).toEqual({
      ok: false,
      error: { code: 'EXCHANGE_REFUSED', sentence },
    });
  });

  it('is refused where it may not trade, with what to change', async () => {
    const { gateway, simulator } = await aGateway(venue);
    simulator.control.setKeyRestrictions({ enableSpotAndMarginTrading: false });
    const answer = await gateway.validateKey();
    expect(answer).toMatchObject({ error: { code: 'EXCHANGE_REFUSED' } });
    expect(sentenceOf(answer)).toContain('and tick "Enable Spot & Margin Trading"');
  });

  it('that nobody knows is refused, and an exchange that is away decides nothing', async () => {
    const credentials = { apiKey: 'wrong', secret: 'wrong' };
    const { gateway } = await aGateway(venue, { credentials });
    expect(await gateway.validateKey()).toMatchObject({ error: { code: 'EXCHANGE_REFUSED' } });
    const away = await aGateway(venue);
    away.simulator.control.fault({ kind: 'ban', retryAfterSeconds: 60 });
    await away.gateway.health();
    expect(await away.gateway.validateKey()).toMatchObject({
      error: { code: 'EXCHANGE_UNAVAILABLE' },
    });
  });
});

describe('a key for Binance US', () => {
  it('whose rights are not told there is good where the account trades', async () => {
    const { simulator, clock } = await aGateway();
    const ask = toSimulator(simulator.restUrl);
    const { gateway } = openGateway({
      id: 'binanceus',
      credentials: SIMULATOR_KEY,
      clock,
      // As an exchange that does not know the question.
      fetch: async (url, init) =>
        url.includes('apiRestrictions') ? new Response('{}', { status: 404 }) : ask(url, init),
      timeoutMs: 5_000,
    });
    expect(await gateway.validateKey()).toEqual({
      ok: true,
      value: { canTrade: true, withdrawals: 'not-told' },
    });
    simulator.control.setKeyRestrictions({ enableSpotAndMarginTrading: false });
    expect(await gateway.validateKey()).toMatchObject({ error: { code: 'EXCHANGE_REFUSED' } });
  });
});

describe('Kraken', () => {
  it('tells its time in whole seconds: the skew is taken from the middle of one', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    expect(await gateway.health()).toMatchObject({ value: { clockSkewMs: 499.5 } });
    simulator.control.fault({ kind: 'market-mode', mode: 'cancel_only' });
    expect(await gateway.health()).toMatchObject({ error: { code: 'EXCHANGE_UNAVAILABLE' } });
  });

  it('tells what the key may do', async () => {
    const { gateway, simulator } = await aKrakenGateway();
    expect(await gateway.validateKey()).toMatchObject({
      value: { withdrawals: 'refused-by-exchange' },
    });
    const { permissions } = simulator.control.keyRestrictions();
    simulator.control.setKeyRestrictions({ permissions: [...permissions, 'withdraw-funds'] });
    expect(sentenceOf(await gateway.validateKey())).toContain('untick "Withdraw Funds"');
    simulator.control.setKeyRestrictions({ permissions: ['query-funds'] });
    expect(sentenceOf(await gateway.validateKey())).toContain('tick "Query Funds", "Query open');
  });

  it('has rules and fees for a pair', async () => {
    const { gateway } = await aKrakenGateway();
    expect(await gateway.instrument(BTC.symbol)).toMatchObject({
      value: { amountStep: 1e-8, priceStep: 0.1, minCost: 0.5 / 0.99 },
    });
    expect(await gateway.fees(BTC.symbol)).toEqual({
      ok: true,
      value: { maker: 0.004, taker: 0.008 },
    });
  });
});

describe.each(['binanceus', 'binance'] as const)('a pair of %s', (venue) => {
  it('has its rules and its fee', async () => {
    const { gateway } = await aGateway(venue);
    // A stop sells up to a hundredth below its trigger, and must be worth enough there too.
    expect(await gateway.instrument(BTC.symbol)).toEqual({
      ok: true,
      value: { ...BTC, minAmount: 0.000_01, minCost: 5 / 0.99 },
    });
    expect(await gateway.fees(BTC.symbol)).toEqual({
      ok: true,
      value: { maker: 0.001, taker: 0.001 },
    });
  });

  it('has rules that are read again when they are an hour old', async () => {
    const { simulator, clock } = await aGateway(venue);
    const ask = toSimulator(simulator.restUrl);
    let readings = 0;
    const { gateway } = openGateway({
      id: venue,
      credentials: SIMULATOR_KEY,
      clock,
      fetch: (url, init) => {
        if (url.includes('exchangeInfo')) readings += 1;
        return ask(url, init);
      },
      timeoutMs: 5_000,
    });
    await Promise.all([gateway.instrument(BTC.symbol), gateway.balances()]);
    await gateway.instrument(BTC.symbol);
    expect(readings).toBe(1);
    clock.advance(60 * MINUTE_MS + 1);
    await gateway.instrument(BTC.symbol);
    expect(readings).toBe(2);
  });

  it('that is not traded there is refused', async () => {
    const { gateway } = await aGateway(venue);
    for (const answer of [await gateway.instrument('NO/PAIR'), await gateway.fees('NO/PAIR')]) {
      expect(answer).toMatchObject({ error: { code: 'EXCHANGE_REFUSED' } });
      expect(sentenceOf(answer)).toContain('choose one');
    }
  });
});
