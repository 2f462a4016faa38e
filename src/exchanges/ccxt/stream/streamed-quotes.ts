/** The quotes of one pair: by stream while it delivers, by polling while it does not. */

import type { FeedEvent, Quote } from '../../../core/ports/market-feed.ts';
import { keepReading, type Audience, type RegularRead } from '../keep-reading.ts';
import type { Patience } from '../retry.ts';
import { keepStream, type Dial } from './kept-stream.ts';
import { createQuoteGate, WORST_TIME_MS, type BookUpdate } from './quote-gate.ts';
import { thinned } from './thinning.ts';

export interface QuoteSources {
  readonly dial: Dial;
  /** Reads the order book regularly. */
  readonly poll: RegularRead;
  /** ms UTC by the exchange's clock. */
  readonly exchangeNow: () => number;
  /** A stream that tells nothing for this long, ms, because nothing moves, is read too; `null` never. */
  readonly quietMs: number | null;
}

/** Four quotes a second are more than a strategy on bars or a person at a window can use. */
const TOLD_EVERY_MS = 250;

/** Begins at once; the answer ends it. The connection counts as lost only while polling fails too. */
export function keepQuoting(
  { dial, poll, exchangeNow, quietMs }: QuoteSources,
  patience: Patience,
  audience: Audience,
): () => void {
  // A listener may end us while it is being told.
  let ended = patience.closing.aborted;
  const wanted = (): boolean => !ended;
  if (ended) return () => undefined;
  const tell = inOrder((event) => {
    if (wanted()) audience.listener(event);
  });
  const thin = thinned(patience.clock, TOLD_EVERY_MS, (quote: Quote) =>
    tell({ kind: 'quote', quote }),
  );
  const polling = switchable(() => keepReading(poll, patience, { ...audience, listener: tell }));
  const gate = createQuoteGate(exchangeNow);

  let callOffQuiet = (): void => undefined;
  /** A price that still holds is told again: whoever acts by it must know that it does. */
  const readWhenQuiet = (): void => {
    callOffQuiet();
    if (quietMs !== null) callOffQuiet = patience.clock.setTimer(quietMs, () => polling.on());
  };

  const update = (news: BookUpdate): boolean => {
    if (!gate.admits(news)) return false;
    readWhenQuiet();
    if (polling.off()) audience.watch.works(poll.what);
    if (wanted()) thin.give(news.quote);
    return true;
  };

  const down = (): void => {
    callOffQuiet();
    // What waits is told first: it is older than what is read now.
    thin.flush();
    if (wanted()) polling.on();
  };

  polling.on();
  const endStream = keepStream({ dial, patience, dialled: gate.redialled, update, down });
  const end = (): void => {
    ended = true;
    patience.closing.removeEventListener('abort', end);
    callOffQuiet();
    endStream();
    polling.off();
    thin.drop();
  };
  patience.closing.addEventListener('abort', end);
  return end;
}

/** A book that is read is timed by us, a streamed one by the exchange: changing over must not lead back in time. */
function inOrder(listener: (event: FeedEvent) => void): (event: FeedEvent) => void {
  let latest = -Infinity;
  return (event) => {
    if (event.kind !== 'quote') return listener(event);
    const { time } = event.quote;
    // Further back than two readings of a clock can differ, the clock was set right.
    latest = latest - time > WORST_TIME_MS ? time : Math.max(latest, time);
    listener({ kind: 'quote', quote: { ...event.quote, time: latest } });
  };
}

interface Switch {
  on(): void;
  /** Whether it was on. */
  off(): boolean;
}

function switchable(begin: () => () => void): Switch {
  let end: (() => void) | null = null;
  return {
    on: () => {
      end ??= begin();
    },
    off: () => {
      const wasOn = end !== null;
      end?.();
      end = null;
      return wasOn;
    },
  };
}
