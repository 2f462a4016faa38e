/** Prices and bars of the market: they mark what is held, and each bot of their symbol is told of them. */

import type { Account } from './account/account.ts';
import type { Bot } from './bot/bot.ts';
import type { Roster } from './bot/roster.ts';
import { assertNever } from './domain/assert-never.ts';
import type { MarketEvent } from './events.ts';
import type { LiveBots } from './live-bots.ts';

export interface MarketParts {
  readonly account: Account;
  readonly bots: Roster;
  /** `null` in a replay over columns. */
  readonly liveBots: LiveBots | null;
  /** Whether prices come between the bars. */
  readonly isPaced: boolean;
  /** Whether a bar's low counts for the day's loss: where bars are all there is. */
  readonly judgesLows: boolean;
  /** Looks at the day's loss. */
  watch(): void;
}

interface Price {
  /** ms UTC. */
  readonly time: number;
  /** In quote. */
  readonly bid: number;
  readonly ask: number;
}

export class MarketEvents {
  readonly #parts: MarketParts;

  constructor(parts: MarketParts) {
    this.#parts = parts;
  }

  /** @throws Error for a bar in a replay over columns */
  take(event: MarketEvent): void {
    const { account, bots } = this.#parts;
    switch (event.kind) {
      case 'bar-opened':
        account.advanceTo(event.time);
        return this.#price(event.symbol, { ...event, bid: event.open, ask: event.open });
      case 'quote':
        account.advanceTo(event.time);
        if (bots.on(event.symbol).length > 0) {
          account.quotes.see(event.symbol, event.ask, account.time);
        }
        return this.#price(event.symbol, event);
      case 'prices-lost':
        return account.quotes.forget();
      case 'bar-closed':
        return this.#closeLiveBars(event);
      case 'bars-caught-up':
        return this.#catchUp(event);
      default:
        return assertNever(event);
    }
  }

  /** Bar `index` of a bot's columns has begun. */
  openBar({ setup: { candles }, pair }: Bot, index: number): void {
    const { account } = this.#parts;
    account.advanceTo(candles.time[index] ?? NaN);
    account.mark(pair, candles.open[index] ?? NaN);
    this.#parts.watch();
  }

  /** Bar `index` of a bot's columns has closed. */
  closeBar(bot: Bot, index: number): void {
    const { account, judgesLows } = this.#parts;
    const { candles } = bot.setup;
    if (judgesLows && bot.holding.position.isOpen) {
      account.mark(bot.pair, candles.low[index] ?? NaN);
      this.#parts.watch();
    }
    account.mark(bot.pair, candles.close[index] ?? NaN);
    this.#parts.watch();
    account.advanceTo((candles.time[index] ?? NaN) + bot.barMs);
    bot.closeBar(index);
  }

  /** Marks every bot of the symbol, watches the day, then the levels that the engine keeps itself. */
  #price(symbol: string, { time, bid, ask }: Price): void {
    const { account, isPaced } = this.#parts;
    const mark = (bid + ask) / 2;
    const bots = this.#parts.bots.on(symbol);
    if (bots.length === 0) account.markHeld(symbol, mark);
    for (const bot of bots) account.mark(bot.pair, mark);
    if (bots.length === 0) for (const bot of this.#parts.bots.list) bot.holding.settleFees();
    this.#parts.watch();
    for (const bot of bots) {
      bot.holding.watchPrice(bid, time);
      if (isPaced) bot.watchEntry(ask);
      bot.settle();
    }
  }

  #closeLiveBars({ symbol, timeframe, bar }: Extract<MarketEvent, { kind: 'bar-closed' }>): void {
    for (const bot of this.#parts.bots.on(symbol)) {
      if (bot.setup.timeframe !== timeframe) continue;
      if (this.#liveBots.push(bot.setup.id, bar)) this.closeBar(bot, 0);
    }
  }

  #catchUp({ botId, bars }: Extract<MarketEvent, { kind: 'bars-caught-up' }>): void {
    const bot = this.#parts.bots.get(botId);
    for (const bar of bars) {
      if (this.#liveBots.push(botId, bar)) bot.passBar();
    }
  }

  get #liveBots(): LiveBots {
    const { liveBots } = this.#parts;
    if (liveBots === null) throw new Error('This engine was made for a replay over columns.');
    return liveBots;
  }
}
