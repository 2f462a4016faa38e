/** Trades at Binance and Binance US, page by page: by time to the first one, and by their numbers from there on. */

import type { Exchange, Trade } from 'ccxt';
import { allPages, type Page } from './account-trades.ts';

/** Most trades in one answer. */
const PAGE = 1_000;

/** Binance takes no longer span of time, and may not look further where only its beginning is said. */
const SPAN_MS = 86_400_000;

/** A span that nobody can take for longer than that, whatever two clocks differ by. */
const SHORT_MS = SPAN_MS / 2;

/** The number of the first trade to be shown. */
type FromId = bigint;

/** @param since ms UTC, inclusive @throws what ccxt throws */
export async function binanceTrades(
  exchange: Exchange,
  symbol: string,
  since: number,
): Promise<readonly Trade[]> {
  const first = await exchange.fetchMyTrades(symbol, since, PAGE);
  const isShort = exchange.milliseconds() - since < SHORT_MS;
  if (isShort && first.length < PAGE) return first;
  const from = after(first) ?? (await firstSince(exchange, symbol, since));
  return from === null ? [] : [...first, ...(await tradesFrom(exchange, symbol, from, {}))];
}

/** All of one order. @throws what ccxt throws */
export async function binanceTradesOf(
  exchange: Exchange,
  symbol: string,
  orderId: string,
): Promise<readonly Trade[]> {
  const latest = await exchange.fetchMyTrades(symbol, undefined, PAGE, { orderId });
  // Without a number to begin with these are the latest: where there may be more, all are read from the first one on.
  return latest.length < PAGE ? latest : tradesFrom(exchange, symbol, 0n, { orderId });
}

function tradesFrom(
  exchange: Exchange,
  symbol: string,
  from: FromId,
  asked: Readonly<Record<string, string>>,
): Promise<readonly Trade[]> {
  return allPages(from, async (fromId): Promise<Page<FromId>> => {
    const page = { ...asked, fromId: String(fromId) };
    const trades = await exchange.fetchMyTrades(symbol, undefined, PAGE, page);
    return { trades, next: trades.length < PAGE ? null : after(trades) };
  });
}

/** Where nothing was found a day from `since`: the latest page, or else span after span. `null` where there is none. */
async function firstSince(
  exchange: Exchange,
  symbol: string,
  since: number,
): Promise<FromId | null> {
  const latest = await exchange.fetchMyTrades(symbol, undefined, PAGE);
  const isAll = latest.length < PAGE || latest.some(({ timestamp }) => (timestamp ?? 0) < since);
  if (isAll) return lowest(latest.filter(({ timestamp }) => (timestamp ?? 0) >= since));
  const now = exchange.milliseconds();
  const trades = await allPages(since, async (from): Promise<Page<number>> => {
    const endTime = from + SPAN_MS - 1;
    const page = await exchange.fetchMyTrades(symbol, from, PAGE, { endTime });
    return { trades: page, next: page.length > 0 || endTime > now ? null : from + SPAN_MS };
  });
  return lowest(trades);
}

function after(trades: readonly Trade[]): FromId | null {
  const ids = trades.map(({ id }) => BigInt(id ?? 0));
  return ids.length === 0 ? null : ids.reduce((most, id) => (id > most ? id : most)) + 1n;
}

function lowest(trades: readonly Trade[]): FromId | null {
  const ids = trades.map(({ id }) => BigInt(id ?? 0));
  return ids.length === 0 ? null : ids.reduce((least, id) => (id < least ? id : least));
}
