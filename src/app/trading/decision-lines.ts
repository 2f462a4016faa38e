/** What an account decided, from its journal, as sentences. */

import type { DecisionLine } from '../../contract/trading.ts';
import { assertNever } from '../../core/domain/assert-never.ts';
import type { Order } from '../../core/domain/order.ts';
import type { Decision } from '../../core/events.ts';
import type { JournalRow, TradingStore } from '../storage/trading-store.ts';
import { written } from '../storage/written-json.ts';
import { eventTime } from './event-time.ts';

/** @param limit rows of the journal; one row may hold several decisions @returns newest first */
export function decisionLines(
  store: TradingStore,
  accountId: number,
  limit: number,
): DecisionLine[] {
  return store
    .decided(accountId, limit)
    .flatMap((row) => linesOf(row, store).toReversed())
    .slice(0, limit);
}

/** @param store knows the orders that are named by their ids alone */
export function linesOf(row: JournalRow, store: TradingStore): readonly DecisionLine[] {
  const { entry, decisions } = row;
  const time = entry.kind === 'session-begun' ? entry.time : eventTime(entry, 0);
  const botOf = (orderId: string): Pick<DecisionLine, 'botId' | 'symbol'> => {
    const record = store.order(orderId);
    return { botId: record?.botId ?? null, symbol: record?.order.symbol ?? null };
  };
  return written<readonly Decision[]>(decisions, 'the journal').flatMap((decision) =>
    lineOf(decision, time, botOf),
  );
}

type BotOf = (orderId: string) => Pick<DecisionLine, 'botId' | 'symbol'>;

function lineOf(decision: Decision, time: number, botOf: BotOf): DecisionLine[] {
  const base = { time, botId: null, symbol: null, code: null } as const;
  switch (decision.kind) {
    case 'submit': {
      const { order } = decision;
      return [{ ...base, ...botOf(order.id), kind: 'submitted', sentence: orderSentence(order) }];
    }
    case 'submit-pair': {
      const { stop, target } = decision;
      const sentence = `${orderSentence(stop)} ${orderSentence(target)} One ends the other.`;
      return [{ ...base, ...botOf(stop.id), kind: 'submitted', sentence }];
    }
    case 'cancel': {
      const sentence = `Withdraw ${decision.orderId}.`;
      return [{ ...base, ...botOf(decision.orderId), kind: 'cancelled', sentence }];
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

/** Without the digits that only arithmetic has left behind. */
function plain(figure: number): string {
  return String(Number(figure.toPrecision(10)));
}
