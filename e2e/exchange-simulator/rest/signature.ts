/** Who asks, and whether the request is as they signed it and fresh. */

import { createHmac } from 'node:crypto';
import { missing, REFUSALS, type Refusal } from '../refusal.ts';

export const API_KEY = 'simulator-key';
export const API_SECRET = 'simulator-secret';

const DEFAULT_WINDOW_MS = 5_000;
const LONGEST_WINDOW_MS = 60_000;
/** A client's clock may be this far ahead, exclusively. */
const AHEAD_MS = 1_000;

export function keyRefusal(key: string | undefined): Refusal | undefined {
  if (key === undefined || !/^[\w-]{1,64}$/.test(key)) return REFUSALS.badKeyFormat;
  return key === API_KEY ? undefined : REFUSALS.unknownKey;
}

/**
 * @param signed - Query and body as they were sent, one after the other, without the signature.
 * @param serverTime - ms UTC, as this exchange believes it to be.
 */
export function signatureRefusal(
  signed: string,
  parameters: ReadonlyMap<string, string>,
  serverTime: number,
): Refusal | undefined {
  const timestamp = Number(parameters.get('timestamp') ?? Number.NaN);
  if (!Number.isFinite(timestamp)) return missing('timestamp');
  const signature = parameters.get('signature');
  if (signature === undefined) return missing('signature');
  const window = Number(parameters.get('recvWindow') ?? DEFAULT_WINDOW_MS);
  if (window > LONGEST_WINDOW_MS) return REFUSALS.windowTooLong;
  const expected = createHmac('sha256', API_SECRET).update(signed).digest('hex');
  if (signature.toLowerCase() !== expected) return REFUSALS.badSignature;
  if (timestamp >= serverTime + AHEAD_MS) return REFUSALS.aheadOfServer;
  return serverTime - timestamp > window ? REFUSALS.outsideWindow : undefined;
}

/** The text that was signed: everything but the signature, in the order in which it was sent. */
export function withoutSignature(text: string): string {
  return text
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('signature='))
    .join('&');
}
