/** Who asks, whether the request is as they signed it and newer than their last, and what their key may do. */

import { createHash, createHmac } from 'node:crypto';
import { ERRORS, refused, type Refused } from './reply.ts';

export const API_KEY = 'simulator-key';
/** Kraken hands out base64, and signs with the bytes that it stands for. */
export const API_SECRET = Buffer.from('simulator-secret').toString('base64');

/** The names by which GetApiKeyInfo lists them. */
export type Permission =
  | 'query-funds'
  | 'add-funds'
  | 'withdraw-funds'
  | 'earn-funds'
  | 'query-open-trades'
  | 'query-closed-trades'
  | 'modify-trades'
  | 'close-trades'
  | 'query-ledger'
  | 'create-ws-token';

export interface KeyRestrictions {
  readonly permissions: readonly Permission[];
  /** Empty where the key works from anywhere. */
  readonly ipAllowlist: readonly string[];
}

/** A key as a careful person makes it: it trades, and cannot take money out. */
export const CAREFUL_KEY: KeyRestrictions = {
  permissions: [
    'query-funds',
    'query-open-trades',
    'query-closed-trades',
    'modify-trades',
    'close-trades',
    'create-ws-token',
  ],
  ipAllowlist: ['127.0.0.1'],
};

export interface SignedRequest {
  readonly path: string;
  readonly body: string;
  readonly apiKey: string | undefined;
  readonly apiSign: string | undefined;
}

export interface KeyCheck {
  readonly refusal: (request: SignedRequest) => Refused | undefined;
  readonly lastNonce: () => string;
}

export function createKeyCheck(): KeyCheck {
  let last = 0n;
  return {
    refusal: ({ path, body, apiKey, apiSign }) => {
      if (apiKey !== API_KEY) return refused(ERRORS.invalidKey);
      const nonce = new URLSearchParams(body).get('nonce') ?? '';
      if (apiSign !== signatureOf(path, nonce, body)) return refused(ERRORS.invalidSignature);
      if (!/^\d{1,20}$/.test(nonce) || BigInt(nonce) <= last) return refused(ERRORS.invalidNonce);
      last = BigInt(nonce);
      return undefined;
    },
    lastNonce: () => last.toString(),
  };
}

function signatureOf(path: string, nonce: string, body: string): string {
  const hash = createHash('sha256')
    .update(nonce + body)
    .digest();
  return createHmac('sha512', Buffer.from(API_SECRET, 'base64'))
    .update(path)
    .update(hash)
    .digest('base64');
}
