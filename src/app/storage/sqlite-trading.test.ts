import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditRecord } from '../../core/audit.ts';
import { manualBot, sent, Stage } from '../../core/testing/stage.ts';
import { connect, openSqliteStorage } from './sqlite-storage.ts';
import { createTradingStore } from './sqlite-trading.ts';
import type { Storage } from './storage.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import type { JournalEntry, TradingCommit, TradingStore } from './trading-store.ts';

const SETTINGS = { venue: 'Binance US', orderPrefix: 'p1' };

interface Profile {
  readonly path: string;
  readonly storage: Storage;
  readonly books: TradingStore;
}

async function open(path: string): Promise<Profile> {
  const { storage } = await openSqliteStorage({ path, now: 0 });
  onTestFinished(() => storage.close());
  return { path, storage, books: storage.paper };
}

async function newProfile(): Promise<Profile> {
  return open(join(await temporaryFolder(), 'profile.sqlite'));
}

/** A stage on which a position was bought at 100 and sold at 110, with all that was told to the books. */
function roundTrip(): Stage {
  const stage = new Stage();
  stage.quote(100);
  const [bought] = sent(stage.buy());
  const [stop] = sent(stage.filled(bought?.id ?? '', 0.5, 100));
  stage.now += 60_000;
  stage.filled(stop?.id ?? '', 0.5, 110);
  return stage;
}

function commit(stage: Stage, over: Partial<TradingCommit> = {}): TradingCommit {
  return { entries: [], audit: [], addedBots: [], state: stage.engine.state(), ...over };
}

function tick(time: number): { entry: JournalEntry; time: number; decisions: [] } {
  return { entry: { kind: 'tick', time }, time, decisions: [] };
}

function fillsOf(stage: Stage): readonly Extract<AuditRecord, { kind: 'fill' }>[] {
  return stage.audited.filter((record) => record.kind === 'fill');
}

/** Everything that is kept of an account. */
function everything(books: TradingStore, id: number) {
  return {
    current: books.current(),
    orders: books.orders(id, 100),
    fills: books.fills(id),
    trades: books.trades(id),
    days: books.days(id),
    alerts: books.alerts(id, 100),
    journal: [...books.journal(id)],
  };
}

describe('the books of trading', () => {
  it('come back after a restart as they were committed', async () => {
    const { path, storage, books } = await newProfile();
    const account = books.begin(SETTINGS, 7);
    expect(account).toEqual({ id: 1, startedAt: 7, settings: SETTINGS, bots: [], state: null });
    expect(books.current()).toEqual(account);
    const stage = roundTrip();
    books.commit(account.id, commit(stage, { entries: [tick(1)], audit: stage.audited }));
    const before = everything(books, account.id);
    expect(before.orders.map(({ state }) => state).toSorted()).toEqual(['filled', 'filled']);
    expect(before.fills.map(({ fill }) => [fill.side, fill.price])).toEqual([
      ['buy', 100],
      ['sell', 110],
    ]);
    expect(before.trades).toMatchObject([
      { botId: 'b', symbol: 'BTC/USDT', trade: { amount: 0.5 } },
    ]);
    expect(before.days).toHaveLength(1);
    expect(before.current?.state).toEqual(JSON.parse(JSON.stringify(stage.engine.state())));
    storage.close();
    expect(everything((await open(path)).books, account.id)).toEqual(before);
  });

  it('keep each order once, as it was last', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = new Stage();
    stage.quote(100);
    const [order] = sent(stage.buy({ limit: 90 }));
    books.commit(id, commit(stage, { audit: [...stage.audited] }));
    const orderId = order?.id ?? '';
    expect(books.order(orderId)?.state).toBe('submitting');
    stage.accepted(orderId);
    stage.cancelled(orderId);
    books.commit(id, commit(stage, { audit: stage.audited.slice(-2) }));
    expect(books.order(orderId)).toMatchObject({ state: 'cancelled', exchangeId: `x${orderId}` });
    expect(books.orders(id, 10)).toHaveLength(1);
    expect(books.order('unknown')).toBeNull();
  });

  it('list orders and alerts newest first and no more than asked, and fills oldest first', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = new Stage();
    stage.quote(100);
    const ids: string[] = [];
    for (const step of [0, 0, 1_000]) {
      stage.now += step;
      const [order] = sent(stage.buy({ limit: 90 - ids.length }));
      ids.push(order?.id ?? '');
      stage.cancelled(order?.id ?? '');
    }
    const alert = (sentence: string) =>
      ({ kind: 'alert', code: 'BOT_FAILED', botId: 'b', sentence }) as const;
    const entries = [
      { ...tick(1), decisions: [alert('One.'), alert('Two.')] },
      { ...tick(2), decisions: [alert('Three.')] },
    ];
    const [bought] = fillsOf(roundTrip());
    if (bought === undefined) throw new Error('no fill');
    const fillAt = (time: number, fillId: string): AuditRecord => ({
      ...bought,
      fill: { ...bought.fill, time, id: fillId },
    });
    const fills = [fillAt(5, 'late'), fillAt(1, 'early'), fillAt(5, 'later')];
    books.commit(id, commit(stage, { audit: [...stage.audited, ...fills], entries }));
    expect(books.orders(id, 2).map(({ order }) => order.id)).toEqual([ids[2], ids[1]]);
    expect(books.alerts(id, 2).map(({ sentence }) => sentence)).toEqual(['Three.', 'Two.']);
    expect(books.fills(id).map(({ fill }) => fill.id)).toEqual(['early', 'late', 'later']);
  });

  it('keep bots in the order they came, until they are removed; the same id may come again', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = new Stage();
    const { instrument } = stage.bot().setup;
    const bot = (name: string) => ({ config: manualBot(name), instrument });
    const removed = (botId: string): AuditRecord => {
      return { kind: 'bot', botId, status: 'removed', error: null };
    };
    books.commit(id, commit(stage, { addedBots: [bot('z'), bot('a')] }));
    expect(books.current()?.bots).toEqual([bot('z'), bot('a')]);
    expect(() => books.commit(id, commit(stage, { addedBots: [bot('a')] }))).toThrow(/UNIQUE/);
    books.commit(id, commit(stage, { audit: [removed('z')] }));
    expect(books.current()?.bots).toEqual([bot('a')]);
    books.commit(id, commit(stage, { addedBots: [bot('z')] }));
    expect(books.current()?.bots).toEqual([bot('a'), bot('z')]);
  });

  it('know every account that ever was, and its bots by name after they were removed', async () => {
    const { books } = await newProfile();
    expect(books.accounts()).toEqual([]);
    const stage = roundTrip();
    const { instrument } = stage.bot().setup;
    const bot = (id: string, name: string) => ({ config: { ...manualBot(id), name }, instrument });
    const first = books.begin(SETTINGS, 1);
    const addedBots = [bot('b', 'Berta'), bot('c', 'Carl')];
    books.commit(first.id, commit(stage, { audit: stage.audited, addedBots }));
    const removed = { kind: 'bot', botId: 'b', status: 'removed', error: null } as const;
    books.commit(first.id, commit(stage, { audit: [removed] }));
    books.commit(first.id, commit(stage, { addedBots: [bot('b', 'Bea')] }));
    books.commit(first.id, commit(stage, { audit: [removed] }));
    books.end(first.id, 5);
    const second = books.begin(SETTINGS, 6);
    expect(books.accounts()).toEqual([
      { id: second.id, startedAt: 6, endedAt: null, settings: SETTINGS, trades: 0, botNames: {} },
      {
        id: first.id,
        startedAt: 1,
        endedAt: 5,
        settings: SETTINGS,
        trades: 1,
        botNames: { b: 'Bea', c: 'Carl' },
      },
    ]);
  });
});

