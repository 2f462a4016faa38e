/** The tables of trading as version 2 of the schema made them; paper and live share none. Never edited once released. */

/** `journal` is the truth; the rest is what it adds up to, written in the same transaction. */
function tradingTables(mode: 'paper' | 'live'): string {
  return `
    CREATE TABLE ${mode}_accounts (
      id INTEGER PRIMARY KEY NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      setup TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX ${mode}_accounts_current ON ${mode}_accounts ((ended_at IS NULL)) WHERE ended_at IS NULL;
    CREATE TABLE ${mode}_journal (
      seq INTEGER PRIMARY KEY NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      time INTEGER NOT NULL,
      entry TEXT NOT NULL,
      decisions TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ${mode}_checkpoints (
      account_id INTEGER PRIMARY KEY NOT NULL REFERENCES ${mode}_accounts (id),
      seq INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ${mode}_bots (
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      id TEXT NOT NULL,
      config TEXT NOT NULL,
      instrument TEXT NOT NULL,
      PRIMARY KEY (account_id, id)
    ) STRICT;
    CREATE TABLE ${mode}_orders (
      id TEXT PRIMARY KEY NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      bot_id TEXT NOT NULL,
      symbol TEXT NOT NULL,
      state TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ${mode}_orders_by_age ON ${mode}_orders (account_id, created_at);
    CREATE TABLE ${mode}_fills (
      order_id TEXT NOT NULL,
      fill_id TEXT NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      bot_id TEXT NOT NULL,
      symbol TEXT NOT NULL,
      time INTEGER NOT NULL,
      fee_in_quote REAL,
      fill TEXT NOT NULL,
      PRIMARY KEY (order_id, fill_id)
    ) STRICT;
    CREATE INDEX ${mode}_fills_by_age ON ${mode}_fills (account_id, time);
    CREATE TABLE ${mode}_trades (
      id INTEGER PRIMARY KEY NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      bot_id TEXT NOT NULL,
      symbol TEXT NOT NULL,
      exit_time INTEGER NOT NULL,
      trade TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ${mode}_trades_by_age ON ${mode}_trades (account_id, exit_time);
    CREATE TABLE ${mode}_days (
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      day INTEGER NOT NULL,
      opening_equity REAL NOT NULL,
      equity REAL NOT NULL,
      trades INTEGER NOT NULL,
      loss_limit_breached INTEGER NOT NULL CHECK (loss_limit_breached IN (0, 1)),
      PRIMARY KEY (account_id, day)
    ) STRICT;
    CREATE TABLE ${mode}_transfers (
      id INTEGER PRIMARY KEY NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      time INTEGER NOT NULL,
      currency TEXT NOT NULL,
      amount REAL NOT NULL
    ) STRICT;
    CREATE TABLE ${mode}_alerts (
      id INTEGER PRIMARY KEY NOT NULL,
      account_id INTEGER NOT NULL REFERENCES ${mode}_accounts (id),
      time INTEGER NOT NULL,
      code TEXT NOT NULL,
      bot_id TEXT,
      sentence TEXT NOT NULL,
      delivered_at INTEGER
    ) STRICT;
  `;
}

/** The simulated exchange's own memory: the other side of paper trading, not the app's books. */
const SIMULATED_EXCHANGE = `
  CREATE TABLE simulated_orders (
    account_id INTEGER NOT NULL REFERENCES paper_accounts (id),
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE TABLE simulated_fills (
    account_id INTEGER NOT NULL REFERENCES paper_accounts (id),
    order_id TEXT NOT NULL,
    fill_id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (account_id, order_id, fill_id)
  ) STRICT;
  CREATE TABLE simulated_balances (
    account_id INTEGER NOT NULL REFERENCES paper_accounts (id),
    currency TEXT NOT NULL,
    amount REAL NOT NULL,
    PRIMARY KEY (account_id, currency)
  ) STRICT;
  CREATE TABLE simulated_bars (
    account_id INTEGER NOT NULL REFERENCES paper_accounts (id),
    symbol TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (account_id, symbol)
  ) STRICT;
`;

export const TRADING_SCHEMA = `
  ${tradingTables('paper')}
  ${tradingTables('live')}
  ${SIMULATED_EXCHANGE}
  CREATE TABLE settings (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
  ) STRICT;
`;
