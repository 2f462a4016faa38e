/** What a stop has come to: what was done, what is still to do and why, over every place that it belongs to. */

import type { PlaceReport, StopOrder } from './stop-order.ts';

export interface StopReport {
  /** ms UTC of the latest press. */
  readonly time: number;
  readonly flatten: boolean;
  /** `unknown` where it cannot even be told which places there are. */
  readonly state: 'carried-out' | 'not-yet' | 'unknown';
  /** Sides that are held until they are armed. */
  readonly holds: StopOrder['holds'];
  /** What the person has to know of the stop itself, as a sentence: it is damaged, or not on disk. */
  readonly trouble: string | null;
  readonly places: readonly PlaceReport[];
  /** Orders that were open and are not any more. */
  readonly cancelled: readonly string[];
  /** Orders that should be gone, and of which the exchange has not proven it. */
  readonly notCancelled: readonly string[];
  /** Protective orders that were left in place. */
  readonly kept: readonly string[];
  /** Symbols whose position was sold. */
  readonly sold: readonly string[];
  /** Symbols whose position is still open. */
  readonly notSold: readonly string[];
}

/** @param unlisted why it cannot be told which places there are; `null` where it can */
export function reportOf(
  order: StopOrder,
  places: readonly PlaceReport[],
  trouble: string | null,
  unlisted: string | null,
): StopReport {
  const { pressedAt, flatten, holds, isDamaged } = order;
  const isDone = places.every(({ state }) => state === 'carried-out');
  const troubles = [isDamaged ? DAMAGED : null, unlisted, trouble].filter((each) => each !== null);
  return {
    time: pressedAt,
    flatten,
    state: unlisted !== null ? 'unknown' : isDone ? 'carried-out' : 'not-yet',
    holds,
    trouble: troubles.length === 0 ? null : troubles.join(' '),
    places,
    cancelled: all(places, 'cancelled'),
    notCancelled: all(places, 'notCancelled'),
    kept: all(places, 'kept'),
    sold: all(places, 'sold'),
    notSold: all(places, 'notSold'),
  };
}

const DAMAGED =
  'The file that keeps the stop is damaged: trading stays stopped. If everything was to be sold, press the stop with selling again.';

type List = 'cancelled' | 'notCancelled' | 'kept' | 'sold' | 'notSold';

function all(places: readonly PlaceReport[], list: List): readonly string[] {
  return places.flatMap((place) => place[list]);
}

/** What one more attempt adds to what was known of a place. */
export function joinedReport(before: PlaceReport | undefined, after: PlaceReport): PlaceReport {
  const joined = (list: 'cancelled' | 'sold', open: readonly string[]): string[] =>
    [...new Set([...(before?.[list] ?? []), ...after[list]])].filter(
      (each) => !open.includes(each),
    );
  return {
    ...after,
    cancelled: joined('cancelled', after.notCancelled),
    sold: joined('sold', after.notSold),
  };
}
