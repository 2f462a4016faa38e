/** An exchange made of core/matching: any feed's prices in, fills out. What paper trading and replays trade on. */

import type { CandleColumns } from '../../core/domain/candles.ts';
import type { Costs } from '../../core/domain/costs.ts';
import type { Fill } from '../../core/domain/fill.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import { fail, ok } from '../../core/domain/result.ts';
import type { Execution } from '../../core/matching/fill-model.ts';
import {
  arrivingExecution,
  comesToRest,
  restingExecution,
} from '../../core/matching/quote-market.ts';
import { SimulatedMarket, type Seen } from '../../core/matching/simulated-market.ts';
import type { OrderEvent } from '../../core/orders/order-record.ts';
import type {
  CancelAnswer,
  ExchangeOrder,
  ExchangePort,
  SubmitAnswer,
} from '../../core/ports/exchange.ts';
import type { Quote } from '../../core/ports/market-feed.ts';
import type { ApprovedOrder } from '../../core/risk/approved-order.ts';
import { SimulatedBooks } from './simulated-books.ts';
import type { SimulatedOrder, SimulatedStore } from './simulated-store.ts';

interface Recording {
  readonly candles: CandleColumns;
  readonly market: SimulatedMarket;
}

/** A quote that is older is not there to be traded on, ms. */
const FRESH_MS = 60_000;

/** Relative: what two sums of the same money may differ by. */
const ROUNDING = 1e-9;

export interface SimulatedExchangeOptions {
  readonly costs: Costs;
  readonly store: SimulatedStore;
  /** ms UTC. */
  readonly now: () => number;
}

export class SimulatedExchange implements ExchangePort {
  readonly name = 'Paper';
  readonly restingExits = 'pair';
  readonly arrivalMs = 0;
  /** It has no limit of its own; a fault that sends in a loop ends here all the same. */
  readonly orderAllowance = { orders: 500, windowMs: 10_000 };
  readonly #options: SimulatedExchangeOptions;
  readonly #books: SimulatedBooks;
  readonly #instruments = new Map<string, Instrument>();
  /** Recorded markets, by symbol. */
  readonly #recordings = new Map<string, Recording>();
  /** The last quote of each symbol that trades on quotes. */
  readonly #quotes = new Map<string, Quote>();
  /**
   * Limits and targets that have met a price and not traded. `resting`: the market stood away from them. `waiting`: it had
   * reached them, but not all of what they ask for was there. Either way they get no better price than their own.
   */
  readonly #met = new WeakMap<ApprovedOrder, 'resting' | 'waiting'>();
  readonly #listeners = new Set<(event: OrderEvent) => void>();

