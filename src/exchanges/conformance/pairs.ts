/** A stop and a target as one: for exchanges whose resting exits come in pairs. */

import { describe, expect, it } from 'vitest';
import type { SubmitAnswer } from '../../core/ports/exchange.ts';
import { approvedSell, bounded } from './approved-orders.ts';
import { found, held, newsOf, openIds, type ExchangeStage, type OpenStage } from './stage.ts';

/** Sells one coin at 90 or at 110. */
function submitPair({ exchange, instrument }: ExchangeStage): Promise<SubmitAnswer> {
  return exchange.submitPair(
    approvedSell(instrument, 'stop', 1, 'stop-loss', 90),
    approvedSell(instrument, 'target', 1, 'take-profit', 110),
  );
}

async function withCoins(open: OpenStage, amount: number): Promise<ExchangeStage> {
  const stage = await open();
  await stage.fund(stage.instrument.base, amount);
  await stage.trade(100);
  return stage;
}

export function describePairs(open: OpenStage): void {
  describe('a pair', () => {
    it.each([
      { price: 110.5, filled: 'target', ended: 'stop' },
      { price: 89.5, filled: 'stop', ended: 'target' },
    ])('ends as a whole when its $filled fills', async ({ price, filled, ended }) => {
      const stage = await withCoins(open, 1);
      const news = newsOf(stage.exchange);
      expect((await submitPair(stage)).kind).toBe('accepted');
      expect(new Set(await openIds(stage))).toEqual(new Set(['stop', 'target']));
      await stage.trade(price);
      expect(await openIds(stage)).toEqual([]);
      expect((await found(stage, filled))?.state).toBe('filled');
      expect(await found(stage, ended)).toMatchObject({ state: 'cancelled', fills: [] });
      expect(news).toContainEqual(
        expect.objectContaining({ kind: 'order-cancelled', orderId: ended }),
      );
      // The other price comes too: there is nothing left to sell.
      await stage.trade(200 - price);
      expect(await held(stage, stage.instrument.base)).toBe(0);
    });

    it('promises its coins once', async () => {
      const stage = await withCoins(open, 1.5);
      await submitPair(stage);
      const { exchange, instrument } = stage;
      const more = await exchange.submit(bounded(approvedSell(instrument, 'more', 0.6), 95));
      expect(more.kind).toBe('rejected');
      const rest = await exchange.submit(bounded(approvedSell(instrument, 'rest', 0.5), 95));
      expect(rest.kind).toBe('accepted');
    });

    it('of which one is cancelled is cancelled, and its coins are free again', async () => {
      for (const [cancelled, other] of [
        ['stop', 'target'],
        ['target', 'stop'],
      ] as const) {
        const stage = await withCoins(open, 1);
        const { exchange, instrument } = stage;
        const news = newsOf(exchange);
        await submitPair(stage);
        expect((await exchange.cancel(cancelled, instrument.symbol)).kind).toBe('cancelled');
        expect(await exchange.cancel(other, instrument.symbol)).toEqual({ kind: 'gone' });
        expect((await found(stage, other))?.state).toBe('cancelled');
        expect(news).toContainEqual(
          expect.objectContaining({ kind: 'order-cancelled', orderId: other }),
        );
        const sale = await exchange.submit(bounded(approvedSell(instrument, 'sale', 1), 95));
        expect(sale.kind).toBe('accepted');
        await stage.trade(111);
        await stage.trade(89);
        expect(await held(stage, instrument.base)).toBe(0);
      }
    });

    it('that is refused leaves neither of the two', async () => {
      const stage = await withCoins(open, 0.5);
      expect((await submitPair(stage)).kind).toBe('rejected');
      expect(await openIds(stage)).toEqual([]);
      expect([await found(stage, 'stop'), await found(stage, 'target')]).toEqual([null, null]);
    });

    it('is refused whole where one of its ids was used before', async () => {
      const stage = await withCoins(open, 2);
      const { exchange, instrument } = stage;
      await exchange.submit(approvedSell(instrument, 'target', 1, 'take-profit', 110));
      expect((await submitPair(stage)).kind).toBe('rejected');
      expect(await openIds(stage)).toEqual(['target']);
    });
  });
}
