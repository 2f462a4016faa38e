/** Calls of an exchange that ccxt makes from a table when it starts, so that no type knows them. */

import type { Exchange } from 'ccxt';

/** @throws Error where the exchange has no such call; what ccxt throws for one that fails */
export function callImplicit(
  exchange: Exchange,
  name: string,
  request: Readonly<Record<string, string>>,
): Promise<unknown> {
  const method: unknown = Reflect.get(exchange, name);
  if (typeof method !== 'function') throw new Error(`The exchange has no call ${name}.`);
  return Promise.resolve(Reflect.apply(method, exchange, [request]));
}
