/**
 * The fetch that ccxt sends signed requests through. It leaves refusals to ccxt, whose error classes need their bodies;
 * while the exchange wants to be left alone it sends nothing, whoever asks.
 */

import { BadResponse, BaseError, RateLimitExceeded } from 'ccxt';
import {
  boundedFetch,
  isJson,
  unread,
  type BoundedFetchParts,
  type Fetch,
} from '../bounded-fetch.ts';
import { wait, type Patience } from '../retry.ts';

export interface PrivateFetchParts extends BoundedFetchParts {
  readonly patience: Patience;
  /** Told of each request right before it leaves. @throws HeldBack where it must not */
  readonly onLeave: (url: string, init: RequestInit) => void;
  /** Told how long an answer took, ms. */
  readonly onAnswer: (ms: number) => void;
  /** ms that an answer asks for in words. */
  readonly pauseAskedFor: (body: string) => number;
}

/** A pause no longer than this is waited for: a signature is still good after it. */
const SHORT_PAUSE_MS = 2_000;

/** Nothing was sent: the exchange has asked to be left alone for longer than an order may wait. */
export class ToldToWait extends RateLimitExceeded {
  readonly ms: number;

  constructor(ms: number) {
    super(`It asks to be left alone for ${ms} ms.`);
    this.ms = ms;
  }
}

/** Nothing was sent: what it was decided by does not hold any more. */
export class HeldBack extends BaseError {}

export function privateFetch(parts: PrivateFetchParts): Fetch {
  const { pause, now, onAnswer, patience } = parts;
  return async (url, init) => {
    const left = pause.leftMs();
    if (left > SHORT_PAUSE_MS) throw new ToldToWait(left);
    if (left > 0) await wait(left, patience);
    // Given up while it waited its turn: it does not leave.
    if (init.signal?.aborted !== true) parts.onLeave(url, init);
    const sent = now();
    const read = await boundedFetch(parts, url, init);
    onAnswer(now() - sent);
    pause.extend(parts.pauseAskedFor(read.body));
    // ccxt would read a page as an order without an id, or as an account without money.
    if (read.response.status === 200 && !isJson(read.body)) {
      throw new BadResponse('The body is not JSON.');
    }
    return unread(read);
  };
}

/** Sends one request after the other, in the order they were signed: Kraken refuses a nonce below one it has seen. */
export function oneAtATime(fetch: Fetch): Fetch {
  let last: Promise<unknown> = Promise.resolve();
  return (url, init) => {
    const answer = last.then(() => fetch(url, init));
    last = answer.catch(() => undefined);
    return answer;
  };
}
