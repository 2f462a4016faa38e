/** The exits that a bot's own settings attach to a position, where its strategy brings none of that kind. */

import type { Protection } from '../domain/order.ts';

/** Distances are fractions of the entry's price; `null` attaches none. */
export interface AttachedExits {
  readonly stopDistance: number | null;
  readonly targetDistance: number | null;
  readonly trailing: number | null;
  readonly maxHoldMs: number | null;
}

export const NO_ATTACHED_EXITS: AttachedExits = Object.freeze({
  stopDistance: null,
  targetDistance: null,
  trailing: null,
  maxHoldMs: null,
});

/** @param price what the entry is decided at, in quote */
export function attachExits(asked: Protection, exits: AttachedExits, price: number): Protection {
  const { stopDistance, targetDistance } = exits;
  return {
    stop:
      asked.stop ?? (stopDistance === null ? null : { kind: 'distance', fraction: stopDistance }),
    target: asked.target ?? (targetDistance === null ? null : price * (1 + targetDistance)),
    trailing: asked.trailing ?? exits.trailing,
    maxHoldMs: asked.maxHoldMs ?? exits.maxHoldMs,
  };
}
