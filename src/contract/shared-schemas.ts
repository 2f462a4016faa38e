/** Schemas that several groups of the contract use. */

import { z } from 'zod';
import { TIMEFRAMES } from '../core/domain/timeframe.ts';

export const timeframe = z.enum(TIMEFRAMES);

/** ms UTC. */
export const timestamp = z.number().int();

/** No input. */
export const nothing = z.strictObject({});

export const id = z.string().min(1).max(100);

export const symbol = z.string().min(1).max(41);

/** A name a person gives; trimmed, one line. */
export const displayName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must have at most 120 characters')
  .regex(/^[^\p{Cc}]*$/u, 'must be one line of plain text');

export const float64Column = z.instanceof(Float64Array<ArrayBufferLike>);
