/** Compares the books with the exchange's orders, balances and trades, and tells the engine what that shows. */

import type { Bot } from '../../core/bot/bot.ts';
import type { Engine } from '../../core/engine.ts';
import type { EngineEvent } from '../../core/events.ts';
import type { Result } from '../../core/domain/result.ts';
import { isOpen, type OrderRecord } from '../../core/orders/order-record.ts';
import {
  totalHeld,
  type AccountTrade,
  type ExchangePort,
  type HeldAmount,
  type HeldAmounts,
} from '../../core/ports/exchange.ts';
import {
  compareCoin,
  type HeldPosition,
  type PositionFinding,
} from '../../core/reconciliation/compare-coin.ts';
import {
  couldBe,
  couldTradeFrom,
  outsideTrades,
  type Clocks,
} from '../../core/reconciliation/evidence.ts';
import type { Finding } from '../../core/reconciliation/finding.ts';
import { BookedCoins, isNear } from './booked-coins.ts';
import type { Clock } from './clock.ts';

export interface ReconcilerOptions {
  readonly exchange: ExchangePort;
  readonly clock: Clock;
  readonly clocks: () => Clocks;
  readonly engine: Engine;
  /** Symbols that may be traded: others may have sold a position's coins in any of them. */
  readonly whitelist: readonly string[];
  readonly dispatch: (event: EngineEvent) => void;
  /** Asks for every open order. @returns those that nobody can tell of yet */
  readonly askOrders: () => Promise<readonly string[]>;
  /** A pair with the exchange's rules for it; fails with `EXCHANGE_REFUSED` for one that it does not trade any more. */
  readonly listed: (symbol: string) => Promise<Result<unknown>>;
  readonly withdraw: (orderId: string, symbol: string) => void;
  /** Whether an order has been asked for as long as it could take to arrive, and is not found. */
  readonly isOverdue: (orderId: string) => boolean;
  /** Changes of the books so far in this run: where it moves, what was read before is stale. */
  readonly bookings: () => number;
}

/** `partly`: what orders may move of which nobody can tell yet, or what is still moving, was left as it is. */
export type Comparison =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'partly'; readonly unresolved: readonly string[] }
  | { readonly kind: 'unreachable' };

/** What was read of the exchange at one time. */
interface Reading {
  /** ms UTC by the exchange's clock, before anything was asked. */
  readonly time: number;
  readonly held: HeldAmounts;
  /** Ids of our orders on the book, by symbol; a symbol that is not in it is not traded there. */
  readonly resting: ReadonlyMap<string, ReadonlySet<string>>;
  readonly gonePairs: ReadonlySet<string>;
}

/** Relative: what amounts of a coin without steps may differ by. */
const SLACK = 1e-6;

/** What is left of an amount when it is rounded to steps. */
const LESS_THAN_A_STEP = 0.99;

/** How far back trades are asked for beyond the last comparison, ms: two clocks may differ by that much. */
const TRADES_MARGIN_MS = 2_000;

/** A currency that others move all the time is compared at the next turn. */
const MOST_READINGS = 3;

/** What is hard to undo is believed when it is seen twice, this far apart, ms: an exchange answers nonsense for a moment. */
const SEEN_TWICE_MS = 1_000;

/** An entry that is not found for this long, and of which no trade tells, has bought nothing, whatever was deposited. */
const TRADES_ALONE_MS = 600_000;