describe('a commit', () => {
  it('is kept whole or not at all: a fill that is there already takes the rest back', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    books.commit(id, commit(stage, { audit: fillsOf(stage), entries: [tick(1)] }));
    const before = everything(books, id);
    stage.quote(111);
    const again = commit(stage, { audit: stage.audited, entries: [tick(2)] });
    expect(() => books.commit(id, again)).toThrow(/UNIQUE constraint failed: paper_fills/);
    expect(everything(books, id)).toEqual(before);
    books.commit(id, commit(stage, { entries: [tick(3)] }));
    expect([...books.journal(id)].at(-1)?.entry).toEqual({ kind: 'tick', time: 3 });
  });

  it('to an account that is not there is refused', async () => {
    const { books } = await newProfile();
    const entries = [tick(1)];
    expect(() => books.commit(99, commit(new Stage(), { entries }))).toThrow(/FOREIGN KEY/);
  });

  it('without events leaves the checkpoint at the last one', async () => {
    const { path, books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    books.commit(id, commit(new Stage(), { entries: [tick(1), tick(2)] }));
    books.commit(id, commit(new Stage()));
    using database = new DatabaseSync(path);
    expect(database.prepare('SELECT seq FROM paper_checkpoints').all()).toEqual([{ seq: 2 }]);
  });

  it('does not take over the order of an earlier account', async () => {
    const { books } = await newProfile();
    const first = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    books.commit(first.id, commit(stage, { audit: stage.audited }));
    const orders = books.orders(first.id, 10);
    books.end(first.id, 1);
    const second = books.begin(SETTINGS, 2);
    const audit = stage.audited.filter(({ kind }) => kind === 'order');
    expect(() => books.commit(second.id, commit(stage, { audit }))).toThrow(
      'The order id o1 was used by an earlier account.',
    );
    expect(books.orders(first.id, 10)).toEqual(orders);
    expect(books.current()?.state).toBeNull();
  });
});

describe('an account', () => {
  it('is the only one at a time; a new one may begin when it has ended, and its history stays', async () => {
    const { books } = await newProfile();
    const first = books.begin(SETTINGS, 0);
    expect(() => books.begin(SETTINGS, 1)).toThrow(/UNIQUE/);
    books.commit(first.id, commit(new Stage(), { entries: [tick(1)] }));
    books.end(first.id, 5);
    expect(books.current()).toBeNull();
    const second = books.begin({ ...SETTINGS, venue: 'Kraken' }, 6);
    expect(second.id).not.toBe(first.id);
    expect(books.current()).toEqual(second);
    expect([...books.journal(first.id)]).toHaveLength(1);
    expect([...books.journal(second.id)]).toEqual([]);
  });
});

