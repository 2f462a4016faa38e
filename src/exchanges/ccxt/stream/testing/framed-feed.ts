/** A feed whose exchange is hand-made: REST from written answers, a stream of the frames that a test sends. */

import { expect, onTestFinished } from 'vitest';
import { createCcxtFeed } from '../../public-feed.ts';
import { startLoopback, type Answer } from '../../testing/loopback.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';
import type { VenueId } from '../../venues.ts';
import { startFrameServer, type FrameServer } from './frame-server.ts';
import { listen, NOON, PATIENCE, type Heard } from './streamed-feed.ts';

export interface FramedFeed {
  readonly clock: VirtualClock;
  readonly server: FrameServer;
  readonly heard: Heard;
  /** Paths of the REST requests, oldest first. */
  readonly asked: readonly string[];
}

export interface FramedVenue {
  readonly venue: VenueId;
  readonly symbol: string;
  readonly rest: (now: () => number) => (url: URL) => Answer | undefined;
  /** What the stream says to a subscription. */
  readonly answer: (message: unknown) => unknown;
}

/** The listener is subscribed, and the stream has been asked for. */
export async function aFramedFeed({
  venue,
  symbol,
  rest,
  answer,
}: FramedVenue): Promise<FramedFeed> {
  const clock = createVirtualClock(NOON);
  const exchange = await startLoopback(rest(clock.now));
  const server = await startFrameServer(answer);
  const feed = createCcxtFeed({
    venue,
    clock,
    random: () => 0,
    fetch: exchange.fetch,
    requestGapMs: 1,
    streamServer: server.url,
  });
  onTestFinished(() => feed.close());
  const heard = listen(feed, { quotes: [symbol] });
  await expect.poll(() => server.received.length, PATIENCE).toBeGreaterThan(0);
  return { clock, server, heard, asked: exchange.asked };
}

/** Resolves once a quote of this bid is told, and so whatever was sent before it has been read. */
export async function bidTold({ clock, heard }: FramedFeed, bid: number): Promise<void> {
  await expect
    .poll(() => {
      clock.advance(25);
      return heard.quotes().at(-1)?.bid;
    }, PATIENCE)
    .toBe(bid);
}
