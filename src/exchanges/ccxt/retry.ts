/** How a failed read is asked again: later each time, spread at random, and not for ever. */

import { fail } from '../../core/domain/result.ts';
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
}

/** Asks until there is an answer, until asking again cannot help, or until patience ends. */
export async function askPatiently<T>(
  ask: () => Promise<Read<T>>,
  patience: Patience,
): Promise<Read<T>> {
  for (let failures = 0; ;) {
    const pause = patience.pauseMs();
    if (pause > LONGEST_SILENCE_MS) return toldToWait(pause);
    if (pause > 0) await wait(pause, patience);
    if (patience.closing.aborted) return CLOSED;
    const read = await ask();
    if (read.ok || !read.retry) return read;
    failures += 1;
    if (failures === ATTEMPTS) return read;
    await wait(retryDelayMs(failures, patience.random()), patience);
  }
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

function wait(ms: number, { clock, closing }: Patience): Promise<void> {
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
