/** A market that a test drives by hand: its history, its prices, its failures. Outlives the app's restarts. */

import type { CandleRow } from '../../../core/domain/candles.ts';
import type { Instrument } from '../../../core/domain/instrument.ts';
import { fail, ok } from '../../../core/domain/result.ts';
import { timeframeMs, type Timeframe } from '../../../core/domain/timeframe.ts';
import type { FeedEvent, FeedWants, Quote } from '../../../core/ports/market-feed.ts';
import type { OpenFeed } from '../trading-side.ts';

interface Subscription {
  readonly wants: FeedWants;
  readonly listener: (event: FeedEvent) => void;
}

/** What was asked of the history, ms UTC. */
interface HistoryRequest {
  readonly symbol: string;
  readonly from: number;
  readonly to: number;
}

export class LiveMarket {
  /** Every request for history, answered or not. */
  readonly requests: HistoryRequest[] = [];
  /** History cannot be had. */
  isDown = false;
  /** The market's own clock; `null` for a market that has none. */
  time: (() => Promise<number | null>) | null = null;
  /** Opened and not closed. */
  openFeeds = 0;
  readonly #history = new Map<string, CandleRow[]>();
  readonly #subscriptions = new Set<Subscription>();
  /** Requests that wait for `release`; `null` while history is answered at once. */
  #held: (() => void)[] | null = null;

  open(): OpenFeed {
    const own = new Set<Subscription>();
    this.openFeeds += 1;
    return {
      name: 'Hand-driven',
      ...(this.time === null ? {} : { time: this.time }),
      instrument: async (symbol) => {
        const instrument = INSTRUMENTS.find((each) => each.symbol === symbol);
        return instrument === undefined
          ? fail('SYMBOL_UNKNOWN', `There is no ${symbol}.`)
          : ok(instrument);
      },
      closedBars: async (symbol, timeframe, from, to) => {
        this.requests.push({ symbol, from, to });
        if (this.#held !== null) await this.#release();
        if (this.isDown) return fail('FEED_UNAVAILABLE', 'The market does not answer.');
        const rows = this.#series(symbol, timeframe);
        return ok(rows.filter(([time]) => time >= from && time < to));
      },
      subscribe: (wants, listener) => {
        const subscription = { wants, listener };
        own.add(subscription);
        this.#subscriptions.add(subscription);
        return () => this.#subscriptions.delete(subscription);
      },
      close: () => {
        this.openFeeds -= 1;
        for (const subscription of own) this.#subscriptions.delete(subscription);
      },
    };
  }

  /** Bars that have closed by `end`, one for each close, the last one closing then. */
  addHistory(symbol: string, timeframe: Timeframe, end: number, closes: readonly number[]): void {
    const length = timeframeMs(timeframe);
    closes.forEach((close, index) => {
      this.addBar(symbol, timeframe, flatBar(end - (closes.length - index) * length, close));
    });
  }

  addBar(symbol: string, timeframe: Timeframe, bar: CandleRow): void {
    this.#series(symbol, timeframe).push(bar);
  }

  tellQuote(quote: Quote): void {
    this.#tell(({ quotes }) => quotes.includes(quote.symbol), { kind: 'quote', quote });
  }

  tellBar(symbol: string, timeframe: Timeframe, bar: CandleRow): void {
    this.#tell(
      ({ bars }) => bars.some((want) => want.symbol === symbol && want.timeframe === timeframe),
      { kind: 'bar-closed', symbol, timeframe, bar },
    );
  }

  tellConnection(up: boolean, sentence: string): void {
    this.#tell(() => true, { kind: 'connection', up, sentence });
  }

  /** Answers no request for history until the returned function is called. */
  hold(): () => void {
    const held: (() => void)[] = [];
    this.#held = held;
    return () => {
      this.#held = null;
      for (const release of held) release();
    };
  }

  #release(): Promise<void> {
    return new Promise((resolve) => {
      this.#held?.push(resolve);
    });
  }

  #tell(isWanted: (wants: FeedWants) => boolean, event: FeedEvent): void {
    for (const { wants, listener } of this.#subscriptions) if (isWanted(wants)) listener(event);
  }

  #series(symbol: string, timeframe: Timeframe): CandleRow[] {
    const key = `${symbol} ${timeframe}`;
    const rows = this.#history.get(key) ?? [];
    this.#history.set(key, rows);
    return rows;
  }
}

export function flatBar(time: number, price: number): CandleRow {
  return [time, price, price, price, price, 1];
}

export const BTC: Instrument = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  amountStep: 0.0001,
  minAmount: null,
  priceStep: 0.01,
  minCost: 1,
};

const INSTRUMENTS: readonly Instrument[] = [
  BTC,
  { ...BTC, symbol: 'ETH/USDT', base: 'ETH' },
  { ...BTC, symbol: 'XYZ/USDT', base: 'XYZ' },
  { ...BTC, symbol: 'BNB/USDT', base: 'BNB' },
];
