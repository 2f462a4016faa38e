/** What a REST route is: who may ask, what it costs, and what it answers. */

import type { Exchange } from '../exchange.ts';
import type { KeyRestrictions } from './key-restrictions.ts';
import type { ListenKeys } from '../stream/listen-keys.ts';
import type { Outcome } from '../refusal.ts';
import type { Sight } from '../sight.ts';

export interface RouteRequest {
  readonly parameters: ReadonlyMap<string, string>;
  readonly exchange: Exchange;
  readonly sight: Sight;
  readonly listenKeys: ListenKeys;
  readonly restrictions: KeyRestrictions;
  /** ms UTC, as this exchange believes it to be. */
  readonly serverTime: number;
  readonly isUnderMaintenance: boolean;
  /** An id of the exchange's own, where the client sent none. */
  readonly newId: () => string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Signed routes are for the key's owner, `key` asks for the key alone. */
  readonly security: 'none' | 'key' | 'signed';
  readonly weight: number;
  /** How many orders it counts as; 0 by default. */
  readonly orders?: number;
  readonly answer: (request: RouteRequest) => Outcome<unknown>;
}
