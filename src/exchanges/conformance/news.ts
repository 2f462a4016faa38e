/** Who listens is told, and who has stopped listening is not. */

import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../core/orders/order-record.ts';
import { approvedBuy, bounded } from './approved-orders.ts';
import { newsOf, type ExchangeStage, type OpenStage } from './stage.ts';

async function buy(stage: ExchangeStage, id: string): Promise<void> {
  await stage.exchange.submit(bounded(approvedBuy(stage.instrument, id, 10), 101));
  await stage.trade(100);
}

function fillsIn(news: readonly OrderEvent[]): ReadonlySet<string> {
  return new Set(news.flatMap((event) => (event.kind === 'order-filled' ? [event.orderId] : [])));
}

export function describeNews(open: OpenStage): void {
  describe('a listener', () => {
    it('is told of each fill at least once, and so is every other', async () => {
      const stage = await open();
      await stage.fund(stage.instrument.quote, 100);
      const [one, another] = [newsOf(stage.exchange), newsOf(stage.exchange)];
      await buy(stage, 'o1');
      await buy(stage, 'o2');
      expect(fillsIn(one)).toEqual(new Set(['o1', 'o2']));
      expect(fillsIn(another)).toEqual(fillsIn(one));
    });

    it('is told nothing after it has ended, and may end twice', async () => {
      const stage = await open();
      await stage.fund(stage.instrument.quote, 100);
      const told: OrderEvent[] = [];
      const unlisten = stage.exchange.listen((event) => told.push(event));
      const other = newsOf(stage.exchange);
      await buy(stage, 'o1');
      unlisten();
      unlisten();
      const before = told.length;
      await buy(stage, 'o2');
      expect(told).toHaveLength(before);
      expect(fillsIn(other)).toEqual(new Set(['o1', 'o2']));
    });

    it('may end itself, and send orders, while it is told', async () => {
      const stage = await open();
      const { exchange, instrument } = stage;
      await stage.fund(instrument.quote, 100);
      const answers: Promise<unknown>[] = [];
      const unlisten = exchange.listen((event) => {
        if (event.kind !== 'order-filled') return;
        unlisten();
        answers.push(exchange.submit(approvedBuy(instrument, 'second', 10, 50)));
      });
      await buy(stage, 'first');
      expect(await Promise.all(answers)).toEqual([expect.objectContaining({ kind: 'accepted' })]);
    });
  });
}