export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #inBooks: BookedCoins;
  #underWay: Promise<Comparison> | null = null;
  /** Trades of others that earlier comparisons have taken into account, by symbol and id. */
  readonly #counted = new Set<string>();
  /** Entries of which a trade may be, although they are not found; each is told of once. */
  readonly #told = new Set<string>();
  /** What a comparison has found of a position, by bot, and when, ms UTC; until it is found again. */
  readonly #seen = new Map<string, { readonly kind: Finding['kind']; readonly time: number }>();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#inBooks = new BookedCoins(options.engine, options.whitelist);
  }

  /** One comparison at a time: whoever asks while one is under way is answered by it. */
  compare(): Promise<Comparison> {
    this.#underWay ??= this.#compare().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  /** Whether trades and balances agree that an order which is not found never took effect. @param askedMs for so long */
  async tookNoEffect(record: OrderRecord, askedMs: number): Promise<boolean> {
    const { exchange, clocks, engine } = this.#options;
    const { symbol } = record.order;
    const [trades, held] = await Promise.all([
      exchange.trades([symbol], couldTradeFrom(record, clocks())),
      exchange.balances(),
    ]);
    if (!trades.ok || !held.ok) return false;
    const outside = outsideTrades(trades.value, engine.orders.all);
    const now = clocks();
    if (outside.some((trade) => couldBe(record, trade, now))) {
      this.#tellOfEffect(record);
      return false;
    }
    const [base = ''] = symbol.split('/');
    const rise = totalHeld(held.value[base]) - this.#inBooks.amountOf(base);
    const slack = this.#slackOf(symbol, this.#inBooks.amountOf(base));
    if (record.order.purpose === 'exit') return rise >= -slack;
    return rise <= slack || askedMs >= TRADES_ALONE_MS;
  }

  async #compare(): Promise<Comparison> {
    for (let readings = 1; ; readings += 1) {
      const before = this.#options.bookings();
      const reading = await this.#read();
      if (reading === null) return { kind: 'unreachable' };
      this.#withdrawStrays(reading);
      const unresolved = await this.#askOrders(reading);
      const outside = await this.#outside(reading);
      const isStill = this.#options.bookings() === before && (await this.#isSame(reading));
      if ((outside === null || !isStill) && readings < MOST_READINGS) continue;
      if (outside === null || !isStill) return { kind: 'partly', unresolved };
      const isDone = this.#conclude(reading, outside, this.#blocked(unresolved));
      return isDone && unresolved.length === 0
        ? { kind: 'agreed' }
        : { kind: 'partly', unresolved };
    }
  }

  async #read(): Promise<Reading | null> {
    const { exchange, clocks } = this.#options;
    const { now, ahead } = clocks();
    const symbols = this.#inBooks.symbolsInUse;
    const listed = Promise.all(symbols.map((symbol) => this.#options.listed(symbol)));
    const [held, ...books] = await Promise.all([
      exchange.balances(),
      // Each alone: a pair that is gone must not keep the others from being looked at.
      ...symbols.map((symbol) => exchange.openOrders([symbol])),
    ]);
    if (!held.ok || !Object.values(held.value).every(isHeld)) return null;
    const pairs = await listed;
    const resting = new Map<string, ReadonlySet<string>>();
    const gonePairs = new Set<string>();
    for (const [index, symbol] of symbols.entries()) {
      const book = books[index];
      const pair = pairs[index];
      if (book === undefined) continue;
      if (pair?.ok === false && pair.error.code === 'EXCHANGE_REFUSED') gonePairs.add(symbol);
      else if (book.ok)
        resting.set(symbol, new Set(book.value.flatMap(({ orderId }) => orderId ?? [])));
      else if (book.error.code === 'EXCHANGE_REFUSED') gonePairs.add(symbol);
      else return null;
    }
    return { time: now + ahead, held: held.value, resting, gonePairs };
  }

  /** An order that was given up, or withdrawn, and rests there all the same. */
  #withdrawStrays({ resting }: Reading): void {
    const { engine, withdraw } = this.#options;
    for (const [symbol, ids] of resting) {
      for (const id of ids) {
        const record = engine.orders.get(id);
        if (record !== null && !isOpen(record)) withdraw(id, symbol);
      }
    }
  }

  /** Asks for what is not on the exchange's book; where balances differ, for all: a part may have traded. */
  async #askOrders({ held, resting, gonePairs }: Reading): Promise<readonly string[]> {
    const { engine, askOrders } = this.#options;
    const isListed = ({ order, state }: OrderRecord): boolean =>
      // What nobody has answered for yet is asked for, also where it is seen to rest.
      state !== 'unknown' &&
      state !== 'submitting' &&
      resting.get(order.symbol)?.has(order.id) === true;
    const isQuiet =
      this.#inBooks.differing(held).length === 0 && engine.orders.open.every(isListed);
    const unresolved = isQuiet ? [] : await askOrders();
    // Of a pair that is gone nobody will ever tell: it is shown as such, and keeps nobody waiting.
    return unresolved.filter((id) => {
      const record = engine.orders.get(id);
      return record !== null && !gonePairs.has(record.order.symbol);
    });
  }

  /** What others have traded in the coins that differ or are in doubt, by coin. `null` where it cannot be read. */
  async #outside(reading: Reading): Promise<ReadonlyMap<string, readonly AccountTrade[]> | null> {
    const { exchange, engine } = this.#options;
    const outside = new Map<string, readonly AccountTrade[]>();
    const differing = new Set(this.#inBooks.differing(reading.held));
    for (const coin of this.#inBooks.coins) {
      const isAsked =
        differing.has(coin) || this.#inBooks.botsIn(coin).some((bot) => this.#isLoose(bot));
      if (!isAsked) continue;
      const answers = await Promise.all(
        this.#inBooks.symbolsOf(coin).map(async (symbol) => ({
          isTraded: this.#inBooks
            .botsIn(coin)
            .some((bot) => bot.setup.instrument.symbol === symbol),
          answer: await exchange.trades([symbol], this.#since(coin, reading)),
        })),
      );
      const failed = answers.some(
        ({ answer, isTraded }) =>
          !answer.ok && (isTraded || answer.error.code === 'EXCHANGE_UNAVAILABLE'),
      );
      const isGone = this.#inBooks
        .botsIn(coin)
        .every((bot) => reading.gonePairs.has(bot.setup.instrument.symbol));
      if (failed && !isGone) return null;
      const trades = answers.flatMap(({ answer }) => (answer.ok ? answer.value : []));
      outside.set(
        coin,
        outsideTrades(trades, engine.orders.all).filter(
          (trade) => !this.#counted.has(keyOf(trade)),
        ),
      );
    }
    return outside;
  }

  /** A balance that is still moving proves nothing: it is read again where it differs from the books. */
  async #isSame(reading: Reading): Promise<boolean> {
    if (this.#inBooks.differing(reading.held).length === 0) return true;
    const again = await this.#options.exchange.balances();
    if (!again.ok) return false;
    const currencies = new Set([...Object.keys(again.value), ...Object.keys(reading.held)]);
    return [...currencies].every((currency) => {
      const before = totalHeld(reading.held[currency]);
      return isNear(totalHeld(again.value[currency]), before);
    });
  }

  /**
   * Verdicts first: whose coins are gone can be told only while the books still have them.
   * @returns whether all could be concluded that no order stands in the way of
   */
  #conclude(
    reading: Reading,
    outside: ReadonlyMap<string, readonly AccountTrade[]>,
    byOrders: ReadonlySet<string>,
  ): boolean {
    const { dispatch, clock } = this.#options;
    const blocked = new Set(byOrders);
    for (const bot of this.#options.engine.bots.list) this.#judgePair(bot, reading);
    for (const coin of this.#inBooks.coins) {
      if (blocked.has(coin)) continue;
      if (!this.#judgeCoin(coin, reading, outside.get(coin) ?? [])) blocked.add(coin);
    }
    for (const currency of this.#inBooks.differing(reading.held)) {
      if (blocked.has(currency)) continue;
      const amount = totalHeld(reading.held[currency]) - this.#inBooks.amountOf(currency);
      dispatch({ kind: 'transfer', time: clock.now(), currency, amount });
    }
    for (const [coin, trades] of outside) {
      if (!blocked.has(coin)) for (const trade of trades) this.#counted.add(keyOf(trade));
    }
    const currencies = this.#options.engine.account.balances.currencies.filter(
      (currency) => !blocked.has(currency),
    );
    dispatch({ kind: 'compared', time: reading.time, currencies });
    return blocked.size === byOrders.size;
  }

  /** A pair that is gone: what is held in it can be neither guarded nor sold here. */
  #judgePair({ setup, holding }: Bot, { gonePairs }: Reading): void {
    const isGone = gonePairs.has(setup.instrument.symbol);
    if (!isGone || !holding.position.isOpen) return;
    this.#tell(setup.id, { kind: 'missing', cause: 'pair', gone: 0 });
  }

  /** @returns `false` where it has to be seen once more before it is believed */
  #judgeCoin(coin: string, reading: Reading, outside: readonly AccountTrade[]): boolean {
    const booked = this.#inBooks.amountOf(coin);
    const held = totalHeld(reading.held[coin]);
    const bots = this.#inBooks
      .botsIn(coin)
      .filter(({ setup }) => !reading.gonePairs.has(setup.instrument.symbol));
    const positions = bots.flatMap((bot) => this.#positionOf(bot, reading));
    const findings = compareCoin({ booked, held, positions, outside });
    if (!findings.map((found) => this.#isSeenTwice(found)).every(Boolean)) return false;
    for (const { botId, finding } of findings) this.#tell(botId, finding);
    for (const { setup, holding } of bots) {
      const { doubt } = holding;
      if (doubt?.kind !== 'missing' || doubt.cause !== 'coins') continue;
      const slack = this.#slackOf(setup.instrument.symbol, holding.position.amount);
      // Exactly what left has come back: more or less than that may be anybody's.
      if (Math.abs(held - booked - doubt.gone) <= slack) this.#tell(setup.id, { kind: 'agreed' });
    }
    return true;
  }

  #isSeenTwice({ botId, finding: { kind } }: PositionFinding): boolean {
    const now = this.#options.clock.now();
    const before = this.#seen.get(botId);
    if (kind === 'agreed' || kind === 'sold-outside') {
      this.#seen.delete(botId);
      return true;
    }
    if (before?.kind === kind && now >= before.time) return now - before.time >= SEEN_TWICE_MS;
    this.#seen.set(botId, { kind, time: now });
    return false;
  }

  /** As the comparison sees it; empty for one whose coins are gone or in doubt already. */
  #positionOf({ setup, holding }: Bot, reading: Reading): readonly HeldPosition[] {
    const { doubt } = holding;
    if (doubt?.kind === 'quarantined') return [];
    if (doubt?.kind === 'missing' && doubt.cause === 'coins') return [];
    const { amount } = holding.position;
    const { symbol } = setup.instrument;
    const slack = this.#slackOf(symbol, amount);
    const record = holding.holdingOrder;
    const isResting = record !== null && reading.resting.get(symbol)?.has(record.order.id) === true;
    const isEnded = doubt !== null || (record !== null && !isResting);
    const guard = isResting ? 'resting' : isEnded ? 'ended' : 'none';
    return [{ botId: setup.id, amount, slack, guard }];
  }

  /** Told where it changes something. */
  #tell(botId: string, finding: Finding): void {
    const { engine, dispatch, clock } = this.#options;
    const doubt = engine.bots.find(botId)?.holding.doubt ?? null;
    if (finding.kind === 'agreed' && doubt === null) return;
    const isSame =
      finding.kind === 'missing' && doubt?.kind === 'missing' && doubt.cause === finding.cause;
    if (isSame) return;
    dispatch({ kind: 'position-verdict', time: clock.now(), botId, finding });
  }

  #tellOfEffect(record: OrderRecord): void {
    const { id, purpose } = record.order;
    // What a sale may have done is found by comparing the coins of its position.
    if (purpose === 'exit' || this.#told.has(id)) return;
    this.#told.add(id);
    const { dispatch, clock } = this.#options;
    const sentence =
      'The account shows a purchase that may be of this order, but the exchange does not show the order.';
    dispatch({ kind: 'order-contradicted', time: clock.now(), orderId: id, sentence });
  }

  /** Currencies that orders may move of which nobody can tell: they are left as they are until somebody can. */
  #blocked(unresolved: readonly string[]): ReadonlySet<string> {
    const { engine, isOverdue } = this.#options;
    const blocked = new Set<string>();
    for (const id of unresolved) {
      const record = engine.orders.get(id);
      if (record === null || !isOpen(record)) continue;
      // What a sale has done that is overdue can be told by the coins alone.
      if (record.order.purpose === 'exit' && isOverdue(id)) continue;
      for (const currency of record.order.symbol.split('/')) blocked.add(currency);
    }
    return blocked;
  }

  /** Since a coin last agreed; a state from before that was noted tells when its first position was bought. */
  #since(coin: string, { time }: Reading): number {
    const { engine } = this.#options;
    const entries = this.#inBooks
      .botsIn(coin)
      .map(({ holding }) => holding.position.entryTime ?? time);
    const since = engine.comparedAt(coin) ?? Math.min(time, ...entries);
    return Math.min(since, time) - TRADES_MARGIN_MS;
  }

  /** Whose guard is gone, or was never at the exchange. */
  #isLoose({ holding }: Bot): boolean {
    return holding.doubt !== null || (holding.holdingOrder?.state ?? 'unknown') === 'unknown';
  }

  #slackOf(symbol: string, amount: number): number {
    return Math.max(this.#inBooks.stepOf(symbol) * LESS_THAN_A_STEP, amount * SLACK);
  }
}

/** What can be held: an answer of anything else says nothing, and in the books it would end every limit. */
function isHeld({ free, locked }: HeldAmount): boolean {
  return Number.isFinite(free) && free >= 0 && Number.isFinite(locked) && locked >= 0;
}

function keyOf({ symbol, id }: AccountTrade): string {
  return `${symbol} ${id}`;
}
