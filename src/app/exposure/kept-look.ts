/** Looks into what is kept on disk: not at each price, and not while a disk does not answer. */

import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';

export type Looked<T> = Result<T, Failure<'BOOKS_UNREADABLE'>>;

/** Nobody else writes it while this process has the profile. */
const GOOD_FOR_MS = 5_000;

/** A database that is held makes whoever reads it wait for seconds. */
const BAD_FOR_MS = 15_000;

export class KeptLook<T> {
  readonly #read: () => T;
  readonly #now: () => number;
  #last: { readonly looked: Looked<T>; readonly at: number } | null = null;

  constructor(read: () => T, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** Never throws. */
  look(): Looked<T> {
    const now = this.#now();
    const last = this.#last;
    const goodFor = last?.looked.ok === false ? BAD_FOR_MS : GOOD_FOR_MS;
    // A clock that was set back says nothing of how old that is.
    if (last !== null && now >= last.at && now - last.at < goodFor) return last.looked;
    const looked = this.#tried();
    this.#last = { looked, at: this.#now() };
    return looked;
  }

  /** What was kept has changed. */
  forget(): void {
    this.#last = null;
  }

  #tried(): Looked<T> {
    try {
      return ok(this.#read());
    } catch (error) {
      return fail('BOOKS_UNREADABLE', error instanceof Error ? error.message : String(error));
    }
  }
}
