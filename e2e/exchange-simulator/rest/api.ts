/** Answers REST requests: finds the route, checks who asks, counts the use, and puts refusals in Binance's words. */

import type { Exchange } from '../exchange.ts';
import type { Faults } from '../faults.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import type { Sight } from '../sight.ts';
import type { ListenKeys } from '../stream/listen-keys.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';
import type { KeyRestrictions } from './key-restrictions.ts';
import { MARKET_ROUTES } from './market-routes.ts';
import { ORDER_ROUTES } from './order-routes.ts';
import { PAIR_ROUTES } from './pair-routes.ts';
import type { Route } from './route.ts';
import { keyRefusal, signatureRefusal, withoutSignature } from './signature.ts';
import { createUsage } from './usage.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** As sent, without its question mark. */
  readonly query: string;
  readonly body: string;
  readonly apiKey: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ApiParts {
  readonly exchange: Exchange;
  readonly sight: Sight;
  readonly faults: Faults;
  readonly listenKeys: ListenKeys;
  readonly restrictions: () => KeyRestrictions;
}

const ROUTES: ReadonlyMap<string, Route> = new Map(
  [...MARKET_ROUTES, ...ACCOUNT_ROUTES, ...ORDER_ROUTES, ...PAIR_ROUTES].map((route) => [
    `${route.method} ${route.path}`,
    route,
  ]),
);

/** Answers during maintenance too, and says so. */
const STATUS_PATH = '/sapi/v1/system/status';

export function createApi(parts: ApiParts): (request: ApiRequest) => Answer {
  const { exchange, faults } = parts;
  const usage = createUsage(exchange.now);
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `simulator${ids.toString().padStart(13, '0')}`;
  };

  const result = (request: ApiRequest): { readonly status: number; readonly value: unknown } => {
    const route = ROUTES.get(`${request.method} ${request.path}`);
    if (faults.isUnderMaintenance() && request.path !== STATUS_PATH) {
      return refusalResult(REFUSALS.maintenance);
    }
    if (route === undefined) return { status: 404, value: {} };
    const serverTime = exchange.now() + faults.skewMs();
    const parameters = parametersOf(request);
    const refusal =
      usage.count(route.weight, route.orders ?? 0) ??
      securityRefusal(route, request, parameters, serverTime);
    if (refusal) return refusalResult(refusal);
    const outcome = route.answer({
      parameters,
      exchange,
      sight: parts.sight,
      listenKeys: parts.listenKeys,
      restrictions: parts.restrictions(),
      serverTime,
      isUnderMaintenance: faults.isUnderMaintenance(),
      newId,
    });
    return outcome.ok ? { status: 200, value: outcome.value } : refusalResult(outcome.refusal);
  };

  return (request) => {
    exchange.catchUp();
    const { status, value } = result(request);
    return {
      status,
      headers: { 'content-type': 'application/json;charset=UTF-8', ...usage.headers() },
      body: JSON.stringify(value),
    };
  };
}

function parametersOf({ query, body }: ApiRequest): ReadonlyMap<string, string> {
  return new Map([...new URLSearchParams(query), ...new URLSearchParams(body)]);
}

function securityRefusal(
  route: Route,
  request: ApiRequest,
  parameters: ReadonlyMap<string, string>,
  serverTime: number,
): Refusal | undefined {
  if (route.security === 'none') return undefined;
  const refusal = keyRefusal(request.apiKey);
  if (refusal !== undefined || route.security === 'key') return refusal;
  const signed = `${withoutSignature(request.query)}${withoutSignature(request.body)}`;
  return signatureRefusal(signed, parameters, serverTime);
}

function refusalResult({ status, code, msg }: Refusal): {
  readonly status: number;
  readonly value: unknown;
} {
  return { status, value: { code, msg } };
}
