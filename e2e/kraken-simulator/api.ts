/** Answers requests: finds the route, checks who asks and what they may do, and puts it all in Kraken's envelope. */

import type { Exchange } from '../exchange-simulator/exchange.ts';
import type { Sight } from '../exchange-simulator/sight.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';
import type { Route } from './call.ts';
import type { KrakenFaults } from './faults.ts';
import { createKeyCheck, type KeyRestrictions, type SignedRequest } from './key.ts';
import { ORDER_ROUTES } from './order-routes.ts';
import type { KrakenPair } from './pairs.ts';
import { PUBLIC_ROUTES } from './public-routes.ts';
import { ERRORS, refused, type Reply } from './reply.ts';
import type { StreamTokens } from './stream-tokens.ts';
import type { Tickets } from './tickets.ts';

export interface ApiRequest extends SignedRequest {
  readonly method: string;
  /** As sent, without its question mark. */
  readonly query: string;
}

export interface ApiParts {
  readonly exchange: Exchange;
  readonly pairs: readonly KrakenPair[];
  readonly tickets: Tickets;
  readonly sight: Sight;
  readonly tokens: StreamTokens;
  readonly faults: KrakenFaults;
  readonly restrictions: () => KeyRestrictions;
}

const ROUTES: ReadonlyMap<string, Route> = new Map(
  [...PUBLIC_ROUTES, ...ACCOUNT_ROUTES, ...ORDER_ROUTES].map((route) => [route.path, route]),
);

/** Answers during maintenance too, and says so. */
const STATUS_PATH = '/0/public/SystemStatus';

export function createApi(parts: ApiParts): (request: ApiRequest) => Reply {
  const { exchange, faults } = parts;
  const key = createKeyCheck();

  const refusal = (request: ApiRequest, { permissions }: Route): Reply | undefined => {
    if (faults.mode() === 'maintenance' && request.path !== STATUS_PATH) {
      return refused(ERRORS.unavailable);
    }
    if (permissions === 'public') return undefined;
    const unknown = key.refusal(request);
    if (unknown) return unknown;
    const granted = parts.restrictions().permissions;
    const isAllowed =
      permissions.length === 0 || permissions.some((each) => granted.includes(each));
    return isAllowed ? undefined : refused(ERRORS.permissionDenied);
  };

  return (request) => {
    exchange.catchUp();
    const route = ROUTES.get(request.path);
    if (route === undefined) return refused(ERRORS.unknownMethod);
    return (
      refusal(request, route) ??
      route.answer({
        parameters: new URLSearchParams([
          ...new URLSearchParams(request.query),
          ...new URLSearchParams(request.body),
        ]),
        exchange,
        pairs: parts.pairs,
        tickets: parts.tickets,
        sight: parts.sight,
        tokens: parts.tokens,
        mode: faults.mode(),
        restrictions: parts.restrictions(),
        lastNonce: key.lastNonce(),
        serverTime: exchange.now() + faults.skewMs(),
      })
    );
  };
}
