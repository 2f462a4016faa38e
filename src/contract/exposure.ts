/** What is open with real money: where, since when that is known, whether it is guarded and watched, and what to do. */

import { z } from 'zod';
import { GUARD_PLACES } from '../core/domain/bot-status.ts';
import { ORDER_STATES } from '../core/domain/order-state.ts';
import { call, stream } from './define.ts';
import { id, nothing, symbol, timestamp } from './shared-schemas.ts';

const openPosition = z.strictObject({
  botId: id,
  symbol,
  /** In base. */
  amount: z.number(),
  /** Average, in quote. */
  entryPrice: z.number(),
  /** In quote; `null` where there is none. */
  stop: z.number().nullable(),
  /** Where the books have the stop. */
  guardPlace: z.enum(GUARD_PLACES),
  /** Whether something ends it at its stop as things stand: at the exchange, or by a CryptoPiggy that watches. */
  isGuarded: z.boolean(),
  /** By what, or why not: as the rest of a sentence that begins with the position. */
  guard: z.string(),
});

const openOrder = z.strictObject({
  id,
  symbol,
  side: z.enum(['buy', 'sell']),
  type: z.enum(['market', 'limit', 'stop-loss', 'take-profit']),
  state: z.enum(ORDER_STATES),
  /** Limit or trigger, in quote. */
  price: z.number().nullable(),
});

/**
 * The one thing for the person to do now. `wait`: it is being connected or carried out, by itself · `unlock` the keys ·
 * `key`: save one that works · `choose` the exchange that it is on · `simulator`: start without one · `start` CryptoPiggy
 * · `restart` it · `arm`: trading is stopped, and what is open is kept · `look`: at the exchange, or at a position in
 * doubt · `seen`: look at the exchange, and say so · `none`.
 */
const TODO_KINDS = [
  'none',
  'wait',
  'unlock',
  'key',
  'choose',
  'simulator',
  'start',
  'restart',
  'arm',
  'look',
  'seen',
] as const;

const todo = z.strictObject({
  kind: z.enum(TODO_KINDS),
  /** Empty where there is nothing to do. */
  sentence: z.string(),
});

/** How far the emergency stop is at a place. */
const stopThere = z.strictObject({
  state: z.enum(['carried-out', 'not-yet']),
  /** Whether what is open there is to be sold. */
  flatten: z.boolean(),
  /** What is waited for, or what was proven. */
  sentence: z.string(),
  /** Ids of orders that should be gone, and symbols that should be sold. */
  notCancelled: z.array(id),
  notSold: z.array(symbol),
});

const exposedPlace = z.strictObject({
  venueId: z.string(),
  /** As shown to the person. */
  venue: z.string(),
  /** What is to be read first, as a sentence. */
  title: z.string(),
  /** A simulator stands in for the exchange: what is open there is nobody's money. */
  isRehearsal: z.boolean(),
  /** Of what is said here, ms UTC. */
  asOf: timestamp,
  /** Whether a CryptoPiggy sees its prices and acts on them now. */
  isWatched: z.boolean(),
  /** What watches it, or why nobody does, as a sentence. */
  watch: z.string(),
  /** Every position of it. */
  isGuarded: z.boolean(),
  positions: z.array(openPosition),
  orders: z.array(openOrder),
  /** `null` while no stop is in force there. */
  stop: stopThere.nullable(),
  todo,
});

export const exposure = z.strictObject({
  /** `unknown` where the books cannot be read or were lost: something may be open then, and has to be taken for open. */
  state: z.enum(['nothing', 'open', 'unknown']),
  /** Why it is not known, as a sentence; `null` where it is. */
  unknown: z.string().nullable(),
  places: z.array(exposedPlace),
  /** For what is not known; for what is open, see its place. */
  todo,
});

export const exposureControl = {
  'trading.exposure': call(nothing, exposure),
} as const;

export const exposureContract = {
  /** The exposure now, and again whenever something of it has changed. */
  'trading.watch-exposure': stream(nothing, exposure, 'latest'),
  /** The person has looked at the exchange after books were lost: it is not said any more. */
  'trading.lost-books-seen': call(nothing, nothing),
} as const;

export type Exposure = z.infer<typeof exposure>;
export type ExposedPlace = Exposure['places'][number];
export type ExposedPosition = ExposedPlace['positions'][number];
export type ExposedOrder = ExposedPlace['orders'][number];
export type ExposureTodo = Exposure['todo'];
export type ExposedStop = NonNullable<ExposedPlace['stop']>;
