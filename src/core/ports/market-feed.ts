/** Where prices come from: an exchange's public data, or a recording of it. */

import type { CandleRow } from '../domain/candles.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Failure, Result } from '../domain/result.ts';
import type { Timeframe } from '../domain/timeframe.ts';

/** One side of an order book: best price first. Price in quote, amount in base. */
export type BookSide = readonly (readonly [price: number, amount: number])[];

/** The best prices at a moment, and what lies behind them where the feed knows. */
export interface Quote {
  readonly symbol: string;
  /** ms UTC. */
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  /** `null` where the feed has no order book. */
  readonly depth: { readonly bids: BookSide; readonly asks: BookSide } | null;
}

/** What a subscriber wants to be told of. */
export interface FeedWants {
  readonly quotes: readonly string[];
  readonly bars: readonly { readonly symbol: string; readonly timeframe: Timeframe }[];
}

export type FeedEvent =
  | { readonly kind: 'quote'; readonly quote: Quote }
  /** A bar is complete. Each bar once, in order; bars that the feed missed while it was away are not made up. */
  | {
      readonly kind: 'bar-closed';
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly bar: CandleRow;
    }
  /** `down` once reads keep failing, with the reason; `up` when they work again. */
  | { readonly kind: 'connection'; readonly up: boolean; readonly sentence: string };

export type FeedFailure = Failure<'FEED_UNAVAILABLE' | 'FEED_REFUSED' | 'SYMBOL_UNKNOWN'>;

export interface MarketFeed {
  /** As shown to the person: `Binance US`, or the file's name. */
  readonly name: string;
  /** The pair and the exchange's rules for it. */
  instrument(symbol: string): Promise<Result<Instrument, FeedFailure>>;
  /**
   * Closed bars that start at or after `from` and before `to` (both ms UTC), oldest first, without gaps made up;
   * a bar that is still forming is never among them.
   */
  closedBars(
    symbol: string,
    timeframe: Timeframe,
    from: number,
    to: number,
  ): Promise<Result<readonly CandleRow[], FeedFailure>>;
  /**
   * How late it is by the market's own clock, ms UTC, asked anew; `null` where it cannot be told. Left out by a market
   * that has none.
   */
  time?(): Promise<number | null>;
  /** Begins to tell `listener`; the answer ends it. */
  subscribe(wants: FeedWants, listener: (event: FeedEvent) => void): () => void;
}
