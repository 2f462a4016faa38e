/** The life of an order: accepted, filled, cancelled, and found again. */

import { describe, expect, it } from 'vitest';
import { approvedBuy, approvedSell, bounded } from './approved-orders.ts';
import { found, held, newsOf, openIds, sumOf, told, type OpenStage } from './stage.ts';

/** Prices that an exchange makes of its own rounding: a cent in a hundred thousand. */
const CLOSE = 1e-7;

export function describeOrders(open: OpenStage): void {
  describe('an order', () => {
    it('buys at the market, and the balances show what its fills say', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      const { base, quote } = instrument;
      await stage.fund(quote, 1_000);
      const news = newsOf(exchange);
      const answer = await exchange.submit(bounded(approvedBuy(instrument, 'o1', 50), 101));
      expect(answer.kind).toBe('accepted');
      await stage.trade(100);
      const order = await found(stage, 'o1');
      expect(order).toMatchObject({ orderId: 'o1', symbol: instrument.symbol, state: 'filled' });
      const fills = order?.fills ?? [];
      const sum = sumOf(fills, quote);
      expect(sum.cost).toBeGreaterThan(49);
      expect(sum.cost).toBeLessThanOrEqual(50);
      const inBase = sumOf(fills, base).fee;
      expect(Math.abs((await held(stage, base)) - (sum.amount - inBase))).toBeLessThan(CLOSE);
      const paid = 1_000 - (await held(stage, quote));
      expect(Math.abs(paid - (sum.cost + sum.fee))).toBeLessThan(CLOSE);
      const fillNews = news.filter((event) => event.kind === 'order-filled');
      expect(new Set(fillNews.map(({ fill }) => fill.id))).toEqual(
        new Set(fills.map(({ id }) => id)),
      );
      expect(fills.at(-1)).toMatchObject({ orderId: 'o1', side: 'buy', complete: true });
    });

    it('sells what was bought', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.base, 1);
      await stage.trade(100);
      await exchange.submit(bounded(approvedSell(instrument, 'o1', 0.5), 95));
      await stage.trade(100);
      const order = await found(stage, 'o1');
      expect(order?.state).toBe('filled');
      expect(order?.fills.map(({ side, reason }) => ({ side, reason }))).toContainEqual({
        side: 'sell',
        reason: told(stage, 'signal'),
      });
      const { cost, fee } = sumOf(order?.fills ?? [], instrument.quote);
      expect(Math.abs((await held(stage, instrument.quote)) - (cost - fee))).toBeLessThan(CLOSE);
      expect(await held(stage, instrument.base)).toBeCloseTo(0.5, 8);
    });

    it('with a limit rests until the price comes to it, and never pays more', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'o1', 50, 90));
      await stage.trade(95);
      expect(await openIds(stage)).toEqual(['o1']);
      expect((await found(stage, 'o1'))?.state).toBe('open');
      await stage.trade(80);
      expect(await openIds(stage)).toEqual([]);
      const order = await found(stage, 'o1');
      expect(order?.state).toBe('filled');
      for (const { price } of order?.fills ?? []) expect(price).toBeLessThanOrEqual(90);
    });

    it('with a limit above the market buys at the market', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'o1', 50, 200));
      await stage.trade(100);
      const order = await found(stage, 'o1');
      expect(order?.state).toBe('filled');
      for (const { price } of order?.fills ?? []) expect(price).toBeLessThan(110);
    });

    it('that stops a loss or takes a gain waits for its price', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.base, 2);
      await stage.trade(100);
      await exchange.submit(approvedSell(instrument, 'stop', 1, 'stop-loss', 90));
      await exchange.submit(approvedSell(instrument, 'target', 1, 'take-profit', 110));
      await stage.trade(91);
      await stage.trade(109);
      expect(await openIds(stage)).toEqual(['stop', 'target']);
      await stage.trade(111);
      expect(await openIds(stage)).toEqual(['stop']);
      // No further than a stop's limit lies below its trigger.
      await stage.trade(89.5);
      expect(await openIds(stage)).toEqual([]);
      const [stopped] = (await found(stage, 'stop'))?.fills ?? [];
      expect(stopped).toMatchObject({ reason: told(stage, 'stop-loss') });
      expect(stopped?.price).toBeLessThanOrEqual(90);
      const [taken] = (await found(stage, 'target'))?.fills ?? [];
      expect(taken).toMatchObject({ reason: told(stage, 'take-profit') });
      expect(taken?.price).toBeGreaterThanOrEqual(110);
    });
  });

  describe('a cancellation', () => {
    it('ends an order that rests: nothing fills it any more', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'o1', 50, 90));
      expect(await exchange.cancel('o1', instrument.symbol)).toEqual({
        kind: 'cancelled',
        filledAmount: 0,
      });
      await stage.trade(80);
      expect(await found(stage, 'o1')).toMatchObject({ state: 'cancelled', fills: [] });
      expect(await openIds(stage)).toEqual([]);
      expect(await held(stage, instrument.quote)).toBe(100);
    });

    it('of an order that has ended, or never was, finds it gone', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 200);
      await stage.trade(100);
      await exchange.submit(bounded(approvedBuy(instrument, 'filled', 50), 101));
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'cancelled', 50, 90));
      await exchange.cancel('cancelled', instrument.symbol);
      for (const id of ['filled', 'cancelled', 'unknown']) {
        expect(await exchange.cancel(id, instrument.symbol), id).toEqual({ kind: 'gone' });
      }
      expect((await found(stage, 'filled'))?.state).toBe('filled');
    });
  });

  describe('a look-up', () => {
    it('of an id that was never sent finds nothing, and that is no failure', async () => {
      const { exchange, instrument } = await open();
      expect(await exchange.find('unknown', instrument.symbol)).toEqual({ ok: true, value: null });
    });

    it('of open orders lists those of the symbols asked alone', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'o1', 20, 90));
      await exchange.submit(approvedBuy(instrument, 'o2', 20, 80));
      expect(new Set(await openIds(stage))).toEqual(new Set(['o1', 'o2']));
      expect(await exchange.openOrders([])).toEqual({ ok: true, value: [] });
    });
  });
}
