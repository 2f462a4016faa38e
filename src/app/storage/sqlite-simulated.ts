/** The simulated exchange's memory as rows, apart from the app's own books. */

import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Fill } from '../../core/domain/fill.ts';
import type { SimulatedOrder, SimulatedStore } from '../../exchanges/simulated/simulated-store.ts';
import { inTransaction } from './migrations.ts';
import { written } from './written-json.ts';

export function createSimulatedStore(database: DatabaseSync, accountId: number): SimulatedStore {
  const order = database.prepare(
    `INSERT INTO simulated_orders (account_id, id, state, content) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, id) DO UPDATE SET state = excluded.state, content = excluded.content`,
  );
  const fill = database.prepare(
    'INSERT INTO simulated_fills (account_id, order_id, fill_id, content) VALUES (?, ?, ?, ?)',
  );
  const balance = database.prepare(
    `INSERT INTO simulated_balances (account_id, currency, amount) VALUES (?, ?, ?)
     ON CONFLICT (account_id, currency) DO UPDATE SET amount = excluded.amount`,
  );
  const bar = database.prepare(
    `INSERT INTO simulated_bars (account_id, symbol, time) VALUES (?, ?, ?)
     ON CONFLICT (account_id, symbol) DO UPDATE SET time = excluded.time`,
  );
  return {
    commit({ orders, fills, balances, matchedBars }) {
      inTransaction(database, () => {
        for (const row of orders)
          order.run(accountId, row.order.id, row.state, JSON.stringify(row));
        for (const row of fills) fill.run(accountId, row.orderId, row.id, JSON.stringify(row));
        for (const [name, amount] of Object.entries(balances)) balance.run(accountId, name, amount);
        for (const [symbol, time] of Object.entries(matchedBars)) bar.run(accountId, symbol, time);
      });
    },
    load: () => load(database, accountId),
  };
}

function load(database: DatabaseSync, accountId: number): ReturnType<SimulatedStore['load']> {
  const rows = (table: string): readonly unknown[] =>
    database.prepare(`SELECT * FROM ${table} WHERE account_id = ? ORDER BY rowid`).all(accountId);
  return {
    orders: rows('simulated_orders').map((row) =>
      written<SimulatedOrder>(contentRow.parse(row).content, 'simulated_orders'),
    ),
    fills: rows('simulated_fills').map((row) =>
      written<Fill>(contentRow.parse(row).content, 'simulated_fills'),
    ),
    balances: Object.fromEntries(
      rows('simulated_balances').map((row) => {
        const { currency, amount } = balanceRow.parse(row);
        return [currency, amount];
      }),
    ),
    matchedBars: Object.fromEntries(
      rows('simulated_bars').map((row) => {
        const { symbol, time } = barRow.parse(row);
        return [symbol, time];
      }),
    ),
  };
}

const contentRow = z.object({ content: z.string() });
const balanceRow = z.object({ currency: z.string(), amount: z.number() });
const barRow = z.object({ symbol: z.string(), time: z.number() });
