/** Reads a request's parameters by a schema and says what is wrong with them in Binance's words. */

import { z } from 'zod';
import { parseUnits } from '../decimal.ts';
import {
  accepted,
  illegal,
  missing,
  REFUSALS,
  refused,
  tooPrecise,
  type Outcome,
  type Refusal,
} from '../refusal.ts';

const TOO_PRECISE = 'too precise';

/** In eight decimals at most. */
export const amount = z.string().transform((text, context) => {
  const value = parseUnits(text);
  if (value !== undefined) return value;
  const isDecimal = /^\d{1,20}\.\d{1,20}$/.test(text);
  context.addIssue({ code: 'custom', message: isDecimal ? TOO_PRECISE : 'illegal' });
  return z.NEVER;
});

export const clientId = z.string().regex(/^[.A-Z:/a-z0-9_-]{1,36}$/);
export const whole = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);
/** Rows of an answer; more than Binance gives at once are not given either. */
export const rows = (usual: number, most: number): z.ZodType<number> =>
  whole.default(usual).transform((asked) => Math.min(asked, most));
export const symbol = z.string();
export const side = z.enum(['BUY', 'SELL']);
export const timeInForce = z.enum(['GTC', 'IOC', 'FOK']);

/** Parameters whose wrong values have an error of their own. */
const OF_ITS_OWN: Readonly<Record<string, Refusal>> = {
  symbol: REFUSALS.invalidSymbol,
  side: REFUSALS.invalidSide,
  type: REFUSALS.invalidType,
  timeInForce: REFUSALS.invalidTimeInForce,
  interval: REFUSALS.invalidInterval,
};

/** Parameters that the schema doesn't know are left unread, as they are at Binance. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  parameters: ReadonlyMap<string, string>,
): Outcome<z.output<Schema>> {
  const given = Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return accepted(parsed.data);
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '');
  if (given[name] === undefined) return refused(missing(name));
  const own = OF_ITS_OWN[name];
  if (own) return refused(own);
  return refused(issue?.message === TOO_PRECISE ? tooPrecise(name) : illegal(name));
}

export const DAY_MS = 24 * 60 * 60_000;

/** History is asked for a day at a time. */
export function spanRefusal(parameters: ReadonlyMap<string, string>): Refusal | undefined {
  const [start, end] = [parameters.get('startTime'), parameters.get('endTime')];
  if (start === undefined || end === undefined) return undefined;
  return Number(end) - Number(start) > DAY_MS ? REFUSALS.spanTooLong : undefined;
}
