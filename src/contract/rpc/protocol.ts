/** The messages of the contract's protocol; each side parses what it receives before it looks at it. */

import { z } from 'zod';
import { contractError } from '../errors.ts';

/** Chosen by the window; names one call or one subscription of one connection. */
const messageId = z.number().int().min(0);
const name = z.string().max(200);
/** MessagePack leaves `undefined` out, structured clone keeps it: both mean the same. */
const anything = z.unknown().optional();

/** More than any window would ever grant; keeps the sum of the grants a safe integer. */
export const MAX_CREDITS = 1_000_000;
const credits = z.number().int().min(1).max(MAX_CREDITS);

export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: messageId, name, input: anything }),
  /** `credits`: how many events may be sent before the window asks for more. */
  z.strictObject({ type: z.literal('subscribe'), id: messageId, name, input: anything, credits }),
  z.strictObject({ type: z.literal('credit'), id: messageId, credits }),
  z.strictObject({ type: z.literal('unsubscribe'), id: messageId }),
]);

export const serverMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: messageId, value: anything }),
  z.strictObject({ type: z.literal('failure'), id: messageId, error: contractError }),
  z.strictObject({ type: z.literal('event'), id: messageId, event: anything }),
  /** The last of a subscription. */
  z.strictObject({ type: z.literal('end'), id: messageId, error: contractError.nullable() }),
]);

export type ClientMessage = z.infer<typeof clientMessage>;
export type ServerMessage = z.infer<typeof serverMessage>;
