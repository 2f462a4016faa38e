/** Compares what the app has booked with what the exchange has, row by row. */

import { DatabaseSync } from 'node:sqlite';

interface Row {
  readonly [column: string]: unknown;
}

/** What the books of a profile and those of its simulated exchange say that is not the same; empty when all is. */
export function differences(path: string): readonly string[] {
  using database = new DatabaseSync(path, { readOnly: true });
  const rows = (sql: string): readonly Row[] => database.prepare(sql).all();
  const found: string[] = [];
  const same = (what: string, ours: unknown, theirs: unknown): void => {
    if (JSON.stringify(ours) === JSON.stringify(theirs)) return;
    found.push(`${what}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`);
  };
  same(
    'orders',
    rows(
      `SELECT id, CASE state WHEN 'accepted' THEN 'open' ELSE state END AS state FROM paper_orders
       WHERE json_extract(record, '$.neverArrived') = 0 ORDER BY id`,
    ),
    rows('SELECT id, state FROM simulated_orders ORDER BY id'),
  );
  same(
    'fills',
    rows('SELECT order_id, fill_id, fill FROM paper_fills ORDER BY order_id, fill_id'),
    rows(
      'SELECT order_id, fill_id, content AS fill FROM simulated_fills ORDER BY order_id, fill_id',
    ),
  );
  same(
    'balances',
    ourBalances(rows),
    rows('SELECT currency, amount FROM simulated_balances WHERE amount != 0 ORDER BY currency'),
  );
  same(
    'trades of each day',
    rows('SELECT day, trades FROM paper_days WHERE trades > 0 ORDER BY day'),
    rows(
      `SELECT created_at / 86400000 AS day, count(*) AS trades FROM paper_orders
       WHERE json_extract(record, '$.order.purpose') = 'entry' GROUP BY day ORDER BY day`,
    ),
  );
  return found;
}

function ourBalances(rows: (sql: string) => readonly Row[]): readonly Row[] {
  return rows(
    `SELECT key AS currency, value AS amount FROM paper_checkpoints, json_each(state, '$.account.balances')
     WHERE value != 0 ORDER BY key`,
  );
}

/** Orders, fills and restarts so far. */
export function counts(path: string): {
  readonly orders: number;
  readonly fills: number;
  readonly lost: number;
} {
  using database = new DatabaseSync(path, { readOnly: true });
  const count = (sql: string): number => Number(database.prepare(sql).get()?.['n']);
  return {
    orders: count('SELECT count(*) AS n FROM paper_orders'),
    fills: count('SELECT count(*) AS n FROM paper_fills'),
    lost: count(
      `SELECT count(*) AS n FROM paper_orders WHERE json_extract(record, '$.neverArrived') = 1`,
    ),
  };
}
