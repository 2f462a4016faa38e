/** Feeds an account from a live market: quotes to the exchange and the engine, closed bars to the bots, gaps filled first. */

import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { Bot } from '../../core/bot/bot.ts';
import type { FeedEvent, FeedWants, MarketFeed, Quote } from '../../core/ports/market-feed.ts';
import type { Clock } from './clock.ts';
import { DayOpening } from './day-opening.ts';
import type { TradingSession } from './session.ts';

export interface BotRunnerOptions {
  readonly feed: MarketFeed;
  readonly session: TradingSession;
  readonly clock: Clock;
  /** Told of each quote before the engine is: the simulated exchange's matching, and what watches a price's age. */
  readonly match: (quote: Quote) => void;
  /** Symbols whose prices are wanted although no bot trades them. */
  readonly pricedSymbols: () => readonly string[];
  readonly onConnection: (connection: { readonly up: boolean; readonly sentence: string }) => void;
  readonly reportFault: (error: unknown) => void;
}

/** Bars that a bot is shown before its first decision. */
const WARM_UP_BARS = 500;

/** How often the engine hears that time passes, ms: days end also without a price. */
const TICK_MS = 10_000;

/** How soon a history that could not be had is asked for again, ms. */
const HISTORY_RETRY_MS = 15_000;

type ClosedBar = Extract<FeedEvent, { readonly kind: 'bar-closed' }>;

export class BotRunner {
  readonly #options: BotRunnerOptions;
  #unsubscribe: () => void = () => {};
  #callOffTick: () => void = () => {};
  readonly #retries = new Map<string, () => void>();
  /** Bars of one series are handled one after the other, however long their history takes. */
  readonly #lines = new Map<string, Promise<void>>();
  /** Since the last subscription: the feed tells of a connection only when it is lost or comes back. */
  #hasPrices = false;
  #isStopped = false;
  readonly #opening: DayOpening;

  constructor(options: BotRunnerOptions) {
    this.#options = options;
    this.#opening = new DayOpening(options);
  }

  /** Begins, and again whenever bots have come or gone. */
  start(): void {
    if (this.#isStopped) return;
    this.#unsubscribe();
    this.#hasPrices = false;
    const { feed, session, pricedSymbols } = this.#options;
    const bots = session.engine.bots.list;
    this.#unsubscribe = feed.subscribe(wantsOf(bots, pricedSymbols()), (event) =>
      this.#hear(event),
    );
    for (const bot of bots) this.#warmUp(bot);
    this.#opening.look(this.#symbols());
    this.#callOffTick();
    this.#tickLater();
  }

