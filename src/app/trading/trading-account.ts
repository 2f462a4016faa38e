/** An account at work, on paper or live: its session, the exchange it trades on, and the prices that drive both. */

import type { TradingStatus } from '../../contract/trading.ts';
import type { BotConfig } from '../../core/bot/bot-config.ts';
import type { Instrument } from '../../core/domain/instrument.ts';
import type { Result } from '../../core/domain/result.ts';
import type { ExchangeOrder, ExchangePort } from '../../core/ports/exchange.ts';
import type { MarketFeed, Quote } from '../../core/ports/market-feed.ts';
import { obeyStop, stopAtSession, type StopAtSession } from '../stop/stop-at-session.ts';
import { booksOf, listedOf, prefixesAt, type StopBooks } from '../stop/stop-books.ts';
import type { StopLatch } from '../stop/stop-latch.ts';
import type { StopOrder } from '../stop/stop-order.ts';
import type { PlaceOutcome } from '../stop/stop-place.ts';
import type { KeptAccount, KeptBot, SessionRules, TradingStore } from '../storage/trading-store.ts';
import { BotRunner } from './bot-runner.ts';
import type { Clock } from './clock.ts';
import { TradingSession } from './session.ts';
import { statusOf } from './status.ts';

export interface TradingAccountOptions {
  readonly account: KeptAccount;
  readonly store: TradingStore;
  readonly feed: MarketFeed;
  readonly clock: Clock;
  readonly rules: Omit<SessionRules, 'restingExits' | 'orderPrefix' | 'pricesFrom'>;
  /** The stop that may be in force. */
  readonly stops: StopLatch;
  /** Of this run: see `SessionOptions`. */
  readonly runToken: string;
  readonly reportFault: (error: unknown) => void;
  /** Told when the status has changed without an event of the session. */
  readonly onChange: () => void;
  /** Told each time that the books and the exchange have been brought together. */
  readonly onReconciled?: () => void;
  /** Why the run before broke off, as a sentence, until the person has armed trading; left out where none did. */
  readonly brokeOff?: () => string | null;
}

/** What differs between paper and live. */
export interface TradingPlace {
  readonly mode: TradingStatus['mode'];
  readonly exchange: ExchangePort;
  /** Told of each quote before the engine is. */
  readonly match: (quote: Quote) => void;
  /** Told of each instrument before it is traded. */
  readonly list: (instrument: Instrument) => void;
  /** The pair with the exchange's rules for it. */
  readonly instrument: (symbol: string) => Promise<Result<Instrument>>;
  /** Symbols whose prices are wanted for what they say of `held` currencies, whether a bot trades them or not. */
  readonly pricedSymbols: (held: readonly string[]) => Promise<readonly string[]>;
  /** Orders on the exchange's book that are not ours. */
  readonly externalOrders: () => readonly ExchangeOrder[];
}

/** How soon an exchange that could not tell is asked again, ms. */
const RECONCILE_RETRY_MS = 5_000;

/** How often the account's worth is kept for its curve, ms. */
const SAMPLE_EVERY_MS = 300_000;

export class TradingAccount {
  readonly id: number;
  readonly session: TradingSession;
  readonly #options: TradingAccountOptions;
  readonly #place: TradingPlace;
  readonly #runner: BotRunner;
  #bots: readonly KeptBot[];
  /** Symbols whose prices are wanted although no bot trades them. */
  #priced: readonly string[] = [];
  #callOffRetry: () => void = () => {};
  #isReconciled = false;
  #isWatching = false;
  /** ms UTC. */
  #priceAt: number | null = null;
  #sampledAt = -Infinity;
  #isClosed = false;
  #ordersTrouble: string | null = null;
  #streamTrouble: string | null = null;
  #connection: TradingStatus['connection'] = { up: true, sentence: 'Waiting for the first price.' };

