/** A feed over the exchange simulator, REST and WebSocket, on a virtual clock that both go by. */

import { expect, onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../../../../e2e/exchange-simulator/simulator.ts';
import type { FeedEvent, FeedWants, Quote } from '../../../../core/ports/market-feed.ts';
import { createCcxtFeed, type CcxtFeed, type CcxtFeedOptions } from '../../public-feed.ts';
import { createVirtualClock, type VirtualClock } from '../../testing/virtual-clock.ts';

export const NOON = Date.UTC(2026, 2, 1, 12);
export const BTC = { quotes: ['BTC/USDT'] };

/** For a busy machine; what is waited for comes at once. */
export const PATIENCE = { timeout: 8_000, interval: 5 };

export interface Heard {
  readonly events: readonly FeedEvent[];
  quotes(): readonly Quote[];
  /** Starts of the bars that were told of. */
  bars(): readonly number[];
  readonly end: () => void;
}

export interface StreamedFeed {
  readonly feed: CcxtFeed;
  readonly clock: VirtualClock;
  readonly simulator: Simulator;
  /** Paths of the REST requests, oldest first. */
  readonly asked: readonly string[];
  listen(wants: Partial<FeedWants>): Heard;
}

interface Timed {
  readonly clock: VirtualClock;
}

/** Prices move only when the test moves them. */
export async function aStreamedFeed(options: Partial<CcxtFeedOptions> = {}): Promise<StreamedFeed> {
  const clock = createVirtualClock(NOON);
  const simulator = await startSimulator({ market: { kind: 'still', seed: 1 }, now: clock.now });
  onTestFinished(simulator.close);
  const asked: string[] = [];
  const feed = createCcxtFeed({
    venue: 'binanceus',
    clock,
    random: () => 0,
    // ccxt keeps the exchange's own address, by which it also chooses how to read errors.
    fetch: (url, init) => {
      const { pathname, search } = new URL(url);
      asked.push(pathname);
      return fetch(`${simulator.restUrl}${pathname}${search}`, init);
    },
    requestGapMs: 1,
    streamServer: simulator.wsUrl,
    ...options,
  });
  onTestFinished(() => feed.close());
  return { feed, clock, simulator, asked, listen: (wants) => listen(feed, wants) };
}

export function listen(feed: CcxtFeed, wants: Partial<FeedWants>): Heard {
  const events: FeedEvent[] = [];
  const end = feed.subscribe({ quotes: [], bars: [], ...wants }, (event) => events.push(event));
  return {
    events,
    quotes: () => events.flatMap((event) => (event.kind === 'quote' ? [event.quote] : [])),
    bars: () => events.flatMap((event) => (event.kind === 'bar-closed' ? [event.bar[0]] : [])),
    end,
  };
}

/** Moves the clock on by `ms`, and then the price up by less than two dollars; answers with the price. */
export function move({ clock, simulator }: StreamedFeed, ms: number): number {
  clock.advance(ms);
  const price = Math.floor(Number(simulator.control.truth().prices['BTCUSDT'])) + 1;
  simulator.control.movePrice('BTCUSDT', `${price}`);
  return price;
}

/** Moves, and resolves when the new price is told: what arrived before it may make it wait. */
export async function quoted(stage: StreamedFeed, heard: Heard, ms = 250): Promise<void> {
  const price = move(stage, ms);
  await expect
    .poll(() => {
      stage.clock.advance(25);
      return heard.quotes().at(-1)?.bid;
    }, PATIENCE)
    .toBe(price - 0.01);
}

/** Whether order books are being polled, asked soon after a reading: no other timer is set for so long. */
export function isPolling({ clock }: Timed): boolean {
  return clock.waits().some((ms) => ms > 5_000);
}

/** Resolves once the stream has taken over from polling: it begins with a book, whether the price moves or not. */
export async function streaming(stage: Timed, heard: Heard): Promise<void> {
  await expect.poll(() => heard.quotes().length > 0 && !isPolling(stage), PATIENCE).toBe(true);
}
