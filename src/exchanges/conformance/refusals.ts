/** What an exchange must refuse, and how it says so. */

import { describe, expect, expectTypeOf, it } from 'vitest';
import type { EntryOrder, ExitOrder, Order } from '../../core/domain/order.ts';
import type { ExchangePort, SubmitAnswer } from '../../core/ports/exchange.ts';
import type { SimulationOnlyOrder } from '../../core/risk/approved-order.ts';
import { approvedBuy, approvedSell, bounded } from './approved-orders.ts';
import { found, held, openIds, type OpenStage } from './stage.ts';

function expectRefusal(answer: SubmitAnswer): void {
  expect(answer.kind).toBe('rejected');
  if (answer.kind === 'rejected') expect(answer.sentence).toMatch(/^[A-Z].{8,}\.$/);
}

export function describeRefusals(open: OpenStage): void {
  describe('a refusal', () => {
    it('meets an id that was used before, open or ended, and changes nothing', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 1_000);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'o1', 20, 90));
      expectRefusal(await exchange.submit(bounded(approvedBuy(instrument, 'o1', 50), 101)));
      await stage.trade(100);
      expect(await found(stage, 'o1')).toMatchObject({ state: 'open', fills: [] });
      await exchange.cancel('o1', instrument.symbol);
      expectRefusal(await exchange.submit(bounded(approvedBuy(instrument, 'o1', 50), 101)));
      expect(await held(stage, instrument.base)).toBe(0);
    });

    it('meets a buy for more than there is, its fee included', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 40);
      await stage.trade(100);
      const tooMuch = stage.feesFrom === 'received' ? 41 : 40;
      expectRefusal(await exchange.submit(bounded(approvedBuy(instrument, 'o1', tooMuch), 101)));
      expectRefusal(await exchange.submit(approvedBuy(instrument, 'o2', 50, 90)));
      expect(await found(stage, 'o1')).toBeNull();
      expect(await openIds(stage)).toEqual([]);
    });

    it('meets a sale of more than there is', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.base, 1);
      await stage.trade(100);
      expectRefusal(await exchange.submit(bounded(approvedSell(instrument, 'o1', 1.01), 95)));
      expect(await held(stage, instrument.base)).toBe(1);
    });

    it('counts what is promised to resting orders, until they are cancelled', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      const { base, quote, symbol } = instrument;
      await stage.fund(quote, 60);
      await stage.fund(base, 1);
      await stage.trade(100);
      await exchange.submit(approvedBuy(instrument, 'b1', 40, 90));
      await exchange.submit(approvedSell(instrument, 's1', 0.6, 'stop-loss', 50));
      expect([await held(stage, quote), await held(stage, base)]).toEqual([60, 1]);
      expectRefusal(await exchange.submit(approvedBuy(instrument, 'b2', 30, 90)));
      expectRefusal(await exchange.submit(bounded(approvedSell(instrument, 's2', 0.6), 95)));
      await exchange.cancel('b1', symbol);
      await exchange.cancel('s1', symbol);
      expect((await exchange.submit(approvedBuy(instrument, 'b3', 30, 90))).kind).toBe('accepted');
      expect((await exchange.submit(bounded(approvedSell(instrument, 's3', 0.6), 95))).kind).toBe(
        'accepted',
      );
    });

    it('meets a symbol that is not traded', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      const other = { ...instrument, symbol: `NOSUCHCOIN/${instrument.quote}` };
      expectRefusal(await exchange.submit(approvedBuy(other, 'o1', 20)));
    });

    it('is not needed for orders that the risk gate did not approve: they cannot be sent', () => {
      type Sendable = Parameters<ExchangePort['submit']>[0];
      expectTypeOf<Order>().not.toExtend<Sendable>();
      expectTypeOf<EntryOrder>().not.toExtend<Sendable>();
      expectTypeOf<ExitOrder>().not.toExtend<Sendable>();
      expectTypeOf<SimulationOnlyOrder>().not.toExtend<Sendable>();
      expectTypeOf<Order>().not.toExtend<Parameters<ExchangePort['submitPair']>[1]>();
    });
  });
}
