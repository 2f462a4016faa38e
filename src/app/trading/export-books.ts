/** An account's books as files to save: its round trips, and what a tax return asks for. */

import type { ExportedFile } from '../../contract/backtest.ts';
import type { Execution } from '../../core/accounting/execution.ts';
import { fifo } from '../../core/accounting/fifo.ts';
import type { AccountSummary, KeptFill, TradingStore } from '../storage/trading-store.ts';
import { taxCsv } from './export/tax-csv.ts';
import { tradesCsv } from './export/trades-csv.ts';

export type BooksFormat = 'trades-csv' | 'tax-csv';

type Books = Pick<TradingStore, 'fills' | 'trades'>;
type AccountName = Pick<AccountSummary, 'id' | 'botNames'>;

export function exportBooks(store: Books, account: AccountName, format: BooksFormat): ExportedFile {
  const chunks = booksCsv(store, account, format);
  return {
    fileName: format === 'tax-csv' ? 'cryptopiggy-tax.csv' : 'cryptopiggy-trades.csv',
    mimeType: 'text/csv',
    bytes: new TextEncoder().encode([...chunks].join('')),
  };
}

/** The same in pieces of text. */
export function booksCsv(
  store: Books,
  account: AccountName,
  format: BooksFormat,
): Iterable<string> {
  return format === 'tax-csv' ? taxRows(store, account.id) : tradeRows(store, account);
}

function taxRows(store: Books, accountId: number): Iterable<string> {
  return taxCsv(fifo(store.fills(accountId).map(executionOf)).rows);
}

function tradeRows(store: Books, { id, botNames }: AccountName): Iterable<string> {
  return tradesCsv(
    store.trades(id).map(({ botId, symbol, trade }) => ({
      botName: botNames[botId] ?? botId,
      symbol,
      trade,
    })),
  );
}

function executionOf({ symbol, fill, feeInQuote }: KeptFill): Execution {
  const [base = '', quote = ''] = symbol.split('/');
  const { id: fillId, orderId, time, side, amount, price, cost, fee } = fill;
  return {
    fillId,
    orderId,
    time,
    symbol,
    base,
    quote,
    side,
    amount,
    price,
    cost,
    fee,
    feeInQuote,
  };
}
