/**
 * Carries a stop out at an exchange by what the exchange itself shows, past an engine that cannot be asked: withdraws
 * what is ours, then sells what we bought. What is sold is noted before it is sent, for the books to take up later.
 */

import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import type { StopBooks } from './stop-books.ts';
import { carriedOut, notYet, type PlaceOutcome } from './stop-place.ts';
import type { StopAtExchange } from './stop-work.ts';
import { sellAtExchange } from './stop-sales.ts';

export async function stopAtExchange(work: StopAtExchange): Promise<PlaceOutcome> {
  const withdrawn = await withdrawAtExchange(work);
  if (!work.flatten || withdrawn.state === 'not-yet') return withdrawn;
  return sellAtExchange(work, withdrawn);
}

/** Withdraws what is ours: every entry, and with selling the stops and targets too. */
export async function withdrawAtExchange(work: StopAtExchange): Promise<PlaceOutcome> {
  const { exchange, books, flatten } = work;
  const known = books.openOrders.filter(({ order }) => flatten || order.purpose === 'entry');
  const before = await ourOpenOrders(work);
  if (!before.ok) return notYet(before.error.sentence);
  const going = new Map([
    ...before.value.filter((order) => mustGo(order, work)).map(namedOf),
    ...known.map(({ order }) => [order.id, order.symbol] as const),
  ]);
  await Promise.all([...going].map(([orderId, symbol]) => exchange.cancel(orderId, symbol)));
  const rested = new Set(before.value.map(({ orderId }) => orderId));
  const after = going.size === 0 ? before : await ourOpenOrders(work);
  if (!after.ok) return notYet(after.error.sentence);
  const left = after.value.filter((order) => mustGo(order, work)).map(({ orderId }) => orderId);
  const proven = await Promise.all(known.map((record) => hasEnded(work, record)));
  const unproven = known.filter((_, index) => proven[index] === false).map(({ order }) => order.id);
  const notCancelled = [...new Set([...left, ...unproven])];
  const outcome = {
    // What had ended before was not withdrawn: it may have filled, or been taken away by the person.
    cancelled: [...going.keys()].filter((id) => rested.has(id) && !notCancelled.includes(id)),
    notCancelled,
    kept: after.value.map(({ orderId }) => orderId).filter((id) => !left.includes(id)),
  };
  return notCancelled.length === 0
    ? { ...carriedOut(`${exchange.name} shows nothing of ours that could buy.`), ...outcome }
    : {
        ...notYet(`${exchange.name} has not confirmed that all orders are withdrawn.`),
        ...outcome,
      };
}

type OurOrder = ExchangeOrder & { readonly orderId: string };

async function ourOpenOrders({ exchange, books, prefixes, symbols }: StopAtExchange) {
  const booked = [
    ...books.openOrders.map(({ order }) => order.symbol),
    ...books.positions.map(({ instrument }) => instrument.symbol),
  ];
  const open = await exchange.openOrders([...new Set([...booked, ...symbols])]);
  if (!open.ok) return open;
  const isOurs = (order: ExchangeOrder): order is OurOrder =>
    prefixes.some((prefix) => order.orderId?.startsWith(prefix) === true);
  return { ok: true, value: open.value.filter(isOurs) } as const;
}

function namedOf({ orderId, symbol }: OurOrder): readonly [string, string] {
  return [orderId, symbol];
}

/** Without selling, what sells stays: it may guard a position, whether the books know of it or not. */
function mustGo({ orderId, side }: OurOrder, { books, flatten }: StopAtExchange): boolean {
  if (flatten) return true;
  const known = books.openOrders.find(({ order }) => order.id === orderId);
  return (known?.order.side ?? side) !== 'sell';
}

/** One that is not found may still be on its way, and take effect. */
async function hasEnded(
  { exchange, now }: StopAtExchange,
  { order, createdAt }: StopBooks['openOrders'][number],
): Promise<boolean> {
  const found = await exchange.find(order.id, order.symbol);
  if (!found.ok) return false;
  if (found.value !== null) return found.value.state !== 'open';
  return now() - createdAt >= exchange.arrivalMs;
}
