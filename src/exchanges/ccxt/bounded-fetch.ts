/**
 * A fetch whose body is under the same timeout as its headers, which ends when its owner closes, and which notes how
 * long the exchange wants to be left alone: all of it gone from what ccxt shows.
 */

import { retryAfterMs, type RatePause } from './rate-pause.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface BoundedFetchParts {
  readonly fetch: Fetch;
  readonly pause: RatePause;
  /** Ends every request when it is aborted. */
  readonly closing: AbortSignal;
  readonly now: () => number;
}

export interface ReadResponse {
  readonly response: Response;
  readonly body: string;
}

export const TOO_MANY_REQUESTS = 429;
/** Binance's answer to an address that goes on after 429. */
export const BANNED = 418;
const UNAVAILABLE = 503;

/** @throws where there is no whole answer, as the fetch below does */
export async function boundedFetch(
  { fetch, pause, closing, now }: BoundedFetchParts,
  url: string,
  init: RequestInit,
): Promise<ReadResponse> {
  using ending = endingWith([closing, ...(init.signal ? [init.signal] : [])]);
  const response = await fetch(url, { ...init, signal: ending.signal, redirect: 'error' });
  // ccxt's timeout ends with the headers; reading the body in here keeps it under the same one.
  const body = await response.text();
  if ([TOO_MANY_REQUESTS, BANNED, UNAVAILABLE].includes(response.status)) {
    pause.extend(retryAfterMs(response.headers.get('retry-after'), now()));
  }
  return { response, body };
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

/** What was read, for ccxt to read again. */
export function unread({ response, body }: ReadResponse): Response {
  return new Response(body === '' ? null : body, response);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
