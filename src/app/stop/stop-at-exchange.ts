/**
 * Carries a stop out at an exchange by what the exchange itself shows, past an engine that cannot be asked: withdraws
 * what is ours, then sells what we bought. What is sold is noted before it is sent, for the books to take up later.
 */

import type { ExchangeOrder } from '../../core/ports/exchange.ts';
import type { StopBooks } from './stop-books.ts';
import { carriedOut, notYet, type PlaceOutcome } from './stop-place.ts';
import type { StopAtExchange } from './stop-work.ts';
import { tookNoEffect } from './took-no-effect.ts';
import { sellAtExchange } from './stop-sales.ts';

export async function stopAtExchange(work: StopAtExchange): Promise<PlaceOutcome> {
  const { outcome, holding } = await withdraw(work);
  return work.flatten && holding !== null ? sellAtExchange(work, outcome, holding) : outcome;
}

/** Withdraws what is ours: every entry, and with selling the stops and targets too. */
export async function withdrawAtExchange(work: StopAtExchange): Promise<PlaceOutcome> {
  return (await withdraw(work)).outcome;
}

interface Withdrawn {
  readonly outcome: PlaceOutcome;
  /** Symbols whose coins an order of ours may still hold; `null` where the exchange could not tell. */
  readonly holding: ReadonlySet<string> | null;
}

async function withdraw(work: StopAtExchange): Promise<Withdrawn> {
  const { exchange, books, flatten, tradedAtEnd } = work;
  const known = books.openOrders.filter(({ order }) => flatten || order.purpose === 'entry');
  const before = await ourOpenOrders(work);
  if (!before.ok) return { outcome: notYet(before.error.sentence), holding: null };
  const going = new Map([
    ...before.value.filter((order) => mustGo(order, work)).map(namedOf),
    ...known.map(({ order }) => [order.id, order.symbol] as const),
  ]);
  const endedNow = new Set<string>();
  await Promise.all(
    [...going].map(async ([orderId, symbol]) => {
      const answer = await exchange.cancel(orderId, symbol);
      if (answer.kind !== 'cancelled') return;
      endedNow.add(orderId);
      tradedAtEnd.set(orderId, answer.filledAmount);
    }),
  );
  const rested = new Set(before.value.map(({ orderId }) => orderId));
  const after = going.size === 0 ? before : await ourOpenOrders(work);
  if (!after.ok) return { outcome: notYet(after.error.sentence), holding: null };
  const left = after.value.filter((order) => mustGo(order, work)).map(({ orderId }) => orderId);
  const proven = await Promise.all(known.map((record) => hasEnded(work, record)));
  const unproven = known.filter((_, index) => proven[index] === false).map(({ order }) => order.id);
  const notCancelled = [...new Set([...left, ...unproven])];
  const lists = {
    // What had ended before was not withdrawn: it may have filled, or been taken away by the person.
    cancelled: [...going.keys()].filter(
      (id) => (rested.has(id) || endedNow.has(id)) && !notCancelled.includes(id),
    ),
    notCancelled,
    kept: after.value.map(({ orderId }) => orderId).filter((id) => !left.includes(id)),
  };
  const sells = [
    ...after.value.filter(({ orderId, side }) => left.includes(orderId) && side !== 'buy'),
    ...known
      .map(({ order }) => order)
      .filter(({ id, purpose }) => unproven.includes(id) && purpose === 'exit'),
  ];
  const outcome =
    notCancelled.length === 0
      ? carriedOut(`${exchange.name} shows nothing of ours that could buy.`)
      : notYet(`${exchange.name} has not confirmed that all orders are withdrawn.`);
  return {
    outcome: { ...outcome, ...lists },
    holding: new Set(sells.map(({ symbol }) => symbol)),
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
  work: StopAtExchange,
  record: StopBooks['openOrders'][number],
): Promise<boolean> {
  const { id, symbol } = record.order;
  if (work.tradedAtEnd.has(id)) return true;
  const found = await work.exchange.find(id, symbol);
  if (!found.ok) return false;
  if (found.value === null) return tookNoEffect(work, record);
  work.unfound.forget(id);
  return found.value.state !== 'open';
}
