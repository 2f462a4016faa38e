/** A feed over a loopback exchange and a virtual clock, and what its listener was told. */

import { onTestFinished } from 'vitest';
import type { FeedEvent, FeedWants } from '../../../core/ports/market-feed.ts';
import { createCcxtFeed, type CcxtFeed } from '../public-feed.ts';
import type { VenueId } from '../venues.ts';
import { createBinanceMarket, type BinanceMarket } from './binance-market.ts';
import { startLoopback, type Answer, type Loopback } from './loopback.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export const NOON = Date.UTC(2026, 2, 1, 12);

export interface Listening {
  readonly events: readonly FeedEvent[];
  /** Starts of the bars that were told of. */
  bars(): readonly number[];
  readonly end: () => void;
}

export interface FeedFixture {
  readonly feed: CcxtFeed;
  readonly clock: VirtualClock;
  readonly exchange: Loopback;
  listen(wants: Partial<FeedWants>): Listening;
}

/** A feed against hand-made answers of a venue. */
export async function aFeed(
  venue: VenueId,
  answer: (url: URL) => Answer | undefined,
  clock: VirtualClock,
  timeoutMs = 5_000,
): Promise<FeedFixture> {
  const exchange = await startLoopback(answer);
  const feed = createCcxtFeed({
    venue,
    clock,
    random: () => 0,
    fetch: exchange.fetch,
    timeoutMs,
    requestGapMs: 1,
  });
  onTestFinished(() => feed.close());
  return { feed, clock, exchange, listen: (wants) => listen(feed, wants) };
}

/**
 * A feed at noon from an exchange that speaks Binance's REST.
 * @param timeoutMs - Real ms until a request is given up: short where the exchange is to be silent.
 */
export async function aBinanceFeed(
  timeoutMs?: number,
): Promise<FeedFixture & { readonly market: BinanceMarket }> {
  const clock = createVirtualClock(NOON);
  const market = createBinanceMarket(clock.now);
  return { ...(await aFeed('binanceus', market.answer, clock, timeoutMs)), market };
}

function listen(feed: CcxtFeed, wants: Partial<FeedWants>): Listening {
  const events: FeedEvent[] = [];
  const end = feed.subscribe({ quotes: [], bars: [], ...wants }, (event) => events.push(event));
  const bars = (): readonly number[] =>
    events.flatMap((event) => (event.kind === 'bar-closed' ? [event.bar[0]] : []));
  return { events, bars, end };
}
