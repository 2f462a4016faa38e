/** A stream of one order book that is kept up: watched for silence, and dialled again ever later while it fails. */

import { MINUTE_MS } from '../../../core/domain/timeframe.ts';
import type { FeedClock } from '../feed-clock.ts';
import { retryDelayMs, type Patience } from '../retry.ts';
import type { BookUpdate } from './quote-gate.ts';

export interface StreamEar {
  update(update: BookUpdate): void;
  ended(): void;
}

/** Opens a connection. The answer hangs up; after that, and after `ended`, the ear hears nothing more of it. */
export type Dial = (ear: StreamEar) => () => void;

export interface KeptStreamParts {
  readonly dial: Dial;
  readonly patience: Patience;
  /** A new connection is opened. */
  readonly dialled: () => void;
  /** Answers whether it was news: a stream without any is as good as silent. */
  readonly update: (update: BookUpdate) => boolean;
  /** Told at each end of a connection, and when one goes silent. */
  readonly down: () => void;
}

/** A stream whose clock stands still for this long counts as down. */
const SILENCE_MS = 15_000;
/** The watch looks this often, so that it soon notices a machine that slept. */
const LOOK_MS = 5_000;
/** A connection that has lived this long was no failure: the next one is dialled soon after it. */
const STEADY_MS = MINUTE_MS;

/** Begins at once; the answer ends it. */
export function keepStream({ dial, patience, ...told }: KeptStreamParts): () => void {
  const { clock } = patience;
  let failures = 0;
  let hangUp = (): void => undefined;
  let cancelTimer = (): void => undefined;

  const down = (): void => {
    hangUp();
    cancelTimer();
    failures += 1;
    cancelTimer = clock.setTimer(retryDelayMs(failures, patience.random()), open);
    told.down();
  };

  const open = (): void => {
    const pause = patience.pauseMs();
    if (pause > 0) {
      cancelTimer = clock.setTimer(Math.min(pause, MINUTE_MS), open);
      return;
    }
    told.dialled();
    const begun = clock.now();
    const silence = watchSilence(clock, down);
    cancelTimer = silence.cancel;
    let latest = -Infinity;
    const update = (news: BookUpdate): void => {
      const { time } = news.quote;
      if (!told.update(news) || time <= latest) return;
      latest = time;
      silence.heard();
      if (clock.now() - begun >= STEADY_MS) failures = 0;
    };
    hangUp = dial({ update, ended: down });
  };

  open();
  return () => {
    hangUp();
    cancelTimer();
  };
}

function watchSilence(
  clock: FeedClock,
  silent: () => void,
): { readonly heard: () => void; readonly cancel: () => void } {
  let heard = clock.now();
  let cancelTimer = (): void => undefined;
  const lookLater = (): void => {
    // A clock that was set back must not make the silence longer.
    heard = Math.min(heard, clock.now());
    const left = heard + SILENCE_MS - clock.now();
    if (left <= 0) return silent();
    cancelTimer = clock.setTimer(Math.min(left, LOOK_MS), lookLater);
  };
  lookLater();
  return {
    heard: () => {
      heard = clock.now();
    },
    cancel: () => cancelTimer(),
  };
}
