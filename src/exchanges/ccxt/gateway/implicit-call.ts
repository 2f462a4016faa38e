/** Calls of an exchange that ccxt makes from a table when it starts, so that no type knows them. */

import { BadResponse, type Exchange } from 'ccxt';

/** @throws Error where the exchange has no such call; what ccxt throws for one that fails */
export function callImplicit(
  exchange: Exchange,
  name: string,
  request: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const method: unknown = Reflect.get(exchange, name);
  if (typeof method !== 'function') throw new Error(`The exchange has no call ${name}.`);
  return Promise.resolve(Reflect.apply(method, exchange, [request]));
}

/** A field of an answer; `undefined` where it has no such thing. */
export function fieldOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}

/** @throws BadResponse where the answer does not say it: nothing is taken for granted about a key or its fees */
export function flagOf(answer: unknown, name: string): boolean {
  const value = fieldOf(answer, name);
  if (typeof value === 'boolean') return value;
  throw new BadResponse(`The answer does not say "${name}".`);
}

/** Empty where there is no text of that name. */
export function textOf(answer: unknown, name: string): string {
  const value = fieldOf(answer, name);
  return typeof value === 'string' ? value : '';
}

/** Empty where there is no list of that name. */
export function listOf(answer: unknown, name: string): readonly unknown[] {
  const value = fieldOf(answer, name);
  return Array.isArray(value) ? value : [];
}

/** Names with what stands under them. @throws BadResponse where there is nothing of the kind: not told is not nothing */
export function entriesOf(answer: unknown, name: string): readonly (readonly [string, unknown])[] {
  const value = fieldOf(answer, name);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value);
  }
  throw new BadResponse(`The answer does not say "${name}".`);
}

/** @throws BadResponse as `flagOf` does */
export function numberOf(answer: unknown, name: string): number {
  const value = Number(fieldOf(answer, name) ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw new BadResponse(`The answer does not say "${name}".`);
}
