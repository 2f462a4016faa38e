/** A key in the environment: for servers and scripts, read where nothing else keeps one. */

import { fail, ok, type Result } from '../../core/domain/result.ts';
import { checkCredentials, type Credentials, type KeyFailure } from './credentials.ts';

const KEY = 'EXCHANGE_API_KEY';
const SECRET = 'EXCHANGE_API_SECRET';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The pair, whichever exchange it is for, or null where neither variable is set; an empty one counts as not set. */
export function fromEnvironment(environment: Environment): Result<Credentials | null, KeyFailure> {
  const apiKey = environment[KEY]?.trim() ?? '';
  const secret = environment[SECRET]?.trim() ?? '';
  if (apiKey === '' && secret === '') return ok(null);
  if (apiKey === '') return incomplete(SECRET, KEY);
  if (secret === '') return incomplete(KEY, SECRET);
  const checked = checkCredentials({ apiKey, secret });
  if (checked.ok) return checked;
  const sentence = `In the environment (${KEY}, ${SECRET}): ${checked.error.sentence}`;
  return fail(checked.error.code, sentence);
}

function incomplete(set: string, missing: string): ReturnType<typeof fail<'KEY_INVALID'>> {
  const sentence = `${set} is set in the environment, but ${missing} is not. Set both, or neither.`;
  return fail('KEY_INVALID', sentence);
}

/** Whether either variable still holds something. */
export const isInEnvironment = (environment: Environment): boolean =>
  [KEY, SECRET].some((name) => (environment[name]?.trim() ?? '') !== '');
