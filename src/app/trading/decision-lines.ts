/** What an account decided, from its journal, as sentences. */

import type { DecisionLine } from '../../contract/trading.ts';
import { assertNever } from '../../core/domain/assert-never.ts';
import type { Order } from '../../core/domain/order.ts';
import type { Decision } from '../../core/events.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import type { JournalRow, TradingStore } from '../storage/trading-store.ts';
import { written } from '../storage/written-json.ts';
import { eventTime } from './event-time.ts';

/** @param limit rows of the journal; one row may hold several decisions @returns newest first */
export function decisionLines(
  store: Pick<TradingStore, 'decided' | 'order'>,
  accountId: number,
  limit: number,
): DecisionLine[] {
  return store
    .decided(accountId, limit)
    .flatMap((row) => linesOf(row, store).toReversed())
    .slice(0, limit);
}

/** @param store knows the orders that are named by their ids alone */
export function linesOf(
  row: JournalRow,
  store: Pick<TradingStore, 'order'>,
): readonly DecisionLine[] {
  const { entry, decisions } = row;
  const time = entry.kind === 'session-begun' ? entry.time : eventTime(entry, 0);
  return written<readonly Decision[]>(decisions, 'the journal').flatMap((decision) =>
    lineOf(decision, time, (orderId) => store.order(orderId)),
  );
}

type FindOrder = (orderId: string) => OrderRecord | null;

function lineOf(decision: Decision, time: number, find: FindOrder): DecisionLine[] {
  const base = { time, botId: null, symbol: null, code: null } as const;
  const whose = (record: OrderRecord | null) => ({
    botId: record?.botId ?? null,
    symbol: record?.order.symbol ?? null,
  });
  switch (decision.kind) {
    case 'submit': {
      const { order } = decision;
      const sentence = orderSentence(order);
      return [{ ...base, ...whose(find(order.id)), kind: 'submitted', sentence }];
    }
    case 'submit-pair': {
      const { stop, target } = decision;
      const sentence = `${orderSentence(stop)} ${orderSentence(target)} One ends the other.`;
      return [{ ...base, ...whose(find(stop.id)), kind: 'submitted', sentence }];
    }
    case 'cancel': {
      const record = find(decision.orderId);
      const sentence = `Withdraw ${decision.orderId}${record === null ? '.' : `: ${uncapitalised(orderSentence(record.order))}`}`;
      return [{ ...base, ...whose(record), kind: 'cancelled', sentence }];
    }
    case 'denied': {
      const { denial, botId } = decision;
      const { code, sentence } = denial;
      return [{ ...base, time: denial.time, botId, kind: 'denied', code, sentence }];
    }
    case 'alert': {
      const { code, botId, sentence } = decision;
      return [{ ...base, botId, kind: 'alert', code, sentence }];
    }
    case 'live-off':
      // The alert beside it says the same.
      return [];
    case 'look-up':
    case 'reconcile':
      // Questions to the exchange, that change nothing by themselves.
      return [];
    default:
      return assertNever(decision);
  }
}

const SELLS = {
  market: 'at the market',
  'stop-loss': 'if the price falls to',
  'take-profit': 'if the price rises to',
} as const;

function orderSentence(order: Order): string {
  const { symbol, price } = order;
  const [base = '', quote = ''] = symbol.split('/');
  if (order.purpose === 'entry') {
    const where = price === null ? 'at the market' : `at ${plain(price)} or less`;
    return `Buy ${base} for ${order.size.cost.toFixed(2)} ${quote} ${where}.`;
  }
  const at = price === null ? '' : ` ${plain(price)}`;
  return `Sell ${plain(order.size.amount)} ${base} ${SELLS[order.type]}${at}.`;
}

function uncapitalised(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

const FIGURE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 10 });

/** Thousands separated, never with an exponent, and without the digits that only arithmetic has left behind. */
export function plain(figure: number): string {
  return FIGURE.format(figure);
}