  /** @throws Error where the kept account cannot be gone on with */
  constructor(options: TradingAccountOptions, place: TradingPlace) {
    const { account, store, feed, clock, rules, onChange } = options;
    const reportFault = (error: unknown): void => {
      options.reportFault(error);
      onChange();
    };
    this.id = account.id;
    this.#options = options;
    this.#place = place;
    this.#bots = account.bots;
    for (const { instrument } of account.bots) place.list(instrument);
    this.session = new TradingSession({
      account,
      store,
      exchange: place.exchange,
      clock,
      rules: { ...rules, pricesFrom: 'quotes' },
      runToken: options.runToken,
      ...(place.mode === 'live' ? { listed: place.instrument } : {}),
      reportFault,
    });
    this.session.onEvent((event) => {
      if (event.kind === 'quote') this.#priceAt = this.now();
      if (event.kind === 'tick') this.#sampleEquity();
    });
    this.#runner = new BotRunner({
      feed,
      session: this.session,
      clock,
      match: place.match,
      pricedSymbols: () => this.#priced,
      onConnection: (connection) => {
        this.#connection = connection;
        onChange();
      },
      reportFault,
    });
  }

  /** What names its rows in the books. */
  get books(): { readonly id: number; readonly bots: readonly KeptBot[] } {
    return { id: this.id, bots: this.#bots };
  }

  /** @param trouble - Why it is not known what became of the open orders; `null` once it is again. */
  ordersUnasked(trouble: string | null): void {
    this.#ordersTrouble = trouble;
    this.#options.onChange();
  }

  /** @param trouble - Why news of orders comes late; trading goes on. `null` once it comes at once again. */
  streamDown(trouble: string | null): void {
    if (this.#streamTrouble === trouble) return;
    this.#streamTrouble = trouble;
    this.#options.onChange();
  }

  get isReconciled(): boolean {
    return this.#isReconciled;
  }

  /** Whether a bot holds a position or has an open order. */
  get isBusy(): boolean {
    return this.session.engine.bots.list.some((bot) => !bot.isIdle);
  }

  /** Before anything else of an account that has been opened: the stop that is in force is in force here too. */
  obeyStop(): void {
    if (this.isStopped) obeyStop(this.#stopWork());
  }

  get isStopped(): boolean {
    return this.#options.stops.holds(this.#place.mode);
  }

  /** What a stop has to see to. */
  stopBooks(): StopBooks {
    return booksOf(this.session);
  }

  /** Tries once to carry out a stop. */
  async carryOut(order: StopOrder): Promise<PlaceOutcome> {
    const symbols = await listedOf(this.#options.rules.whitelist, this.#place.instrument);
    return stopAtSession({ ...this.#stopWork(), symbols }, order);
  }

  /** Brings the books and the exchange together, and again where they may have parted; nothing is bought before. */
  async start(): Promise<void> {
    this.obeyStop();
    // Each is asked for by its id: whoever tells of orders tells of those that it has been asked for.
    await this.session.reconcileOrders();
    const compared = await this.session.compare();
    await this.session.idle();
    const isReached = compared.kind !== 'unreachable';
    if (isReached) this.#priced = await this.#place.pricedSymbols(this.#held());
    if (this.#isClosed) return;
    // What is held is watched from now on, also while an order is still being looked for.
    if (isReached && !this.#isWatching) {
      this.#isWatching = true;
      this.#runner.start();
    }
    if (compared.kind === 'agreed') {
      this.#isReconciled = true;
      this.#options.onReconciled?.();
      return;
    }
    const unresolved = compared.kind === 'partly' ? compared.unresolved.length : 0;
    this.#connection = { up: false, sentence: waitingFor(unresolved) };
    // Whoever else is asking, there is one next time.
    this.#callOffRetry();
    this.#callOffRetry = this.#options.clock.setTimer(RECONCILE_RETRY_MS, () => {
      this.start().catch(this.#options.reportFault);
    });
    this.#options.onChange();
  }

  instrument(symbol: string): Promise<Result<Instrument>> {
    return this.#place.instrument(symbol);
  }

  /** The last price of what a bot trades, in quote; `null` before the first. */
  priceOf(botId: string): number | null {
    const { bots, account } = this.session.engine;
    const { base, quote } = bots.get(botId).pair;
    const rate = account.balances.rate(base) / account.balances.rate(quote);
    return rate > 0 ? rate : null;
  }

  addBot(config: BotConfig, instrument: Instrument): void {
    this.#place.list(instrument);
    this.#bots = [...this.#bots, { config, instrument }];
    this.session.dispatch({ kind: 'bot-added', time: this.now(), config, instrument });
    this.#botsChanged();
  }

  setBot(botId: string, kind: 'bot-started' | 'bot-paused' | 'bot-stopped'): void {
    this.session.dispatch({ kind, time: this.now(), botId });
  }

  removeBot(botId: string): void {
    this.session.dispatch({ kind: 'bot-removed', time: this.now(), botId });
    this.#bots = this.#bots.filter(({ config }) => config.id !== botId);
    this.#botsChanged();
  }

  closePosition(botId: string): void {
    this.session.dispatch({ kind: 'position-close', time: this.now(), botId });
  }

  reduce(): void {
    this.session.dispatch({ kind: 'reduce', time: this.now() });
  }

  arm(): void {
    this.session.dispatch({ kind: 'arm', time: this.now() });
  }

  status(): TradingStatus {
    return statusOf({
      mode: this.#place.mode,
      venue: this.#options.feed.name,
      venueId: this.#options.account.settings.venue,
      connection: this.#connectionNow(),
      priceAt: this.#priceAt,
      session: this.session,
      brokeOff: this.#options.brokeOff?.() ?? null,
      isStopped: this.isStopped,
      limits: this.#options.rules.limits,
      bots: this.#bots,
      externalOrders: this.#place.externalOrders(),
    });
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#callOffRetry();
    await this.#runner.stop();
    await this.session.idle();
    this.session.close();
  }

  /** ms UTC. */
  now(): number {
    return this.#options.clock.now();
  }

  /** Prices that come in are not all: an exchange that does not tell of our orders is not connected either. */
  #connectionNow(): TradingStatus['connection'] {
    const trouble = this.session.silence ?? this.#ordersTrouble;
    if (trouble !== null) return { up: false, sentence: trouble };
    const { up, sentence } = this.#connection;
    // It is no trouble with the connection; where there is one, that is what is to be read.
    if (!up || this.#streamTrouble === null) return this.#connection;
    return { up, sentence: `${sentence} ${this.#streamTrouble}` };
  }

  /** Only with a price: what an account is worth without one is not what it is worth. */
  #sampleEquity(): void {
    const now = this.now();
    if (this.#priceAt === null || now - this.#sampledAt < SAMPLE_EVERY_MS) return;
    const { store, reportFault } = this.#options;
    try {
      store.sampleEquity(this.id, now, this.session.engine.account.equity());
      this.#sampledAt = now;
    } catch (error) {
      // A curve with a gap does no harm; a full disk is told of by what has to be written.
      reportFault(error);
    }
  }

  #stopWork(): StopAtSession {
    const { account, store, clock, stops } = this.#options;
    const { venue, orderPrefix } = account.settings;
    return {
      key: placeKey(this.#place.mode, this.id),
      session: this.session,
      isWritable: () => store.isWritable(),
      exchange: this.#place.exchange,
      clock,
      latch: stops,
      prefixes: [...new Set([orderPrefix, ...prefixesAt(store, venue)])],
      symbols: [],
      newSaleId: () => stops.newSaleId(orderPrefix),
    };
  }

  #held(): readonly string[] {
    const { balances } = this.session.engine.account;
    return balances.currencies.filter((_, slot) => balances.amount(slot) > 0);
  }

  #botsChanged(): void {
    if (this.#isWatching) this.#runner.start();
  }
}

/** Tells places apart in a stop's report. */
export function placeKey(side: 'paper' | 'live', accountId: number): string {
  return `${side} ${accountId}`;
}

function waitingFor(unresolved: number): string {
  const what =
    unresolved === 0
      ? 'what is held there'
      : `what has become of ${unresolved} ${unresolved === 1 ? 'order' : 'orders'}`;
  return `Waiting for the exchange to tell ${what}. Nothing trades before.`;
}
