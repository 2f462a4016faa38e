/** Reads the books of one mode back. */

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { Trade } from '../../core/domain/trade.ts';
import type { EngineState } from '../../core/engine.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import { z } from 'zod';
import type { AccountSettings, JournalEntry, KeptAccount, TradingStore } from './trading-store.ts';

type Reader = Pick<
  TradingStore,
  'current' | 'orders' | 'order' | 'fills' | 'trades' | 'days' | 'alerts' | 'journal'
>;

export function createTradingReader(database: DatabaseSync, mode: 'paper' | 'live'): Reader {
  const rows = (text: string, ...values: SQLInputValue[]): readonly unknown[] =>
    database.prepare(text.replaceAll('$', `${mode}_`)).all(...values);
  return {
    current: () => readAccount(rows),
    orders: (accountId, limit) =>
      rows(
        'SELECT record FROM $orders WHERE account_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?',
        accountId,
        limit,
      ).map((row) => written<OrderRecord>(recordRow.parse(row).record)),
    order(orderId) {
      const [row] = rows('SELECT record FROM $orders WHERE id = ?', orderId);
      return row === undefined ? null : written<OrderRecord>(recordRow.parse(row).record);
    },
    fills: (accountId) =>
      rows('SELECT * FROM $fills WHERE account_id = ? ORDER BY time, rowid', accountId)
        .map((row) => fillRow.parse(row))
        .map(({ bot_id: botId, symbol, fill, fee_in_quote: feeInQuote }) => ({
          botId,
          symbol,
          fill: written<Fill>(fill),
          feeInQuote,
        })),
    trades: (accountId) =>
      rows('SELECT * FROM $trades WHERE account_id = ? ORDER BY id', accountId)
        .map((row) => tradeRow.parse(row))
        .map(({ bot_id: botId, symbol, trade }) => ({
          botId,
          symbol,
          trade: written<Trade>(trade),
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
      const text = `SELECT seq, entry, decisions FROM ${mode}_journal WHERE account_id = ? ORDER BY seq`;
      for (const row of database.prepare(text).iterate(accountId)) {
        const { seq, entry, decisions } = journalRow.parse(row);
        yield { seq, entry: written<JournalEntry>(entry), decisions };
      }
    },
  };
}

function readAccount(
  rows: (text: string, ...values: SQLInputValue[]) => readonly unknown[],
): KeptAccount | null {
  const [row] = rows('SELECT * FROM $accounts WHERE ended_at IS NULL');
  if (row === undefined) return null;
  const { id, started_at: startedAt, setup } = accountRow.parse(row);
  const [checkpoint] = rows('SELECT state FROM $checkpoints WHERE account_id = ?', id);
  const bots = rows('SELECT config, instrument FROM $bots WHERE account_id = ? ORDER BY rowid', id);
  return {
    id,
    startedAt,
    settings: written<AccountSettings>(setup),
    bots: bots
      .map((bot) => botRow.parse(bot))
      .map(({ config, instrument }) => ({
        config: written<BotConfig>(config),
        instrument: written<Instrument>(instrument),
      })),
    state:
      checkpoint === undefined ? null : written<EngineState>(checkpointRow.parse(checkpoint).state),
  };
}

/** JSON that this module's writer made of a `T`: the file is checked for damage when it is opened. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows which column it read
function written<T>(json: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema's version says which code wrote it
  return JSON.parse(json) as T;
}

const recordRow = z.object({ record: z.string() });
const accountRow = z.object({ id: z.number(), started_at: z.number(), setup: z.string() });
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
