/** Reads the books of one mode back. */

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { Trade } from '../../core/domain/trade.ts';
import type { EngineState } from '../../core/engine.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import { z } from 'zod';
import type {
  AccountSettings,
  AccountSummary,
  JournalEntry,
  JournalRow,
  KeptAccount,
  TradingStore,
} from './trading-store.ts';
import { written } from './written-json.ts';

type Reader = Pick<
  TradingStore,
  | 'current'
  | 'accounts'
  | 'orders'
  | 'order'
  | 'fills'
  | 'trades'
  | 'days'
  | 'alerts'
  | 'journal'
  | 'decided'
  | 'journalOf'
  | 'equity'
>;

export function createTradingReader(database: DatabaseSync, mode: 'paper' | 'live'): Reader {
  const rows: Rows = (text, ...values) =>
    database.prepare(text.replaceAll('$', `${mode}_`)).all(...values);
  return {
    current: () => readAccount(rows, mode),
    accounts: () => readSummaries(rows, mode),
    orders: (accountId, limit) =>
      rows(
        'SELECT record FROM $orders WHERE account_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?',
        accountId,
        limit,
      ).map((row) => written<OrderRecord>(recordRow.parse(row).record, `${mode}_orders`)),
    order(orderId) {
      const [row] = rows('SELECT record FROM $orders WHERE id = ?', orderId);
      return row === undefined
        ? null
        : written<OrderRecord>(recordRow.parse(row).record, `${mode}_orders`);
    },
    fills: (accountId) =>
      rows('SELECT * FROM $fills WHERE account_id = ? ORDER BY time, rowid', accountId)
        .map((row) => fillRow.parse(row))
        .map(({ bot_id: botId, symbol, fill, fee_in_quote: feeInQuote }) => ({
          botId,
          symbol,
          fill: written<Fill>(fill, `${mode}_fills`),
          feeInQuote,
        })),
    trades: (accountId) =>
      rows('SELECT * FROM $trades WHERE account_id = ? ORDER BY id', accountId)
        .map((row) => tradeRow.parse(row))
        .map(({ bot_id: botId, symbol, trade }) => ({
          botId,
          symbol,
          trade: written<Trade>(trade, `${mode}_trades`),
        })),
    days: (accountId) =>
      rows('SELECT * FROM $days WHERE account_id = ? ORDER BY day', accountId)
        .map((row) => dayRow.parse(row))
        .map((row) => ({
          day: row.day,
          openingEquity: row.opening_equity,
          equity: row.equity,
          trades: row.trades,
          lossLimitBreached: row.loss_limit_breached === 1,
        })),
    alerts: (accountId, limit) =>
      rows('SELECT * FROM $alerts WHERE account_id = ? ORDER BY id DESC LIMIT ?', accountId, limit)
        .map((row) => alertRow.parse(row))
        .map(({ bot_id: botId, time, code, sentence }) => ({ time, code, botId, sentence })),
    *journal(accountId) {
      // What is written while it is read is not part of it: who writes for each row would never come to an end.
      const text = `SELECT seq, entry, decisions FROM ${mode}_journal
        WHERE account_id = ? AND seq <= (SELECT max(seq) FROM ${mode}_journal) ORDER BY seq`;
      for (const row of database.prepare(text).iterate(accountId)) {
        yield journalRowOf(row, mode);
      }
    },
    decided: (accountId, limit) =>
      rows(
        `SELECT seq, entry, decisions FROM $journal WHERE account_id = ? AND decisions <> '[]'
         ORDER BY seq DESC LIMIT ?`,
        accountId,
        limit,
      ).map((row) => journalRowOf(row, mode)),
    journalOf(accountId, orderId) {
      // Quoted as JSON quotes it, so that no id is found inside another.
      const quoted = JSON.stringify(orderId);
      return rows(
        `SELECT seq, entry, decisions FROM $journal WHERE account_id = ?
         AND (instr(entry, ?) > 0 OR instr(decisions, ?) > 0) ORDER BY seq`,
        accountId,
        quoted,
        quoted,
      ).map((row) => journalRowOf(row, mode));
    },
    equity: (accountId) =>
      rows('SELECT time, equity FROM $equity WHERE account_id = ? ORDER BY time', accountId).map(
        (row) => equityRow.parse(row),
      ),
  };
}

