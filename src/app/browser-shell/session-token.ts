/** The random token of one run of the browser shell: whoever has it is the person who started it. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;

/** Base64url, so that it may stand in an address and in a subprotocol's name. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Takes the same time whatever was offered, its length included: both are hashed first. */
export function isSameToken(expected: string, offered: string | null): boolean {
  if (offered === null) return false;
  return timingSafeEqual(sha256(expected), sha256(offered));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