  constructor(options: SimulatedExchangeOptions) {
    this.#options = options;
    this.#books = new SimulatedBooks(options.store);
    // What they have seen before is not kept, and where the market has gone meanwhile is no gain of theirs.
    for (const { order } of this.#books.allOpen) this.#met.set(order, 'resting');
  }

  /** Opens a market that trades on quotes. */
  list(instrument: Instrument): void {
    this.#instruments.set(instrument.symbol, instrument);
  }

  /**
   * Opens a market that trades on recorded bars: an order fills no sooner than at the next bar's open.
   * @param playedUntil start of the last bar that is known to be over, ms UTC
   */
  listRecording(instrument: Instrument, candles: CandleColumns, playedUntil = -Infinity): void {
    const { symbol, quote } = instrument;
    this.list(instrument);
    const market = new SimulatedMarket(candles, this.#options.costs, quote);
    const over = Math.max(playedUntil, this.#books.matchedUntil(symbol));
    for (const placed of this.#books.open(symbol)) {
      market.submit(placed.order, this.#seenBy(placed, over));
    }
    const entry = this.#books.lastEntry(symbol);
    if (entry?.order.purpose === 'entry') market.resume(entry.order, entry.fill);
    this.#recordings.set(symbol, { candles, market });
  }

  /** What an order that is open again has seen of a recording of which `over` is the last bar played to its end. */
  #seenBy({ order, placedAt }: SimulatedOrder, over: number): Seen {
    if (placedAt <= over) return 'bar';
    // An exit that was asked for in the bar in which its entry filled came after that bar's open.
    const entry = this.#books.lastEntry(order.symbol);
    const isInBar = entry !== null && order.purpose === 'exit' && entry.fill.time > over;
    return isInBar ? 'open' : 'nothing';
  }

  /** Puts money in or takes it out. */
  transfer(currency: string, amount: number): void {
    this.#books.transfer(currency, amount);
  }

  async submit(order: ApprovedOrder): Promise<SubmitAnswer> {
    const refusal = this.#refusal(order);
    if (refusal !== null) return { kind: 'rejected', refusal: 'our-fault', sentence: refusal };
    const placed = this.#books.place([order], this.#options.now());
    this.#match(placed);
    return { kind: 'accepted', exchangeId: placed[0]?.exchangeId ?? null, shown: null };
  }

  async submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<SubmitAnswer> {
    const refusal = this.#refusal(stop) ?? this.#refusal(target);
    if (refusal !== null) return { kind: 'rejected', refusal: 'our-fault', sentence: refusal };
    this.#match(this.#books.place([stop, target], this.#options.now()));
    return { kind: 'accepted', exchangeId: null, shown: null };
  }

  async cancel(orderId: string, symbol: string): Promise<CancelAnswer> {
    const [cancelled, sibling] = this.#books.end(orderId, 'cancelled');
    if (cancelled === undefined) return { kind: 'gone' };
    this.#recordings.get(symbol)?.market.cancel(orderId);
    if (sibling !== undefined) this.#tellCancelled(sibling, symbol, this.#options.now());
    return { kind: 'cancelled', filledAmount: 0 };
  }

  async find(orderId: string) {
    const found = this.#books.find(orderId);
    return ok(found === null ? null : this.#shown(found));
  }

  async openOrders(symbols: readonly string[]) {
    return ok(
      symbols.flatMap((symbol) => this.#books.open(symbol).map((found) => this.#shown(found))),
    );
  }

  async topOfBook(symbol: string): ReturnType<ExchangePort['topOfBook']> {
    const quote = this.#freshQuote(symbol);
    return quote === null
      ? fail('EXCHANGE_UNAVAILABLE', `There is no price of ${symbol} at the moment.`)
      : ok(quote);
  }

  async balances() {
    const { takerFee, makerFee } = this.#options.costs;
    return ok(this.#books.balances(Math.max(takerFee, makerFee)));
  }

  async trades(symbols: readonly string[], since: number) {
    return ok(symbols.flatMap((symbol) => this.#books.tradesIn(symbol, since)));
  }

  listen(listener: (event: OrderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Fills what waited for the open of recorded bar `index`. */
  openBar(symbol: string, index: number): void {
    const { candles, market } = this.#recording(symbol);
    if (this.#books.hasMatched(symbol, candles.time[index] ?? NaN)) return;
    for (const fill of market.atOpen(index)) this.#fill(fill, symbol);
  }

  /**
   * Fills the first resting order that recorded bar `index` reaches.
   * @returns whether there was one; to be called again until there is none
   */
  fillInside(symbol: string, index: number): boolean {
    const { candles, market } = this.#recording(symbol);
    if (this.#books.hasMatched(symbol, candles.time[index] ?? NaN)) return false;
    const [fill] = market.inside(index);
    if (fill === undefined) return false;
    this.#fill(fill, symbol);
    return true;
  }

  /** Recorded bar `index` is over: it fills nothing more, not even after a crash. */
  endBar(symbol: string, index: number): void {
    this.#books.endBar(symbol, this.#recording(symbol).candles.time[index] ?? NaN);
  }

  /** New prices: fills what they reach. */
  quote(quote: Quote): void {
    this.#quotes.set(quote.symbol, quote);
    for (const { order } of this.#books.open(quote.symbol)) {
      // The one before it may have ended this one.
      if (this.#books.find(order.id)?.state !== 'open') continue;
      const execution = this.#executionOf(order, quote);
      if (execution !== null) this.#execute(order, execution);
    }
  }

  #recording(symbol: string): Recording {
    const recording = this.#recordings.get(symbol);
    if (recording === undefined) throw new Error(`There is no recording of ${symbol}.`);
    return recording;
  }

  /** Hands new orders to their market; one that trades on quotes may fill at once. */
  #match(placed: readonly SimulatedOrder[]): void {
    for (const { order } of placed) {
      const recording = this.#recordings.get(order.symbol);
      if (recording !== undefined) {
        recording.market.submit(order);
        continue;
      }
      const quote = this.#freshQuote(order.symbol);
      if (quote === null || this.#books.find(order.id)?.state !== 'open') continue;
      const execution = this.#executionOf(order, quote);
      if (execution !== null) this.#execute(order, execution);
    }
  }

  #executionOf(order: ApprovedOrder, quote: Quote): Execution | null {
    const { costs } = this.#options;
    const met = this.#met.get(order);
    const hasOwnPrice = order.type === 'limit' || order.type === 'take-profit';
    if (!hasOwnPrice || met === 'resting') return restingExecution(order, quote, costs);
    this.#met.set(order, comesToRest(order, quote) ? 'resting' : 'waiting');
    const execution = arrivingExecution(order, quote, costs);
    const isLate = met === 'waiting' && execution !== null && order.price !== null;
    return isLate ? { ...execution, price: order.price } : execution;
  }

  /** A price from before the feed was lost fills nothing: the order waits for the next one. */
  #freshQuote(symbol: string): Quote | null {
    const quote = this.#quotes.get(symbol);
    if (quote === undefined || this.#options.now() - quote.time > FRESH_MS) return null;
    return quote;
  }

  #execute(order: ApprovedOrder, { price, liquidity }: Execution): void {
    const instrument = this.#instrument(order.symbol);
    if (isBeyond(order, price)) return this.#end(order, whyBeyond(order, price, instrument));
    const { takerFee, makerFee } = this.#options.costs;
    const amount = amountAt(order, instrument, price);
    if (amount === 0) return this.#end(order, whyNothing(instrument, price));
    const traded = amount * price;
    const cost = order.size.unit === 'quote' ? Math.min(traded, order.size.cost) : traded;
    const rate = liquidity === 'taker' ? takerFee : makerFee;
    const fill: Fill = {
      id: order.id,
      orderId: order.id,
      side: order.side,
      time: this.#options.now(),
      amount,
      price,
      cost,
      fee: { currency: instrument.quote, amount: cost * rate },
      liquidity,
      reason: order.purpose === 'exit' ? order.reason : null,
      complete: true,
    };
    this.#fill(fill, order.symbol);
  }

  /** Nothing trades, and the order ends. */
  #end(order: ApprovedOrder, sentence: string): void {
    this.#books.end(order.id, 'expired');
    const time = this.#options.now();
    this.#tell({ kind: 'order-expired', orderId: order.id, time, filledAmount: 0, sentence });
  }

  /** Books a fill, ends the other order of a pair, and tells of both. */
  #fill(fill: Fill, symbol: string): void {
    const sibling = this.#books.fill(fill, this.#instrument(symbol));
    this.#tell({ kind: 'order-filled', orderId: fill.orderId, fill });
    if (sibling !== null) this.#tellCancelled(sibling, symbol, fill.time);
  }

  /** An order that ended with the other of its pair. */
  #tellCancelled(orderId: string, symbol: string, time: number): void {
    this.#recordings.get(symbol)?.market.cancel(orderId);
    this.#tell({ kind: 'order-cancelled', orderId, time, filledAmount: 0 });
  }

  #tell(event: OrderEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #instrument(symbol: string): Instrument {
    const instrument = this.#instruments.get(symbol);
    if (instrument === undefined) throw new Error(`${symbol} is not traded here.`);
    return instrument;
  }

  #shown({ order, exchangeId, state }: SimulatedOrder): ExchangeOrder {
    const { id, symbol, side } = order;
    return { orderId: id, exchangeId, symbol, side, state, fills: this.#books.fillsOf(id) };
  }

  /** Notional of an order, in quote; `null` where there is no price to tell it by. */
  #worth({ size, price, symbol }: ApprovedOrder): number | null {
    if (size.unit === 'quote') return size.cost;
    const at = price ?? this.#quotes.get(symbol)?.bid ?? null;
    return at === null ? null : size.amount * at;
  }

  /** Why the order cannot be taken, as an exchange would say it; `null` where it can. */
  #refusal(order: ApprovedOrder): string | null {
    const instrument = this.#instruments.get(order.symbol);
    if (instrument === undefined) return `${order.symbol} is not traded here.`;
    if (this.#books.find(order.id) !== null) return `The order id ${order.id} was used before.`;
    const { base, quote, minCost } = instrument;
    const { size } = order;
    const worth = this.#worth(order);
    if (worth !== null && worth < (minCost ?? 0)) {
      return `The order is worth ${worth.toFixed(2)} ${quote}, and the least is ${(minCost ?? 0).toFixed(2)}.`;
    }
    if (size.unit === 'base') {
      const free = this.#books.freeBase(base);
      if (size.amount <= free * (1 + ROUNDING)) return null;
      return `The order sells ${size.amount} ${base}, but ${free} is free.`;
    }
    const { takerFee, makerFee } = this.#options.costs;
    const feeRate = Math.max(takerFee, makerFee);
    const needed = size.cost * (1 + (order.type === 'market' ? takerFee : feeRate));
    const free = this.#books.freeQuote(quote, feeRate);
    if (needed <= free * (1 + ROUNDING)) return null;
    return `The order needs ${needed.toFixed(2)} ${quote}, but ${free.toFixed(2)} is free.`;
  }
}

/** An order at the market trades at its bound or better, or not at all. */
function isBeyond({ side, bound }: ApprovedOrder, price: number): boolean {
  if (bound === null) return false;
  return side === 'buy' ? price > bound : price < bound;
}

function whyBeyond({ side, bound }: ApprovedOrder, price: number, { quote }: Instrument): string {
  const plain = (value: number | null): number => Number((value ?? NaN).toPrecision(12));
  const limit = side === 'buy' ? 'the most that the order pays' : 'the least that the order takes';
  return `The market is at ${plain(price)} ${quote}, and ${plain(bound)} is ${limit}.`;
}

/** Too little money for one step of the coin. */
function whyNothing({ amountStep, base, quote }: Instrument, price: number): string {
  return `At ${price} ${quote} the order buys less than ${amountStep} ${base}, the least that is traded.`;
}

/** In base: a buy is rounded down to the step, so that it never costs more than was asked. */
function amountAt({ size }: ApprovedOrder, { amountStep }: Instrument, price: number): number {
  if (size.unit === 'base') return size.amount;
  const wanted = size.cost / price;
  return amountStep === null
    ? wanted
    : Math.floor((wanted / amountStep) * (1 + ROUNDING)) * amountStep;
}
