/** An exchange's key and secret: what is accepted of a person's input, how they are kept, and how much is shown. */

import { z } from 'zod';
import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import { readKept } from './kept-json.ts';
import { pemOf } from './pem.ts';

export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
}

export type KeyFailure = Failure<'KEY_INVALID'>;

/** Long enough for an RSA key of 4096 bits. */
const LONGEST = 4_096;

/** Trimmed, and a private key in its usual lines; what no exchange hands out is refused. */
export function checkCredentials({ apiKey, secret }: Credentials): Result<Credentials, KeyFailure> {
  const key = apiKey.trim();
  const keyProblem = problemOf(key);
  if (keyProblem !== null) return invalid('API key', keyProblem);
  const trimmed = secret.trim();
  if (trimmed.startsWith('-----BEGIN')) {
    const pem = trimmed.length > LONGEST ? null : pemOf(trimmed);
    if (pem === null) return invalid('API secret', 'is a private key that is not whole');
    return ok({ apiKey: key, secret: pem });
  }
  const secretProblem = problemOf(trimmed);
  return secretProblem === null
    ? ok({ apiKey: key, secret: trimmed })
    : invalid('API secret', secretProblem);
}

function problemOf(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (/[\r\n]/.test(text)) return 'has a line break in it';
  return /[\s\p{Cc}]/u.test(text) ? 'has a space or another character in it that no key has' : null;
}

function invalid(
  name: 'API key' | 'API secret',
  problem: string,
): { readonly ok: false; readonly error: KeyFailure } {
  return fail('KEY_INVALID', `The ${name} ${problem}. Copy it again from the exchange, whole.`);
}

const Kept = z.strictObject({ apiKey: z.string().min(1), secret: z.string().min(1) });

/** One text for both, so that a key is never kept with another's secret. */
export const keptText = ({ apiKey, secret }: Credentials): string =>
  JSON.stringify({ apiKey, secret });

/** Null where the text is none of ours. */
export const fromKeptText = (text: string): Credentials | null => readKept(text, Kept);

/** At most an eighth of the key at each end, and four characters: enough to tell two of one's own keys apart. */
export function masked(apiKey: string): string {
  const shown = Math.min(4, Math.floor(apiKey.length / 8));
  return `${apiKey.slice(0, shown)}…${apiKey.slice(apiKey.length - shown)}`;
}
