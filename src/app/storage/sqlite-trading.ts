/** The books of one mode as rows. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AuditRecord } from '../../core/audit.ts';
import { assertNever } from '../../core/domain/assert-never.ts';
import type { OrderRecord } from '../../core/orders/order-record.ts';
import { inTransaction } from './migrations.ts';
import { beginUnit } from './write-unit.ts';
import { isWritable } from './writable.ts';
import { createSimulatedStore } from './sqlite-simulated.ts';
import type { Journaled, KeptBot, TradingCommit, TradingStore } from './trading-store.ts';
import { createTradingReader } from './sqlite-trading-reader.ts';

export type TradingMode = 'paper' | 'live';

export function createTradingStore(database: DatabaseSync, mode: TradingMode): TradingStore {
  const statements = prepare(database, mode);
  return {
    ...createTradingReader(database, mode),
    begin(settings, time) {
      statements.begin.run(time, JSON.stringify(settings));
      const id = Number(database.prepare('SELECT last_insert_rowid() AS id').get()?.['id']);
      return { id, startedAt: time, settings, bots: [], state: null };
    },
    end(accountId, time) {
      statements.end.run(time, accountId);
    },
    commit(accountId, commit) {
      inTransaction(database, () => write(statements, accountId, commit));
    },
    beginUnit: () => beginUnit(database),
    isWritable: () => isWritable(database),
    latchHalt(accountId) {
      statements.latchHalt.run(accountId);
    },
    sampleEquity(accountId, time, equity) {
      statements.equity.run(accountId, time, equity);
    },
    simulated: (accountId) => createSimulatedStore(database, accountId),
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: DatabaseSync, mode: TradingMode) {
  const sql = (text: string): StatementSync => database.prepare(text.replaceAll('$', `${mode}_`));
  return {
    begin: sql('INSERT INTO $accounts (started_at, setup) VALUES (?, ?)'),
    end: sql('UPDATE $accounts SET ended_at = ? WHERE id = ?'),
    journal: sql('INSERT INTO $journal (account_id, time, entry, decisions) VALUES (?, ?, ?, ?)'),
    checkpoint: sql(
      `INSERT INTO $checkpoints (account_id, seq, state) VALUES (?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET seq = max(seq, excluded.seq), state = excluded.state`,
    ),
    // char(36) is the dollar sign that begins a JSON path; here it would stand for the mode's prefix.
    latchHalt: sql(
      `UPDATE $checkpoints SET state = json_set(state, char(36) || '.account.tradingState', 'halted')
       WHERE account_id = ?`,
    ),
    bot: sql('INSERT INTO $bots (account_id, id, config, instrument) VALUES (?, ?, ?, ?)'),
    keepBotName: sql(
      `INSERT INTO $removed_bots (account_id, id, name)
       SELECT account_id, id, json_extract(config, char(36) || '.name') FROM $bots
         WHERE account_id = ? AND id = ?
       ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name`,
    ),
    removeBot: sql('DELETE FROM $bots WHERE account_id = ? AND id = ?'),
    order: sql(
      `INSERT INTO $orders (id, account_id, bot_id, symbol, state, created_at, record)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, record = excluded.record
         WHERE account_id = excluded.account_id`,
    ),
    fill: sql(
      `INSERT INTO $fills (order_id, fill_id, account_id, bot_id, symbol, time, fee_in_quote, fill)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    trade: sql(
      'INSERT INTO $trades (account_id, bot_id, symbol, exit_time, trade) VALUES (?, ?, ?, ?, ?)',
    ),
    day: sql(
      `INSERT INTO $days (account_id, day, opening_equity, equity, trades, loss_limit_breached)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (account_id, day) DO UPDATE SET opening_equity = excluded.opening_equity,
         equity = excluded.equity, trades = excluded.trades,
         loss_limit_breached = excluded.loss_limit_breached`,
    ),
    equity: sql(
      `INSERT INTO $equity (account_id, time, equity) VALUES (?, ?, ?)
       ON CONFLICT (account_id, time) DO UPDATE SET equity = excluded.equity`,
    ),
    transfer: sql(
      'INSERT INTO $transfers (account_id, time, currency, amount) VALUES (?, ?, ?, ?)',
    ),
    alert: sql(
      'INSERT INTO $alerts (account_id, time, code, bot_id, sentence) VALUES (?, ?, ?, ?, ?)',
    ),
  };
}

function write(statements: Statements, accountId: number, commit: TradingCommit): void {
  let seq: number | bigint = 0;
  for (const entry of commit.entries) seq = writeEntry(statements, accountId, entry);
  for (const bot of commit.addedBots) writeBot(statements, accountId, bot);
  for (const record of commit.audit) writeRecord(statements, accountId, record);
  statements.checkpoint.run(accountId, seq, JSON.stringify(commit.state));
}

function writeEntry(
  statements: Statements,
  accountId: number,
  { entry, time, decisions }: Journaled,
): number | bigint {
  const { lastInsertRowid } = statements.journal.run(
    accountId,
    time,
    JSON.stringify(entry),
    JSON.stringify(decisions),
  );
  for (const decision of decisions) {
    if (decision.kind !== 'alert') continue;
    statements.alert.run(accountId, time, decision.code, decision.botId, decision.sentence);
  }
  return lastInsertRowid;
}

function writeBot(
  statements: Statements,
  accountId: number,
  { config, instrument }: KeptBot,
): void {
  statements.bot.run(accountId, config.id, JSON.stringify(config), JSON.stringify(instrument));
}

/** Its name stays: its orders and trades do too. */
function removeBot(statements: Statements, accountId: number, botId: string): void {
  statements.keepBotName.run(accountId, botId);
  statements.removeBot.run(accountId, botId);
}

function writeRecord(statements: Statements, accountId: number, audit: AuditRecord): void {
  switch (audit.kind) {
    case 'order':
      writeOrder(statements, accountId, audit.record);
      break;
    case 'fill': {
      const { botId, symbol, fill, feeInQuote } = audit;
      const content = JSON.stringify(fill);
      const { orderId, id, time } = fill;
      statements.fill.run(orderId, id, accountId, botId, symbol, time, feeInQuote, content);
      break;
    }
    case 'trade': {
      const { botId, symbol, trade } = audit;
      statements.trade.run(accountId, botId, symbol, trade.exitTime, JSON.stringify(trade));
      break;
    }
    case 'day': {
      const { day, openingEquity, trades, lossLimitBreached } = audit.day;
      const breached = lossLimitBreached ? 1 : 0;
      statements.day.run(accountId, day, openingEquity, audit.equity, trades, breached);
      break;
    }
    case 'transfer':
      statements.transfer.run(accountId, audit.time, audit.currency, audit.amount);
      break;
    case 'bot':
      if (audit.status === 'removed') removeBot(statements, accountId, audit.botId);
      break;
    case 'state':
      // The checkpoint has it, and the journal why.
      break;
    default:
      assertNever(audit);
  }
}

function writeOrder(statements: Statements, accountId: number, record: OrderRecord): void {
  const { order, botId, state, createdAt } = record;
  const { changes } = statements.order.run(
    order.id,
    accountId,
    botId,
    order.symbol,
    state,
    createdAt,
    JSON.stringify(record),
  );
  // An exchange tells orders apart by their ids alone, over all accounts that ever were.
  if (changes === 0) throw new Error(`The order id ${order.id} was used by an earlier account.`);
}
