/** The states in the life of an order that the risk gate let through. */

/**
 * A draft that the gate denies never becomes a record; one that it approves begins as `submitting`, on disk before it
 * is on the wire. `unknown`: it was sent and nobody answered; the exchange has to tell before anything else is done.
 */
export const ORDER_STATES = [
  'submitting',
  'unknown',
  'accepted',
  'partially-filled',
  'filled',
  'cancelled',
  'expired',
  'rejected',
] as const;

export type OrderState = (typeof ORDER_STATES)[number];