  /** Ends; resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe();
    this.#callOffTick();
    for (const callOff of this.#retries.values()) callOff();
    await Promise.all([...this.#lines.values(), this.#opening.stop()]);
  }

  #hear(event: FeedEvent): void {
    switch (event.kind) {
      case 'quote':
        return this.#priced(event.quote);
      case 'bar-closed':
        return this.#inLine(event, () => this.#barClosed(event));
      case 'connection': {
        const { up, sentence } = event;
        const { session, clock } = this.#options;
        if (!up) session.dispatch({ kind: 'prices-lost', time: clock.now() });
        return this.#options.onConnection({ up, sentence });
      }
    }
  }

  #priced(quote: Quote): void {
    const { feed, session, match, onConnection, reportFault } = this.#options;
    const { symbol, time, bid, ask } = quote;
    if (!this.#hasPrices) onConnection({ up: true, sentence: `Prices come from ${feed.name}.` });
    this.#hasPrices = true;
    try {
      // Before the engine: what a price fills is filled when the price is judged.
      match(quote);
    } catch (error) {
      // It could not keep a fill, so there was none; the next price may fill it.
      reportFault(error);
    }
    session.dispatch({ kind: 'quote', symbol, time, bid, ask });
  }

  /** A bar is acted on while it is the last one; one that was slept through only teaches. */
  async #barClosed({ symbol, timeframe, bar }: ClosedBar): Promise<void> {
    const { session, clock } = this.#options;
    const length = timeframeMs(timeframe);
    const isCurrent = clock.now() < bar[0] + 2 * length;
    const upTo = isCurrent ? bar[0] : bar[0] + length;
    const areCaughtUp = await this.#catchUpAll(symbol, timeframe, upTo);
    if (isCurrent && areCaughtUp && !this.#isStopped) {
      session.dispatch({ kind: 'bar-closed', symbol, timeframe, bar });
    }
  }

  /** Those too that are added in the meantime: a bar seen without its history would count as warm. */
  async #catchUpAll(symbol: string, timeframe: Timeframe, upTo: number): Promise<boolean> {
    const done = new Set<Bot>();
    for (;;) {
      const left = this.#botsOf(symbol, timeframe).filter((bot) => !done.has(bot));
      if (left.length === 0) return true;
      const caughtUp = await Promise.all(left.map((bot) => this.#catchUp(bot, upTo)));
      if (!caughtUp.every(Boolean)) return false;
      for (const bot of left) done.add(bot);
    }
  }

  #warmUp(bot: Bot): void {
    const { id, instrument, timeframe, strategy } = bot.setup;
    if (strategy === null || this.#options.session.liveBots.lastBar(id) !== null) return;
    this.#inLine({ symbol: instrument.symbol, timeframe }, async () => {
      const length = timeframeMs(timeframe);
      const now = this.#options.clock.now();
      const isWarm = await this.#catchUp(bot, Math.floor(now / length) * length);
      if (!isWarm && !this.#isStopped) this.#retry(bot);
    });
  }

  #retry(bot: Bot): void {
    const { id } = bot.setup;
    this.#retries.get(id)?.();
    const callOff = this.#options.clock.setTimer(HISTORY_RETRY_MS, () => {
      this.#retries.delete(id);
      this.#warmUp(bot);
    });
    this.#retries.set(id, callOff);
  }

  /**
   * Shows the bot the bars before `upTo` that it has not seen.
   * @returns whether it has seen them all now, or needs none because it was removed
   */
  async #catchUp(bot: Bot, upTo: number): Promise<boolean> {
    const { feed, session } = this.#options;
    const { id, instrument, timeframe } = bot.setup;
    if (bot.setup.strategy === null || session.engine.bots.find(id) === null) return true;
    const length = timeframeMs(timeframe);
    const last = session.liveBots.lastBar(id);
    const from = Math.max(last === null ? -Infinity : last + length, upTo - WARM_UP_BARS * length);
    if (from >= upTo) return true;
    const bars = await feed.closedBars(instrument.symbol, timeframe, from, upTo);
    if (session.engine.bots.find(id) === null) return true;
    if (!bars.ok || this.#isStopped) return false;
    session.dispatch({ kind: 'bars-caught-up', botId: id, bars: bars.value });
    return true;
  }

  #inLine(
    { symbol, timeframe }: { readonly symbol: string; readonly timeframe: Timeframe },
    work: () => Promise<void>,
  ): void {
    const key = `${symbol} ${timeframe}`;
    const before = this.#lines.get(key) ?? Promise.resolve();
    const after = before.then(work).catch((error: unknown) => this.#options.reportFault(error));
    this.#lines.set(key, after);
  }

  #symbols(): readonly string[] {
    const { session, pricedSymbols } = this.#options;
    return wantsOf(session.engine.bots.list, pricedSymbols()).quotes;
  }

  #botsOf(symbol: string, timeframe: Timeframe): readonly Bot[] {
    const { bots } = this.#options.session.engine;
    return bots.on(symbol).filter(({ setup }) => setup.timeframe === timeframe);
  }

  #tickLater(): void {
    const { clock, session } = this.#options;
    this.#callOffTick = clock.setTimer(TICK_MS, () => {
      session.dispatch({ kind: 'tick', time: clock.now() });
      this.#opening.look(this.#symbols());
      this.#tickLater();
    });
  }
}

function wantsOf(bots: readonly Bot[], priced: readonly string[]): FeedWants {
  // Those without a strategy too: their trailing stops and time exits follow closed bars.
  const bars = bots.map(({ setup }) => ({
    symbol: setup.instrument.symbol,
    timeframe: setup.timeframe,
  }));
  const seen = new Set<string>();
  return {
    quotes: [...new Set([...bots.map(({ setup }) => setup.instrument.symbol), ...priced])],
    bars: bars.filter(({ symbol, timeframe }) => {
      const key = `${symbol} ${timeframe}`;
      return !seen.has(key) && seen.add(key).size > 0;
    }),
  };
}