describe('paper and live', () => {
  it('share no table: what one keeps the other does not see', async () => {
    const { path, books } = await newProfile();
    const tables = (): ReadonlyMap<string, number> => {
      using database = new DatabaseSync(path);
      const names = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
      return new Map(
        names.map(({ name }) => [
          String(name),
          Number(database.prepare(`SELECT count(*) AS n FROM ${String(name)}`).get()?.['n']),
        ]),
      );
    };
    const { id } = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    books.commit(id, commit(stage, { entries: [tick(1)], audit: stage.audited }));
    const filled = [...tables()].filter(([, count]) => count > 0).map(([name]) => name);
    expect(filled.length).toBeGreaterThan(6);
    expect(filled.filter((name) => !name.startsWith('paper_'))).toEqual([]);
    const suffixes = (mode: string): readonly string[] =>
      [...tables().keys()]
        .filter((name) => name.startsWith(mode))
        .map((name) => name.slice(mode.length));
    expect(suffixes('live_')).toEqual(suffixes('paper_'));
  });

  it('may each have an account, and orders of the same id', async () => {
    const { path, books } = await newProfile();
    using database = connect(path);
    const live = createTradingStore(database, 'live');
    const stage = roundTrip();
    for (const store of [books, live]) {
      const { id } = store.begin(SETTINGS, 0);
      store.commit(id, commit(stage, { entries: [tick(1)], audit: stage.audited }));
      store.end(id, 1);
    }
    const again = live.begin(SETTINGS, 2);
    expect(live.current()).toEqual(again);
    expect(books.current()).toBeNull();
    expect(live.fills(1)).toEqual(books.fills(1));
  });
});

describe('the journal', () => {
  it('may be read while it is written: it ends where it ended when the reading began', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    books.commit(id, commit(stage, { entries: [tick(1), tick(2), tick(3)], audit: stage.audited }));
    const read: number[] = [];
    for (const { seq } of books.journal(id)) {
      read.push(seq);
      books.commit(id, commit(stage, { entries: [tick(10 + seq)] }));
    }
    expect(read).toEqual([1, 2, 3]);
    expect([...books.journal(id)]).toHaveLength(6);
  });

  it('survives a commit that fails while it is read', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    const audit = fillsOf(stage);
    books.commit(id, commit(stage, { entries: [tick(1), tick(2), tick(3)], audit }));
    const read: number[] = [];
    for (const { seq } of books.journal(id)) {
      read.push(seq);
      expect(() => books.commit(id, commit(stage, { audit }))).toThrow(/UNIQUE/);
    }
    expect(read).toEqual([1, 2, 3]);
  });

  it('may be left half-read', async () => {
    const { books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    books.commit(id, commit(new Stage(), { entries: [tick(1), tick(2)] }));
    for (const { seq } of books.journal(id)) if (seq === 1) break;
    books.end(id, 5);
    expect(books.current()).toBeNull();
  });
});

describe('a row that was changed by hand', () => {
  it.each([
    ['paper_accounts', 'setup', (books: TradingStore) => books.current()],
    ['paper_checkpoints', 'state', (books: TradingStore) => books.current()],
    ['paper_orders', 'record', (books: TradingStore) => books.orders(1, 10)],
    ['paper_orders', 'record', (books: TradingStore) => books.order('o1')],
    ['paper_fills', 'fill', (books: TradingStore) => books.fills(1)],
    ['paper_trades', 'trade', (books: TradingStore) => books.trades(1)],
    ['paper_journal', 'entry', (books: TradingStore) => [...books.journal(1)]],
  ])('is named when it cannot be read: %s', async (table, column, read) => {
    const { path, books } = await newProfile();
    const { id } = books.begin(SETTINGS, 0);
    const stage = roundTrip();
    books.commit(id, commit(stage, { entries: [tick(1)], audit: stage.audited }));
    using database = new DatabaseSync(path);
    database.exec(`UPDATE ${table} SET ${column} = '{"half": '`);
    expect(() => read(books)).toThrow(
      `The profile has a row in ${table} that cannot be read. Restore a backup of the profile.`,
    );
  });

  it.each(['simulated_orders', 'simulated_fills'])(
    'of the simulated exchange is named too: %s',
    async (table) => {
      const { path, books } = await newProfile();
      const { id } = books.begin(SETTINGS, 0);
      using database = new DatabaseSync(path);
      const key = table === 'simulated_orders' ? 'id, state' : 'order_id, fill_id';
      database.exec(`INSERT INTO ${table} (account_id, ${key}, content) VALUES (1, 'a', 'b', '?')`);
      expect(() => books.simulated(id).load()).toThrow(`a row in ${table} that cannot be read`);
    },
  );
});
