/** From a passphrase to a key, slowly enough that guessing is dear. */

import { scrypt } from 'node:crypto';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';

/** 128 MiB and some tenths of a second for each guess; OWASP's first recommendation for scrypt. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 2 ** 20 };
const KEY_BYTES = 32;

/** In characters. */
const SHORTEST = 8;

export function checkPassphrase(passphrase: string): Result<null, Failure<'PASSPHRASE_WEAK'>> {
  if (passphrase.normalize('NFC').length >= SHORTEST) return ok(null);
  const sentence = `The passphrase is too short. Choose one of at least ${SHORTEST} characters; several words are best.`;
  return fail('PASSPHRASE_WEAK', sentence);
}

/** On a thread of Node's pool. An accented letter counts the same however the keyboard composed it. */
export function keyFrom(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
