/** The emergency stop as it is told: what was done, what is still to do, and why. */

import { z } from 'zod';
import { id, symbol, timestamp } from './shared-schemas.ts';

const stopLists = {
  /** Ids of orders that were open and are not any more. */
  cancelled: z.array(id),
  /** Ids of orders that should be gone, and of which the exchange has not proven it. */
  notCancelled: z.array(id),
  /** Ids of protective orders that were left in place. */
  kept: z.array(id),
  /** Symbols whose position was sold, and whose position is still open. */
  sold: z.array(symbol),
  notSold: z.array(symbol),
};

const tradingSide = z.enum(['paper', 'live']);

/** How far the emergency stop is: what was done, what is still to do, and why. */
export const stopReport = z.strictObject({
  /** ms UTC of the latest press. */
  time: timestamp,
  flatten: z.boolean(),
  /** `unknown` where it cannot even be told what is open. */
  state: z.enum(['carried-out', 'not-yet', 'unknown']),
  /** Sides that are held until they are armed. */
  holds: z.array(tradingSide),
  /** What is wrong with the stop itself, as a sentence. */
  trouble: z.string().nullable(),
  places: z.array(
    z.strictObject({
      key: z.string(),
      account: tradingSide,
      /** By name. */
      venue: z.string(),
      state: z.enum(['carried-out', 'not-yet']),
      /** What is waited for, or what was proven. */
      sentence: z.string(),
      /** ms UTC of what is said here. */
      time: timestamp,
      ...stopLists,
    }),
  ),
  ...stopLists,
});

export type StopReportWire = z.infer<typeof stopReport>;
