/**
 * The fetch that ccxt asks through. It sees what ccxt's answers no longer show: how long to wait, a body that hangs
 * after its headers, and a success that is not JSON, which ccxt would read as an empty list.
 */

import { BadResponse, RateLimitExceeded, RestrictedLocation } from 'ccxt';
import { retryAfterMs, type RatePause } from './rate-pause.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface PublicFetchParts {
  readonly fetch: Fetch;
  readonly pause: RatePause;
  /** Ends every request when the feed is closed. */
  readonly closing: AbortSignal;
  readonly now: () => number;
}

const TOO_MANY_REQUESTS = 429;
/** Binance's answer to an address that goes on after 429. */
const BANNED = 418;
const UNAVAILABLE_FOR_LEGAL_REASONS = 451;
const UNAVAILABLE = 503;

export function publicFetch({ fetch, pause, closing, now }: PublicFetchParts): Fetch {
  return async (url, init) => {
    using ending = endingWith([closing, ...(init.signal ? [init.signal] : [])]);
    const response = await fetch(url, { ...init, signal: ending.signal, redirect: 'error' });
    // ccxt's timeout ends with the headers; reading the body in here keeps it under the same one.
    const body = await response.text();
    if ([TOO_MANY_REQUESTS, BANNED, UNAVAILABLE].includes(response.status)) {
      pause.extend(retryAfterMs(response.headers.get('retry-after'), now()));
    }
    refuse(response.status, body);
    return new Response(body === '' ? null : body, response);
  };
}

/** Aborts with the first of `signals`. `AbortSignal.any` would keep 1 kB for each request as long as the feed lives. */
function endingWith(
  signals: readonly AbortSignal[],
): Disposable & { readonly signal: AbortSignal } {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of signals) signal.addEventListener('abort', end);
  if (signals.some(({ aborted }) => aborted)) end();
  return {
    signal: ending.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) signal.removeEventListener('abort', end);
    },
  };
}

/** ccxt passes its own errors through, so that what these answers mean does not depend on the exchange's table. */
function refuse(status: number, body: string): void {
  if (status === TOO_MANY_REQUESTS || status === BANNED)
    throw new RateLimitExceeded(`HTTP ${status}`);
  if (status === UNAVAILABLE_FOR_LEGAL_REASONS) throw new RestrictedLocation(`HTTP ${status}`);
  if (status === 200 && !isJson(body)) throw new BadResponse('The body is not JSON.');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
