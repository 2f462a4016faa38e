/** The books behind the contract: of an account that trades, of one that nothing is connected to, and of one that has ended. */

import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import type { AccountKind, AccountSummaryWire, tradingContract } from '../../contract/trading.ts';
import { ok } from '../../core/domain/result.ts';
import { DAY_MS } from '../../core/domain/timeframe.ts';
import type { AccountSummary, TradingStore } from '../storage/trading-store.ts';
import { decisionLines } from './decision-lines.ts';
import { equityCurve } from './equity-curve.ts';
import { exportBooks } from './export-books.ts';
import { orderLife } from './order-life.ts';
import { NO_PAPER_ACCOUNT } from './paper-trading.ts';
import { orderLine } from './status.ts';

type BooksHandlers = Pick<
  Handlers<typeof tradingContract>,
  | 'trading.accounts'
  | 'trading.decisions'
  | 'trading.order-life'
  | 'trading.equity'
  | 'trading.orders'
  | 'trading.trades'
  | 'trading.days'
  | 'trading.alerts'
  | 'trading.export'
>;

interface BooksOf {
  readonly account: AccountKind;
  /** `null` for the current one. */
  readonly accountId: number | null;
}

const MOST_ALERTS = 200;

export function booksHandlers(storeOf: (account: AccountKind) => TradingStore): BooksHandlers {
  function read<T>(
    { account, accountId }: BooksOf,
    of: (store: TradingStore, account: AccountSummary) => T,
  ): ContractResult<T> {
    const store = storeOf(account);
    const found = store
      .accounts()
      .find(({ id, endedAt }) => (accountId === null ? endedAt === null : id === accountId));
    return found === undefined ? NO_ACCOUNT[account] : ok(of(store, found));
  }

  return {
    'trading.accounts': () =>
      ok(
        (['paper', 'live'] as const).flatMap((account) =>
          storeOf(account)
            .accounts()
            .map((one) => summaryWire(account, one)),
        ),
      ),
    'trading.decisions': ({ limit, ...books }) =>
      read(books, (store, { id }) => decisionLines(store, id, limit)),
    'trading.order-life': ({ orderId, ...books }) =>
      read(books, (store, { id }) => orderLife(store, id, orderId)),
    'trading.equity': (books) => read(books, (store, { id }) => equityCurve(store.equity(id))),
    'trading.orders': ({ limit, ...books }) =>
      read(books, (store, { id }) => store.orders(id, limit).map(orderLine)),
    'trading.trades': (books) =>
      read(books, (store, { id }) =>
        store.trades(id).map(({ botId, symbol, trade }) => ({ botId, symbol, trade })),
      ),
    'trading.days': (books) =>
      read(books, (store, { id }) =>
        store.days(id).map((day) => ({ ...day, day: day.day * DAY_MS })),
      ),
    'trading.alerts': (books) => read(books, (store, { id }) => [...store.alerts(id, MOST_ALERTS)]),
    'trading.export': ({ format, ...books }) =>
      read(books, (store, account) => exportBooks(store, account, format)),
  };
}

function summaryWire(account: AccountKind, summary: AccountSummary): AccountSummaryWire {
  const { id, startedAt, endedAt, settings, trades, botNames } = summary;
  return {
    account,
    accountId: id,
    venueId: settings.venue,
    startedAt,
    endedAt,
    trades,
    bots: Object.entries(botNames).map(([botId, name]) => ({ id: botId, name })),
  };
}

export const NO_ACCOUNT = {
  paper: NO_PAPER_ACCOUNT,
  live: contractFailure(
    'NO_ACCOUNT',
    'No exchange is connected. Save a key and press Validate & Sync first.',
  ),
} as const satisfies Record<AccountKind, unknown>;
