/** Looks into the kept books of an account that is not open: not at each price, and not while a disk does not answer. */

import { fail, ok, type Failure, type Result } from '../../core/domain/result.ts';
import type { KeptAccount, TradingStore } from '../storage/trading-store.ts';

export type Looked = Result<KeptAccount | null, Failure<'BOOKS_UNREADABLE'>>;

/** Nobody else writes them while this process has the profile. */
const GOOD_FOR_MS = 5_000;

/** A database that is held makes whoever reads it wait for seconds. */
const BAD_FOR_MS = 15_000;

export class KeptLook {
  readonly #store: Pick<TradingStore, 'current'>;
  readonly #now: () => number;
  #last: { readonly looked: Looked; readonly at: number } | null = null;

  constructor(store: Pick<TradingStore, 'current'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  look(): Looked {
    const now = this.#now();
    const last = this.#last;
    const goodFor = last?.looked.ok === false ? BAD_FOR_MS : GOOD_FOR_MS;
    if (last !== null && now >= last.at && now - last.at < goodFor) return last.looked;
    const looked = this.#read();
    this.#last = { looked, at: this.#now() };
    return looked;
  }

  /** What was kept has changed. */
  forget(): void {
    this.#last = null;
  }

  #read(): Looked {
    try {
      return ok(this.#store.current());
    } catch (error) {
      return fail('BOOKS_UNREADABLE', error instanceof Error ? error.message : String(error));
    }
  }
}