function journalRowOf(row: unknown, mode: 'paper' | 'live'): JournalRow {
  const { seq, entry, decisions } = journalRow.parse(row);
  return { seq, entry: written<JournalEntry>(entry, `${mode}_journal`), decisions };
}

type Rows = (text: string, ...values: SQLInputValue[]) => readonly unknown[];

function readSummaries(rows: Rows, mode: 'paper' | 'live'): readonly AccountSummary[] {
  const names = rows(
    `SELECT account_id, id, name FROM $removed_bots
     UNION ALL SELECT account_id, id, json_extract(config, char(36) || '.name') FROM $bots`,
  ).map((row) => botNameRow.parse(row));
  return rows(
    `SELECT id, started_at, ended_at, setup,
       (SELECT count(*) FROM $trades WHERE account_id = $accounts.id) AS trades
     FROM $accounts ORDER BY id DESC`,
  )
    .map((row) => summaryRow.parse(row))
    .map(({ id, started_at: startedAt, ended_at: endedAt, setup, trades }) => ({
      id,
      startedAt,
      endedAt,
      settings: written<AccountSettings>(setup, `${mode}_accounts`),
      trades,
      botNames: Object.fromEntries(
        names
          .filter(({ account_id }) => account_id === id)
          .map(({ id: botId, name }) => [botId, name]),
      ),
    }));
}

function readAccount(rows: Rows, mode: 'paper' | 'live'): KeptAccount | null {
  const [row] = rows('SELECT * FROM $accounts WHERE ended_at IS NULL');
  if (row === undefined) return null;
  const { id, started_at: startedAt, setup } = accountRow.parse(row);
  const [checkpoint] = rows('SELECT state FROM $checkpoints WHERE account_id = ?', id);
  const bots = rows('SELECT config, instrument FROM $bots WHERE account_id = ? ORDER BY rowid', id);
  return {
    id,
    startedAt,
    settings: written<AccountSettings>(setup, `${mode}_accounts`),
    bots: bots
      .map((bot) => botRow.parse(bot))
      .map(({ config, instrument }) => ({
        config: written<BotConfig>(config, `${mode}_bots`),
        instrument: written<Instrument>(instrument, `${mode}_bots`),
      })),
    state:
      checkpoint === undefined
        ? null
        : written<EngineState>(checkpointRow.parse(checkpoint).state, `${mode}_checkpoints`),
  };
}

const recordRow = z.object({ record: z.string() });
const accountRow = z.object({ id: z.number(), started_at: z.number(), setup: z.string() });
const summaryRow = accountRow.extend({ ended_at: z.number().nullable(), trades: z.number() });
const botNameRow = z.object({ account_id: z.number(), id: z.string(), name: z.string() });
const checkpointRow = z.object({ state: z.string() });
const botRow = z.object({ config: z.string(), instrument: z.string() });
const fillRow = z.object({
  bot_id: z.string(),
  symbol: z.string(),
  fill: z.string(),
  fee_in_quote: z.number().nullable(),
});
const tradeRow = z.object({ bot_id: z.string(), symbol: z.string(), trade: z.string() });
const dayRow = z.object({
  day: z.number(),
  opening_equity: z.number(),
  equity: z.number(),
  trades: z.number(),
  loss_limit_breached: z.number(),
});
const alertRow = z.object({
  time: z.number(),
  code: z.string(),
  bot_id: z.string().nullable(),
  sentence: z.string(),
});
const journalRow = z.object({ seq: z.number(), entry: z.string(), decisions: z.string() });
const equityRow = z.object({ time: z.number(), equity: z.number() });
