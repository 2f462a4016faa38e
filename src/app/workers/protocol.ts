/** What a job's worker thread and its host say to each other; each side parses what it receives. */

import { z } from 'zod';

/** What a worker is started with: its only input. */
export const jobStart = z.strictObject({
  /** One shared number, 0 until the job is to end: readable in the middle of a loop, where no message arrives. */
  cancelCell: z.instanceof(Int32Array<ArrayBufferLike>),
  input: z.unknown(),
});

export const jobMessage = z.discriminatedUnion('type', [
  /** 0 to 1. */
  z.strictObject({ type: z.literal('progress'), fraction: z.number().min(0).max(1) }),
  z.strictObject({ type: z.literal('done'), value: z.unknown() }),
  z.strictObject({ type: z.literal('cancelled') }),
  z.strictObject({
    type: z.literal('failed'),
    error: z.strictObject({ code: z.string(), sentence: z.string() }),
  }),
]);

export type JobStart = z.infer<typeof jobStart>;
export type JobMessage = z.infer<typeof jobMessage>;
