/**
 * The fetch that ccxt asks for prices through. What an answer means does not depend on the exchange's error table, and
 * a success that is not JSON, which ccxt would read as an empty list, is none.
 */

import { BadResponse, RateLimitExceeded, RestrictedLocation } from 'ccxt';
import {
  BANNED,
  boundedFetch,
  isJson,
  TOO_MANY_REQUESTS,
  unread,
  type BoundedFetchParts,
  type Fetch,
} from './bounded-fetch.ts';

export type { Fetch };

const UNAVAILABLE_FOR_LEGAL_REASONS = 451;

export function publicFetch(parts: BoundedFetchParts): Fetch {
  return async (url, init) => {
    const read = await boundedFetch(parts, url, init);
    refuse(read.response.status, read.body);
    return unread(read);
  };
}

/** ccxt passes its own errors through. */
function refuse(status: number, body: string): void {
  if (status === TOO_MANY_REQUESTS || status === BANNED)
    throw new RateLimitExceeded(`HTTP ${status}`);
  if (status === UNAVAILABLE_FOR_LEGAL_REASONS) throw new RestrictedLocation(`HTTP ${status}`);
  if (status === 200 && !isJson(body)) throw new BadResponse('The body is not JSON.');
}
