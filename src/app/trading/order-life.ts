/** The whole life of one order as its journal tells it, in sentences. */

import type { Fill } from '../../core/domain/fill.ts';
import type { JournalEntry, TradingStore } from '../storage/trading-store.ts';
import { linesOf, plain } from './decision-lines.ts';
import { eventTime } from './event-time.ts';

export interface LifeLine {
  /** ms UTC. */
  readonly time: number;
  readonly sentence: string;
}

/** Oldest first; empty for an order that the journal does not know. */
export function orderLife(store: TradingStore, accountId: number, orderId: string): LifeLine[] {
  const record = store.order(orderId);
  if (record === null) return [];
  const { order, botId } = record;
  return store.journalOf(accountId, orderId).flatMap((row) => {
    const news = sentenceOf(row.entry, orderId, order.symbol);
    const time = row.entry.kind === 'session-begun' ? row.entry.time : eventTime(row.entry, 0);
    const decided = linesOf(row, store)
      .filter((line) => line.botId === botId)
      .map(({ sentence }) => ({ time, sentence }));
    return news === null ? decided : [{ time, sentence: news }, ...decided];
  });
}

function sentenceOf(entry: JournalEntry, orderId: string, symbol: string): string | null {
  if (!('orderId' in entry) || entry.orderId !== orderId) return null;
  switch (entry.kind) {
    case 'order-accepted':
      return entry.exchangeId === null
        ? 'The exchange accepted it.'
        : `The exchange accepted it as ${entry.exchangeId}.`;
    case 'order-rejected':
      return `The exchange refused it: ${entry.sentence}`;
    case 'order-unknown':
      return `Nobody answered for it: ${entry.sentence} It is looked up, never sent again.`;
    case 'order-lost':
      return 'It never reached the exchange.';
    case 'order-filled':
      return fillSentence(entry.fill, symbol);
    case 'order-cancelled':
      return 'It was withdrawn.';
    case 'order-expired':
      return `It expired: ${entry.sentence}`;
    case 'order-contradicted':
      return `What the exchange shows under its id is something else: ${entry.sentence}`;
  }
}

function fillSentence({ amount, price, fee, complete, liquidity }: Fill, symbol: string): string {
  const [base = '', quote = ''] = symbol.split('/');
  const paid = `fee ${plain(fee.amount)} ${fee.currency} (${liquidity})`;
  const traded = `${plain(amount)} ${base} traded at ${plain(price)} ${quote}`;
  return `${traded}, ${paid}.${complete ? ' That was all of it.' : ''}`;
}
