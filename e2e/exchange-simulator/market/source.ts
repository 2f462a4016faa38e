/** Where a market's prices come from: what there was before the start, and what comes after it. */

import type { Units } from '../decimal.ts';
import type { Bar } from './bars.ts';

export interface Move {
  /** ms UTC. */
  readonly time: number;
  readonly price: Units;
  /** In the base currency. */
  readonly quantity: Units;
}

export interface PriceSource {
  /** The price before the first move. */
  readonly startPrice: Units;
  /** ms UTC of the oldest bar that there is. */
  readonly earliest: number;
  /** The minute of the past that begins at this time, if anything was traded in it. */
  readonly pastMinute: (start: number) => Bar | undefined;
  /** When the price moves next; `undefined` if never again. */
  readonly nextTime: () => number | undefined;
  /** That move; a walk goes on from `last`, wherever the price was put. */
  readonly next: (last: Units) => Move;
}
