/** What an answer of an exchange means for the order that it is about: a row of the venue's table. */

import type { Refusal } from '../../../../core/domain/refusal.ts';

/**
 * Beside the classes of a refusal, after which nothing was done: `unknown`, it may have been done; `exists`, an earlier
 * sending with this id arrived; `not-found`, there is no such order; `ended`, it ended long ago with nothing traded.
 */
export type ErrorKind = Refusal | 'unknown' | 'exists' | 'not-found' | 'ended';

/** @param venue its name */
export type Sentence = (venue: string) => string;

/** One thing that an answer says: the exchange's code or word, and what stands beside it. */
export interface Said {
  readonly code: string;
  readonly text: string;
}

export interface ErrorRow {
  /** Whole, or with a tail after a colon; `*` stands for any end. */
  readonly codes: readonly string[];
  /** Where the code alone does not say it. */
  readonly text?: RegExp;
  readonly kind: ErrorKind;
  readonly says: Sentence;
  /** The exchange does not always know whether it refused before the order took effect: it is looked up once. */
  readonly isDoubtful?: true;
  /** The pair is not known there. */
  readonly isNoPair?: true;
  /** It was refused for the time that it said: two clocks may differ. */
  readonly isClockOff?: true;
}

/** The table of one exchange. The first row that fits is the meaning; what no row has is unknown. */
export interface ErrorTable {
  /** @param body as it came @returns nothing for an answer that says nothing in the exchange's own words */
  readonly said: (body: string) => readonly Said[];
  readonly rows: readonly ErrorRow[];
  /** By HTTP status, for an answer that no row knows. */
  readonly statuses: Readonly<Record<number, Pick<ErrorRow, 'kind' | 'says'>>>;
}

/** Of an exchange's answer, parsed; `null` for a page. */
export function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    // A page in place of an answer says nothing in the exchange's words.
    return null;
  }
}
