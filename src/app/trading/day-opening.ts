/** Finds the prices that a UTC day opened at, where they were not seen: after a night with the app or the feed off. */

import { DAY_MS } from '../../core/domain/timeframe.ts';
import type { MarketFeed } from '../../core/ports/market-feed.ts';
import type { TradingSession } from './session.ts';

const HOUR_MS = 3_600_000;

export interface DayOpeningOptions {
  readonly feed: MarketFeed;
  readonly session: TradingSession;
  readonly reportFault: (error: unknown) => void;
}

export class DayOpening {
  readonly #options: DayOpeningOptions;
  #underWay: Promise<void> | null = null;
  #isStopped = false;

  constructor(options: DayOpeningOptions) {
    this.#options = options;
  }

  /** Asks where the engine waits for them; what could not be had is asked for at the next look. */
  look(symbols: readonly string[]): void {
    const { currentDay, isDayKnown } = this.#options.session.engine.account;
    if (currentDay === null || isDayKnown || this.#underWay !== null || this.#isStopped) return;
    this.#underWay = this.#ask(currentDay.day * DAY_MS, symbols)
      .catch(this.#options.reportFault)
      .finally(() => {
        this.#underWay = null;
      });
  }

  /** Ends; resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }

  async #ask(time: number, symbols: readonly string[]): Promise<void> {
    const { feed, session } = this.#options;
    const prices = await openingPrices(feed, symbols, time);
    if (prices === null || this.#isStopped) return;
    session.dispatch({ kind: 'day-opened', time, prices });
  }
}

/**
 * The open of the hour that begins at `midnight` (ms UTC), or before it is over the last price of the day before.
 * @returns `null` where the market does not tell; a symbol that was not traded that day is left out
 */
async function openingPrices(
  feed: MarketFeed,
  symbols: readonly string[],
  midnight: number,
): Promise<Readonly<Record<string, number>> | null> {
  const prices: Record<string, number> = {};
  for (const symbol of symbols) {
    const bars = await feed.closedBars(symbol, '1h', midnight - DAY_MS, midnight + HOUR_MS);
    if (!bars.ok) {
      // What is not traded there any more has no price to wait for.
      if (bars.error.code === 'SYMBOL_UNKNOWN') continue;
      return null;
    }
    const last = bars.value.at(-1);
    if (last === undefined) continue;
    const [start, open, , , close] = last;
    prices[symbol] = start === midnight ? open : close;
  }
  return prices;
}
