/** What every call is given, and how it reads the pair that it is about. */

import { assertNever } from '../exchange-simulator/assert-never.ts';
import type { Exchange } from '../exchange-simulator/exchange.ts';
import type { Market } from '../exchange-simulator/market/market.ts';
import type { Sight } from '../exchange-simulator/sight.ts';
import type { MarketMode } from './faults.ts';
import type { KeyRestrictions, Permission } from './key.ts';
import type { KrakenPair } from './pairs.ts';
import { answered, ERRORS, refused, type Reply } from './reply.ts';
import type { StreamTokens } from './stream-tokens.ts';
import type { Tickets } from './tickets.ts';

export interface Call {
  readonly parameters: URLSearchParams;
  readonly exchange: Exchange;
  readonly pairs: readonly KrakenPair[];
  readonly tickets: Tickets;
  /** Of the whole exchange. */
  readonly mode: MarketMode;
  readonly sight: Sight;
  readonly tokens: StreamTokens;
  readonly restrictions: KeyRestrictions;
  readonly lastNonce: string;
  /** ms UTC, as this exchange believes it to be. */
  readonly serverTime: number;
}

export interface Route {
  readonly path: string;
  /** Any of these is enough; `public` where no key is needed, an empty list where any key will do. */
  readonly permissions: 'public' | readonly Permission[];
  readonly answer: (call: Call) => Reply;
}

export interface PairMarket {
  readonly pair: KrakenPair;
  readonly market: Market;
}

export function pairMarket({ exchange, pairs }: Call, name: string): Reply<PairMarket> {
  const pair = pairs.find(({ id, wsName }) => id === name || wsName === name);
  const market = pair && exchange.market(pair.rules.name);
  return pair && market ? answered({ pair, market }) : refused(ERRORS.unknownPair);
}

export function pairOf({ pairs }: Call, symbol: string): KrakenPair {
  const pair = pairs.find(({ rules }) => rules.name === symbol);
  if (pair === undefined) throw new Error(`Kraken has no name for ${symbol}.`);
  return pair;
}

/** Kraken's word for what a pair takes. */
export function pairMode({ exchange, mode }: Call, { rules }: KrakenPair): MarketMode {
  const own = exchange.status(rules.name);
  switch (own) {
    case 'trading':
      return mode;
    case 'post-only':
      return 'post_only';
    case 'limit-only':
      return 'limit_only';
    case 'halt':
    case 'break':
    case 'end-of-day':
    case 'cancel-only':
    case 'no-service':
    case 'vanished':
      return 'cancel_only';
    default:
      return assertNever(own);
  }
}

/** Those of a list in one parameter, or all of them. */
export function askedPairs(call: Call): Reply<readonly PairMarket[]> {
  const asked = call.parameters.get('pair');
  const names = asked === null ? known(call) : asked.split(',');
  const found: PairMarket[] = [];
  for (const name of names) {
    const each = pairMarket(call, name);
    if (!each.ok) return each;
    found.push(each.result);
  }
  return answered(found);
}

function known({ exchange, pairs }: Call): readonly string[] {
  return pairs.filter(({ rules }) => exchange.market(rules.name)).map(({ id }) => id);
}

/** Kraken's times: seconds with a fraction. */
export function seconds(ms: number): number {
  return ms / 1_000;
}
