/** How a failed read is asked again: later each time, spread at random, and not for ever. */

import type { FeedFailure } from '../../core/ports/market-feed.ts';
import { fail, type Failure, type Result } from '../../core/domain/result.ts';
import type { FailedRead, Read } from './feed-errors.ts';
import type { FeedClock } from './feed-clock.ts';

/** Reads that fail in a row before a person is told. */
export const ATTEMPTS = 4;
/** A person is not kept waiting for an answer, nor left without news, for longer than this. */
export const LONGEST_SILENCE_MS = 30_000;

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * ms to wait after `failures` reads in a row have failed: doubling, bounded, between half the step and the whole of it.
 * @param random - From 0 inclusive to 1 exclusive.
 */
export function retryDelayMs(failures: number, random: number): number {
  const step = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  return step / 2 + (step / 2) * random;
}

export interface Patience {
  readonly clock: FeedClock;
  readonly random: () => number;
  /** ms that the exchange still wants to be left alone. */
  readonly pauseMs: () => number;
  readonly closing: AbortSignal;
  /** No attempt begins later than so many ms after the first; `LONGEST_SILENCE_MS` by default. */
  readonly longestMs?: number;
}

/** The answer of one attempt. `retry` says that asking again may help. */
export type Attempt<T, F extends Failure> = Result<T, F> & { readonly retry?: boolean };

/** What is said in place of an attempt that is not made. */
export interface Unasked<F extends Failure> {
  readonly closed: Result<never, F>;
  /** @param ms that the exchange still wants to be left alone */
  readonly toldToWait: (ms: number) => Result<never, F>;
}

/**
 * Asks until there is an answer, until asking again cannot help, or until patience ends: after four attempts, or where
 * the next one would begin too late.
 */
export async function askAgain<T, F extends Failure>(
  ask: () => Promise<Attempt<T, F>>,
  patience: Patience,
  { closed, toldToWait: told }: Unasked<F>,
): Promise<Attempt<T, F>> {
  const { clock, pauseMs, closing, random } = patience;
  const end = clock.now() + (patience.longestMs ?? LONGEST_SILENCE_MS);
  const isTooLong = (ms: number): boolean => clock.now() + ms > end;
  for (let failures = 0; ;) {
    const pause = pauseMs();
    if (isTooLong(pause)) return told(pause);
    if (pause > 0) await wait(pause, patience);
    if (closing.aborted) return closed;
    const read = await ask();
    if (read.ok || read.retry !== true) return read;
    failures += 1;
    const delay = retryDelayMs(failures, random());
    if (failures === ATTEMPTS || isTooLong(delay)) return read;
    await wait(delay, patience);
  }
}

/** Asks for public prices so. */
export async function askPatiently<T>(
  ask: () => Promise<Read<T>>,
  patience: Patience,
): Promise<Result<T, FeedFailure>> {
  return askAgain<T, FeedFailure>(ask, patience, { closed: CLOSED, toldToWait });
}

const CLOSED: FailedRead = {
  ...fail('FEED_UNAVAILABLE', 'The price feed is closed; open it again to read prices.'),
  retry: false,
};

/** In place of a read that may not be made for another `ms`. */
export function toldToWait(ms: number): FailedRead {
  const seconds = Math.ceil(ms / 1_000);
  const sentence = `The exchange says it was asked too often; ask again in ${seconds} seconds.`;
  return { ...fail('FEED_UNAVAILABLE', sentence), retry: false };
}

/** Resolves after `ms`, or at the end of patience. */
export function wait(ms: number, { clock, closing }: Patience): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.setTimer(ms, resolve);
  const end = (): void => {
    cancel();
    resolve();
  };
  closing.addEventListener('abort', end, { once: true });
  if (closing.aborted) end();
  return promise.finally(() => closing.removeEventListener('abort', end));
}
