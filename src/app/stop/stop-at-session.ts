/**
 * Carries a stop out where an account is open: through its engine while that works, so that the books know of
 * everything; past it where it has faulted or cannot write. Either way the exchange has to prove it.
 */

import type { ExchangePort } from '../../core/ports/exchange.ts';
import type { Clock } from '../trading/clock.ts';
import { emergencyStop, haltSession, type SessionStop } from '../trading/emergency-stop.ts';
import type { TradingSession } from '../trading/session.ts';
import { stopAtExchange, withdrawAtExchange } from './stop-at-exchange.ts';
import { booksOf } from './stop-books.ts';
import type { StopLatch } from './stop-latch.ts';
import type { StopOrder } from './stop-order.ts';
import type { PlaceOutcome } from './stop-place.ts';
import type { StopAtExchange } from './stop-work.ts';
import { saleOf } from './stop-sales.ts';

export interface StopAtSession {
  readonly key: string;
  readonly session: TradingSession;
  /** Whether an event can be written at once: an engine whose commit fails is lost for this run. */
  readonly isWritable: () => boolean;
  readonly exchange: ExchangePort;
  readonly clock: Clock;
  readonly latch: Pick<
    StopLatch,
    'order' | 'unfound' | 'tradedAtEnd' | 'noteSale' | 'saleRefused' | 'forgetSales'
  >;
  readonly prefixes: readonly string[];
  readonly symbols: readonly string[];
  readonly newSaleId: () => string;
}

/** How long an attempt waits for what the engine has asked for, ms. */
const PATIENCE_MS = 8_000;

export async function stopAtSession(
  work: StopAtSession,
  { flatten }: StopOrder,
): Promise<PlaceOutcome> {
  const { session, clock } = work;
  if (!works(work)) return stopAtExchange(direct(work, flatten));
  adoptSales(work);
  const done = await emergencyStop(session, clock, { flatten, patienceMs: PATIENCE_MS });
  if (!works(work)) return stopAtExchange(direct(work, flatten));
  // Of what the engine waits for it may be that nobody asks.
  if (done.notCancelled.length > 0) await session.reconcileOrders();
  const proof = await withdrawAtExchange(direct(work, flatten));
  const open = [...done.notCancelled, ...done.notSold];
  const isDone = open.length === 0 && proof.state === 'carried-out';
  return {
    state: isDone ? 'carried-out' : 'not-yet',
    sentence: sentenceOf(work, done, proof, flatten),
    cancelled: [...new Set([...done.cancelled, ...proof.cancelled])],
    notCancelled: [...new Set([...done.notCancelled, ...proof.notCancelled])],
    kept: [...new Set([...done.kept, ...proof.kept])],
    sold: done.sold,
    notSold: done.notSold,
  };
}

/** In force before anything of the account goes on: for one that has just been opened. */
export function obeyStop(work: StopAtSession): void {
  const { order } = work.latch;
  if (order === null || !works(work)) return;
  adoptSales(work);
  haltSession(work.session, work.clock, order.flatten);
}

function works({ session, isWritable }: StopAtSession): boolean {
  return session.fault === null && isWritable();
}

function direct(work: StopAtSession, flatten: boolean): StopAtExchange {
  const { key, session, exchange, clock, latch, prefixes, symbols, newSaleId } = work;
  return {
    exchange,
    books: booksOf(session),
    flatten,
    prefixes,
    symbols,
    sales: latch.order?.sales.filter(({ place }) => place === key) ?? [],
    unfound: latch.unfound,
    tradedAtEnd: latch.tradedAtEnd,
    newSaleId,
    noteSale: (sale) => latch.noteSale({ ...sale, place: key }),
    saleRefused: (orderId) => latch.saleRefused(orderId),
    now: () => clock.now(),
  };
}

/** What was sold past the engine becomes the books' own; what it traded is then asked for by its id, and counted once. */
function adoptSales({ key, session, clock, latch }: StopAtSession): void {
  const sales = latch.order?.sales.filter(({ place }) => place === key) ?? [];
  for (const sale of sales) {
    const { orderId, botId } = sale;
    const { bots, orders } = session.engine;
    const isKnown = orders.get(orderId) !== null || bots.find(botId) === null;
    if (isKnown || sale.isRefused) continue;
    const order = saleOf(sale);
    session.dispatch({ kind: 'exit-adopted', time: clock.now(), botId, order });
  }
  if (session.fault !== null) return;
  latch.forgetSales(sales.map(({ orderId }) => orderId));
}

function sentenceOf(
  work: StopAtSession,
  done: SessionStop,
  proof: PlaceOutcome,
  flatten: boolean,
): string {
  if (done.notCancelled.length > 0 || done.notSold.length > 0) return openSentence(work, done);
  const isProven = proof.state === 'carried-out' && flatten;
  return isProven ? `${work.exchange.name} shows nothing of ours.` : proof.sentence;
}

function openSentence(
  { exchange }: StopAtSession,
  {
    notCancelled,
    notSold,
  }: { readonly notCancelled: readonly string[]; readonly notSold: readonly string[] },
): string {
  const parts = [
    notCancelled.length > 0 ? `that ${counted(notCancelled.length)} withdrawn` : null,
    notSold.length > 0 ? `that ${notSold.join(', ')} is sold` : null,
  ];
  return `${exchange.name} has not confirmed yet ${parts.filter((part) => part !== null).join(', and ')}.`;
}

function counted(orders: number): string {
  return orders === 1 ? '1 order is' : `${orders} orders are`;
}
