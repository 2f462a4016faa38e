/** What a subscriber is told regularly: the best prices, and each bar once it has closed. */

import type { CandleRow } from '../../core/domain/candles.ts';
import { ok } from '../../core/domain/result.ts';
import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { FeedEvent } from '../../core/ports/market-feed.ts';
import { formingBar } from './bar-clock.ts';
import type { RegularRead } from './keep-reading.ts';
import type { PublicReader } from './public-reader.ts';

export interface ReadingParts {
  readonly reader: PublicReader;
  readonly now: () => number;
  /** ms from one reading of an order book to the next. */
  readonly pollMs: number;
}

/** The exchange needs a moment to publish a bar that has ended. */
const PUBLISH_MS = 1_500;
/** Before the exchange is asked again for a bar that it had not published. */
const LATE_MS = 2_000;
/** Between two readings of a book, even where reading it takes longer than `pollMs`. */
const BREATH_MS = 500;

export function readQuotes(symbol: string, { reader, now, pollMs }: ReadingParts): RegularRead {
  const read: RegularRead['read'] = async () => {
    const begun = now();
    const quote = await reader.quote(symbol);
    if (!quote.ok) return quote;
    return ok({
      events: [{ kind: 'quote', quote: quote.value }],
      againMs: Math.max(BREATH_MS, begun + pollMs - now()),
    });
  };
  return { what: `quotes of ${symbol}`, read };
}

/** Tells of each bar that closes after now, in order; several at once where the exchange or we were away. */
export function readBarsAsTheyClose(
  symbol: string,
  timeframe: Timeframe,
  { reader, now, pollMs }: ReadingParts,
): RegularRead {
  const length = timeframeMs(timeframe);
  const subscribed = now();
  let next: number | null = null;
  let looks = 0;

  const closed = (bar: CandleRow): FeedEvent => ({ kind: 'bar-closed', symbol, timeframe, bar });

  const read: RegularRead['read'] = async () => {
    const offset = await reader.clockOffset();
    if (!offset.ok) return offset;
    const time = now() + offset.value;
    next ??= formingBar(timeframe, subscribed + offset.value);
    const early = next + length + PUBLISH_MS - time;
    if (early > 0) return ok({ events: [], againMs: early });

    const bars = await reader.newBars(symbol, timeframe, next);
    if (!bars.ok) return bars;
    const events = bars.value.map(closed);
    const last = bars.value.at(-1);
    next = last === undefined ? next : last[0] + length;
    looks = last === undefined ? looks + 1 : 0;
    // A bar is published late, or never: an exchange may leave out one in which nothing was traded.
    const late = Math.min(LATE_MS * 2 ** Math.max(0, looks - 1), pollMs);
    return ok({ events, againMs: Math.max(late, next + length + PUBLISH_MS - time) });
  };
  return { what: `bars of ${symbol} ${timeframe}`, read };
}
