/** Sells at an exchange, past the engine, what the books say we bought: never more than that, nor than is there. */

import { saleBound } from '../../core/bot/exit-policy.ts';
import { isTooLittle, wholeSteps } from '../../core/bot/too-little.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { ExitOrder } from '../../core/domain/order.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import { totalHeld } from '../../core/ports/exchange.ts';
import { plainAmount } from '../../core/reconciliation/sentences.ts';
import type { Decided, Known } from '../../core/reconciliation/evidence.ts';
import { passExit } from '../../core/risk/gate.ts';
import { HARD_LIMITS } from '../../core/risk/hard-limits.ts';
import { provenApproved } from '../../core/risk/proof.ts';
import { NO_PROTECTIONS } from '../../core/risk/protections.ts';
import { ownIn, type BookedPosition, type StopBooks } from './stop-books.ts';
import type { StopSale } from './stop-order.ts';
import { carriedOut, notYet, type PlaceOutcome } from './stop-place.ts';
import type { StopAtExchange } from './stop-work.ts';
import { tookNoEffect } from './took-no-effect.ts';

/** What is left of a position counts as nothing under this fraction of it. */
const NOTHING_FRACTION = 1e-6;

/** Relative: what two sums of the same coins may differ by. */
const SAME_BALANCE = 1e-9;

/**
 * @param withdrawn what was done before
 * @param holding symbols whose coins an order of ours may still hold: they are sold once it is gone
 */
export async function sellAtExchange(
  work: StopAtExchange,
  withdrawn: PlaceOutcome,
  holding: ReadonlySet<string>,
): Promise<PlaceOutcome> {
  const { exchange, books } = work;
  const held = await exchange.balances();
  if (!held.ok) return { ...withdrawn, ...notDone(held.error.sentence) };
  const left = new Map(
    Object.entries(held.value).map(([currency, amount]) => [currency, totalHeld(amount)]),
  );
  const sold: string[] = [];
  const notSold: string[] = [];
  const reasons: string[] = [];
  for (const position of books.positions) {
    const { base, symbol } = position.instrument;
    if (holding.has(symbol)) {
      if (position.amount > 0) notSold.push(symbol);
      continue;
    }
    const amount = await leftOf(work, position);
    if (amount !== null && amount <= position.amount * NOTHING_FRACTION) continue;
    const there = left.get(base) ?? 0;
    // A guard that rested until now held the coins for us: whatever is missing beside them was the person's.
    const isProven = guardsOf(books, position).some((id) => withdrawn.cancelled.includes(id));
    const ours = isProven ? there : there - ownIn(books, base) + there * SAME_BALANCE;
    const sale = await sellIfSure(work, position, { amount, ours });
    left.set(base, Math.max(0, there - (amount ?? 0)));
    if (sale.state === 'sold') sold.push(symbol);
    if (sale.state === 'not-sold') notSold.push(symbol);
    if (sale.sentence !== null) reasons.push(`${symbol}: ${sale.sentence}`);
  }
  const isDone = notSold.length === 0 && withdrawn.state === 'carried-out';
  const proof = isDone ? [`${exchange.name} shows nothing of ours.`] : [];
  const waiting = withdrawn.state === 'not-yet' ? [withdrawn.sentence] : [];
  const sentence = [...proof, ...waiting, ...reasons].join(' ');
  return { ...withdrawn, ...(isDone ? carriedOutWith : notDone)(sentence), sold, notSold };
}

function carriedOutWith(sentence: string): Pick<PlaceOutcome, 'state' | 'sentence'> {
  const { state } = carriedOut(sentence);
  return { state, sentence };
}

function notDone(sentence: string): Pick<PlaceOutcome, 'state' | 'sentence'> {
  const { state } = notYet(sentence);
  return { state, sentence };
}

interface Sale {
  /** `impossible`: there is nothing that could be sold, and trying again changes nothing. */
  readonly state: 'sold' | 'not-sold' | 'impossible';
  readonly sentence: string | null;
}

const IN_DOUBT: Sale = {
  state: 'not-sold',
  sentence:
    'the exchange contradicts the books of it, and nothing is sold that may be yours: say whether it is kept or written off.',
};

const UNCERTAIN: Sale = {
  state: 'not-sold',
  sentence: 'what became of an earlier sale is not known yet, and nothing is sold twice.',
};

/** @param left of the position, `null` where that cannot be told; and what of the coin can be ours; in base */
async function sellIfSure(
  work: StopAtExchange,
  position: BookedPosition,
  { amount, ours }: { readonly amount: number | null; readonly ours: number },
): Promise<Sale> {
  const { doubt } = position;
  if (doubt !== null && doubt.kind !== 'suspect') return IN_DOUBT;
  return amount === null ? UNCERTAIN : sell(work, position, amount, ours);
}

function guardsOf({ openOrders }: StopBooks, { botId }: BookedPosition): readonly string[] {
  return openOrders
    .filter((record) => record.botId === botId && record.order.purpose === 'exit')
    .map(({ order }) => order.id);
}

