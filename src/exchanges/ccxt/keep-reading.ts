/** A read that goes on until it is cancelled: regularly while it works, ever later while it fails. */

import { MINUTE_MS } from '../../core/domain/timeframe.ts';
import type { FeedEvent } from '../../core/ports/market-feed.ts';
import type { ConnectionWatch } from './connection-watch.ts';
import type { FailedRead, Read } from './feed-errors.ts';
import { ATTEMPTS, LONGEST_SILENCE_MS, retryDelayMs, toldToWait, type Patience } from './retry.ts';

/** What a read found out. */
export interface News {
  readonly events: readonly FeedEvent[];
  /** ms until the next read; it may come sooner. */
  readonly againMs: number;
}

export interface RegularRead {
  /** Names the read in the connection watch. */
  readonly what: string;
  readonly read: () => Promise<Read<News>>;
}

export interface Audience {
  readonly listener: (event: FeedEvent) => void;
  readonly watch: ConnectionWatch;
}

/** Begins at once. The answer ends it; after that nothing is delivered. What a listener throws is nobody's to catch. */
export function keepReading(
  { what, read }: RegularRead,
  patience: Patience,
  { listener, watch }: Audience,
): () => void {
  let ended = patience.closing.aborted;
  let failures = 0;
  let cancelTimer = (): void => undefined;

  const wanted = (): boolean => !ended;

  const comeAgain = (ms: number): void => {
    // A machine that sleeps stops its timers: in short steps it notices the time that has passed.
    cancelTimer = patience.clock.setTimer(Math.min(ms, MINUTE_MS), () => void comeBy());
  };

  const tell = (events: readonly FeedEvent[]): void => {
    for (const event of events) {
      if (!wanted()) return;
      listener(event);
    }
  };

  const failed = (failure: FailedRead): void => {
    failures += 1;
    const longPause = patience.pauseMs() > LONGEST_SILENCE_MS;
    if (!failure.retry || failures >= ATTEMPTS || longPause) {
      watch.fails(what, failure.error.sentence);
    }
    // What is refused now may be allowed later, to another connection say; it is asked rarely.
    const again = failure.retry ? retryDelayMs(failures, patience.random()) : MINUTE_MS;
    if (wanted()) comeAgain(again);
  };

  const keptAway = (ms: number): void => {
    if (ms > LONGEST_SILENCE_MS) watch.fails(what, toldToWait(ms).error.sentence);
    if (wanted()) comeAgain(ms);
  };

  const comeBy = async (): Promise<void> => {
    const pause = patience.pauseMs();
    if (pause > 0) return keptAway(pause);
    const news = await read();
    if (!wanted()) return;
    if (!news.ok) return failed(news);
    failures = 0;
    watch.works(what);
    tell(news.value.events);
    if (wanted()) comeAgain(news.value.againMs);
  };

  const end = (): void => {
    ended = true;
    cancelTimer();
    patience.closing.removeEventListener('abort', end);
  };

  patience.closing.addEventListener('abort', end);
  if (wanted()) void comeBy();
  return end;
}
