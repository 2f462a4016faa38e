/** Public prices behind the contract: a ticker that is asked a few times, and the bars of a chart. */

import type { marketContract, MarketBars, MarketTick } from '../../contract/market.ts';
import type { ContractError } from '../../contract/errors.ts';
import type { Handlers, Sink } from '../../contract/rpc/handlers.ts';
import { candlesFromRows, type CandleRow } from '../../core/domain/candles.ts';
import { timeframeMs, type Timeframe } from '../../core/domain/timeframe.ts';
import type { FeedEvent, FeedFailure, Quote } from '../../core/ports/market-feed.ts';
import type { Clock } from '../trading/clock.ts';
import type { OpenFeed } from '../trading/trading-side.ts';
import { strategyLines, type NamedStrategy } from './strategy-lines.ts';

export interface MarketOptions {
  readonly openFeed: (venue: string) => Promise<OpenFeed | null>;
  readonly clock: Clock;
  readonly reportFault: (error: unknown) => void;
}

type PollInput = Parameters<Handlers<typeof marketContract>['market.poll']>[0];
type BarsInput = Parameters<Handlers<typeof marketContract>['market.bars']>[0];

/** How long a first price is waited for, ms. */
const FIRST_PRICE_MS = 20_000;

export function marketHandlers(options: MarketOptions): Handlers<typeof marketContract> {
  return {
    'market.poll': (input, sink) =>
      overFeed(options, input.venue, sink, (feed) => poll(feed, input, options.clock, sink)),
    'market.bars': (input, sink) =>
      overFeed(options, input.venue, sink, (feed, isEnded) =>
        showBars(feed, input, options, { sink, isEnded }),
      ),
  };
}

/** Opens a feed for one stream and closes it with the stream. @param begin answers with what ends it */
function overFeed<T>(
  { openFeed, reportFault }: MarketOptions,
  venue: string,
  sink: Sink<T>,
  begin: (feed: OpenFeed, isEnded: () => boolean) => () => void,
): () => void {
  let end: () => void = () => {};
  let isEnded = false;
  const open = async (): Promise<void> => {
    const feed = await openFeed(venue);
    if (feed === null) return sink.end(unavailable(`There are no prices of "${venue}".`));
    if (isEnded) return feed.close();
    const finish = begin(feed, () => isEnded);
    end = () => {
      finish();
      feed.close();
    };
  };
  open().catch((error: unknown) => {
    reportFault(error);
    sink.end(unavailable('The prices could not be opened. Try again.'));
  });
  return () => {
    isEnded = true;
    end();
  };
}

/** Tells the latest price at each turn; the first one as soon as it comes. */
function poll(
  feed: OpenFeed,
  { symbol, everySeconds, times }: PollInput,
  clock: Clock,
  sink: Sink<MarketTick>,
): () => void {
  let latest: Quote | null = null;
  let count = 0;
  let reason = 'No price came.';
  let callOff = clock.setTimer(FIRST_PRICE_MS, () => sink.end(unavailable(reason)));

  const tell = (): void => {
    if (latest === null) return;
    const { bid, ask } = latest;
    count += 1;
    sink.push({ time: clock.now(), bid, ask, count });
    if (count >= times) return sink.end(null);
    callOff = clock.setTimer(everySeconds * 1_000, tell);
  };
  const hear = (event: FeedEvent): void => {
    if (event.kind === 'connection' && !event.up) reason = event.sentence;
    if (event.kind !== 'quote') return;
    const isFirst = latest === null;
    latest = event.quote;
    if (!isFirst) return;
    callOff();
    tell();
  };
  const unsubscribe = feed.subscribe({ quotes: [symbol], bars: [] }, hear);
  return () => {
    callOff();
    unsubscribe();
  };
}

interface Audience {
  readonly sink: Sink<MarketBars>;
  readonly isEnded: () => boolean;
}

/** Reads the last bars, and adds each that closes. */
function showBars(
  feed: OpenFeed,
  { symbol, timeframe, count, strategy }: BarsInput,
  { clock, reportFault }: MarketOptions,
  { sink, isEnded }: Audience,
): () => void {
  let rows: readonly CandleRow[] = [];
  const keep = (more: readonly CandleRow[]): void => {
    const last = rows.at(-1)?.[0] ?? -Infinity;
    rows = [...rows, ...more.filter(([time]) => time > last)].slice(-count);
    sink.push(columnsOf(rows, strategy));
  };
  const unsubscribe = feed.subscribe({ quotes: [], bars: [{ symbol, timeframe }] }, (event) => {
    // What closes before the history has come is part of it.
    if (event.kind === 'bar-closed' && rows.length > 0) keep([event.bar]);
  });
  readLast(feed, symbol, { timeframe, count, now: clock.now() })
    .then((read) => {
      if (isEnded()) return;
      if (read.ok) keep(read.value);
      else sink.end(refusal(read.error));
    })
    .catch(reportFault);
  return unsubscribe;
}

function readLast(
  feed: OpenFeed,
  symbol: string,
  { timeframe, count, now }: { timeframe: Timeframe; count: number; now: number },
): ReturnType<OpenFeed['closedBars']> {
  const length = timeframeMs(timeframe);
  const end = Math.floor(now / length) * length;
  return feed.closedBars(symbol, timeframe, end - count * length, end);
}

function columnsOf(rows: readonly CandleRow[], strategy: NamedStrategy | null): MarketBars {
  const candles = candlesFromRows(rows);
  const { time, open, high, low, close, volume } = candles;
  const lines = strategy === null ? [] : strategyLines(strategy, candles);
  return { time, open, high, low, close, volume, lines };
}

function refusal({ sentence }: FeedFailure): ContractError {
  return unavailable(sentence);
}

function unavailable(sentence: string): ContractError {
  return { code: 'FEED_UNAVAILABLE', sentence };
}
