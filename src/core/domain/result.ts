/** Expected failures as values: what went wrong has a code, and a sentence a person can act on. */

/** A failure that was foreseen. `sentence` says what happened, where, and what to do; it never holds a secret or a stack. */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly sentence: string;
}

export type Result<T, F extends Failure = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: F };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<Code extends string>(
  code: Code,
  sentence: string,
): { readonly ok: false; readonly error: Failure<Code> } {
  return { ok: false, error: { code, sentence } };
}
