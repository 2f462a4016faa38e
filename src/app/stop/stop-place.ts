/** A place where something of ours may be open, as a stop sees to it. */

import type { StopBooks } from './stop-books.ts';
import type { PlaceReport, StopOrder, StopSide } from './stop-order.ts';

/** What one attempt came to. */
export type PlaceOutcome = Omit<PlaceReport, 'key' | 'account' | 'venue' | 'time'>;

export interface StopPlace {
  readonly key: string;
  readonly account: StopSide;
  /** As shown to the person. */
  readonly venue: string;
  /** What may be open there. */
  books(): StopBooks;
  /** Tries once. */
  carryOut(order: StopOrder): Promise<PlaceOutcome>;
}

const NOTHING: Omit<PlaceOutcome, 'state' | 'sentence'> = {
  cancelled: [],
  notCancelled: [],
  kept: [],
  sold: [],
  notSold: [],
};

export function carriedOut(sentence: string): PlaceOutcome {
  return { ...NOTHING, state: 'carried-out', sentence };
}

export function notYet(sentence: string): PlaceOutcome {
  return { ...NOTHING, state: 'not-yet', sentence };
}

/** What there is to do by the books, before the place has answered. */
export function knownOpen(place: StopPlace, { flatten }: StopOrder): PlaceOutcome {
  const { openOrders, positions } = place.books();
  return {
    ...notYet(`${place.venue} has not been asked yet.`),
    notCancelled: openOrders
      .filter(({ order }) => flatten || order.purpose === 'entry')
      .map(({ order }) => order.id),
    notSold: flatten
      ? positions.filter(({ amount }) => amount > 0).map(({ instrument }) => instrument.symbol)
      : [],
  };
}
