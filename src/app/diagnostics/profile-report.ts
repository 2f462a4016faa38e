/** What a profile's database says of itself and of what was traded: counts, states and reasons, no balances. */

import { join } from 'node:path';
import type { DecisionLine } from '../../contract/trading.ts';
import { keptExposure } from '../exposure/kept-exposure.ts';
import { inspect } from '../storage/inspect.ts';
import { latestVersion, MIGRATIONS } from '../storage/migrations.ts';
import { readTrading, type BooksReader } from '../storage/read-trading.ts';
import type { AccountSummary } from '../storage/trading-store.ts';
import { decisionLines } from '../trading/decision-lines.ts';

/** Of each account, the newest of each kind. */
const MOST_LINES = 100;
const MOST_ORDERS = 1_000;

export async function profileReport(dataDir: string): Promise<Readonly<Record<string, unknown>>> {
  const path = join(dataDir, 'cryptopiggy.sqlite');
  return {
    database: await databaseReport(path),
    paper: await modeReport(path, 'paper'),
    live: await modeReport(path, 'live'),
    open: await openReport(dataDir),
  };
}

/** Whether something is open with real money: how many of each, and neither amounts nor prices. */
async function openReport(dataDir: string): Promise<unknown> {
  const { state, unknown, places } = await keptExposure(dataDir, 'not-running');
  return {
    state,
    unknown,
    places: places.map(({ venueId, isRehearsal, asOf, isGuarded, positions, orders, stop }) => ({
      venue: venueId,
      isRehearsal,
      asOf: iso(asOf),
      positions: positions.length,
      orders: orders.length,
      isGuarded,
      stop: stop?.state ?? null,
    })),
  };
}

/** Which version of the schema it has, and whether every page of it can be read. */
async function databaseReport(path: string): Promise<unknown> {
  try {
    return await inspect(path, latestVersion(MIGRATIONS));
  } catch (error) {
    return { problem: String(error) };
  }
}

async function modeReport(path: string, mode: 'paper' | 'live'): Promise<unknown> {
  try {
    const read = await readTrading(path, mode, (books) =>
      books.accounts().map((account) => accountReport(books, account)),
    );
    return read.ok ? read.value : { problem: read.error.sentence };
  } catch (error) {
    return { problem: String(error) };
  }
}

function accountReport(books: BooksReader, account: AccountSummary): unknown {
  const { id, startedAt, endedAt, settings, trades, botNames } = account;
  const orders = books.orders(id, MOST_ORDERS);
  const lines = decisionLines(books, id, MOST_LINES);
  return {
    venue: settings.venue,
    startedAt: iso(startedAt),
    endedAt: endedAt === null ? null : iso(endedAt),
    bots: Object.keys(botNames).length,
    trades,
    newestOrders: counts(orders.map(({ state }) => state)),
    days: books.days(id).length,
    decisions: lines.map((line) => ({ time: iso(line.time), kind: line.kind, ...whyOf(line) })),
    reasons: counts(lines.flatMap(({ code }) => (code === null ? [] : [code]))),
    alerts: books.alerts(id, MOST_LINES).map(({ time, code }) => ({ time: iso(time), code })),
  };
}

/** A refusal's sentence tells what was free to spend, and an alert's what the account was worth: their codes must do. */
function whyOf({ code, sentence }: DecisionLine): Readonly<Record<string, string>> {
  return code === null ? { sentence } : { code };
}

function counts(words: readonly string[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>();
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return Object.fromEntries(found);
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