async function sell(
  work: StopAtExchange,
  { botId, instrument }: BookedPosition,
  amount: number,
  ours: number,
): Promise<Sale> {
  const { exchange, now } = work;
  const { symbol, base } = instrument;
  const sellable = wholeSteps(Math.min(amount, ours), instrument);
  if (sellable <= 0) {
    const sentence = `${exchange.name} holds no ${base} of it that could be sold.`;
    return { state: 'impossible', sentence };
  }
  const top = await exchange.topOfBook(symbol);
  if (!top.ok) return { state: 'not-sold', sentence: top.error.sentence };
  if (isTooLittle(sellable, top.value.bid, instrument)) {
    const worth = (sellable * top.value.bid).toFixed(2);
    const sentence = `${plainAmount(sellable)} ${base}, worth about ${worth} ${instrument.quote}, are too little for ${exchange.name} to sell. They stay in the account.`;
    return { state: 'impossible', sentence };
  }
  const attempts = work.sales.filter((sale) => sale.botId === botId).length;
  const orderId = work.newSaleId();
  const sale = {
    orderId,
    botId,
    symbol,
    amount: sellable,
    bound: saleBound(top.value.bid, attempts),
    isRefused: false,
    time: now(),
  };
  work.noteSale(sale);
  const answer = await exchange.submit(saleOrder(sale));
  if (answer.kind === 'rejected') {
    work.saleRefused(orderId);
    return { state: 'not-sold', sentence: answer.sentence };
  }
  const found = await exchange.find(orderId, symbol);
  const filled = found.ok ? amountOf(found.value?.fills ?? []) : 0;
  if (filled >= sellable * (1 - NOTHING_FRACTION)) return { state: 'sold', sentence: null };
  return { state: 'not-sold', sentence: `${exchange.name} has not confirmed that all is sold.` };
}

/** What is left to sell of a position, by what its orders have traded; `null` while that cannot be told. */
async function leftOf(
  work: StopAtExchange,
  { botId, amount, instrument }: BookedPosition,
): Promise<number | null> {
  const { books, sales } = work;
  let left = amount;
  for (const record of books.openOrders) {
    if (record.botId !== botId) continue;
    // Withdrawn with nothing but what is booked: nobody need find it any more.
    if (work.tradedAtEnd.get(record.order.id) === record.filledAmount) continue;
    const traded = await tradedBy(work, record);
    if (traded === null) return null;
    const news = traded.filter(({ id }) => !record.fillIds.includes(id));
    left += record.order.purpose === 'exit' ? -amountOf(news) : received(news, instrument.base);
  }
  const bookedIds = new Set(books.openOrders.map(({ order }) => order.id));
  for (const sale of sales) {
    if (sale.botId !== botId || sale.isRefused || bookedIds.has(sale.orderId)) continue;
    const traded = await tradedBy(work, { order: saleOf(sale), createdAt: sale.time });
    if (traded === null) return null;
    left -= amountOf(traded);
  }
  return left;
}

/** `null` while it is open, or may still arrive. */
async function tradedBy(work: StopAtExchange, decided: Decided): Promise<readonly Fill[] | null> {
  const { id, symbol } = decided.order;
  const found = await work.exchange.find(id, symbol);
  if (!found.ok || found.value?.state === 'open') return null;
  if (found.value === null) {
    return (await tookNoEffect(work, decided, await soldBefore(work, id))) ? [] : null;
  }
  work.unfound.forget(id);
  return found.value.fills;
}

/** Sales of earlier attempts that are found: the books do not know them, and their trades are theirs. */
async function soldBefore(
  { exchange, sales }: StopAtExchange,
  but: string,
): Promise<readonly Known[]> {
  const others = sales.filter(({ orderId, isRefused }) => orderId !== but && !isRefused);
  const found = await Promise.all(others.map((sale) => exchange.find(sale.orderId, sale.symbol)));
  return found.flatMap((answer, index) => {
    const sale = others[index];
    if (!answer.ok || answer.value === null || sale === undefined) return [];
    const { exchangeId, fills } = answer.value;
    return [{ order: saleOf(sale), exchangeId, fillIds: fills.map(({ id }) => id) }];
  });
}

function amountOf(fills: readonly Fill[]): number {
  return fills.reduce((sum, { amount }) => sum + amount, 0);
}

/** Less what was paid in the coin itself. */
function received(fills: readonly Fill[], base: string): number {
  const fees = fills.filter(({ fee }) => fee.currency === base);
  return amountOf(fills) - fees.reduce((sum, { fee }) => sum + fee.amount, 0);
}

/** As the engine would take it up. */
export function saleOf({
  orderId,
  symbol,
  amount,
  bound,
}: Pick<StopSale, 'orderId' | 'symbol' | 'amount' | 'bound'>): ExitOrder {
  return {
    purpose: 'exit',
    id: orderId,
    symbol,
    side: 'sell',
    type: 'market',
    size: { unit: 'base', amount },
    price: null,
    bound,
    reason: 'emergency-stop',
  };
}

function saleOrder(sale: Parameters<typeof saleOf>[0]): ApprovedOrder {
  const policy = {
    kind: 'hard-limits',
    whitelist: new Set([sale.symbol]),
    limits: HARD_LIMITS,
    protections: NO_PROTECTIONS,
  } as const;
  return provenApproved(passExit(saleOf(sale), policy));
}
