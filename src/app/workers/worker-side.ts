/** The worker thread's side of a job: takes the input, runs, and answers once. */

import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { Result } from '../../core/domain/result.ts';
import { jobStart, type JobMessage } from './protocol.ts';

export interface JobContext {
  /** Tells how far the job is, 0 to 1. Answers `false` when it is to end: then answer with the code CANCELLED. */
  progress(fraction: number): boolean;
  /** Shared with the host: `Atomics.wait` on entry 0 sleeps until the job is cancelled. */
  readonly cancelCell: Int32Array;
}

/** A value, and those of its buffers that are handed over instead of copied. */
export interface JobValue<Value> {
  readonly value: Value;
  readonly transfer: readonly ArrayBuffer[];
}

export type JobAnswer<Value> = Result<JobValue<Value>>;

/** To be called once, by a worker's entry module. What it throws ends the job as crashed. */
export async function answerJob<Input, Value>(
  inputSchema: z.ZodType<Input>,
  run: (input: Input, context: JobContext) => JobAnswer<Value> | Promise<JobAnswer<Value>>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This module only runs as a worker thread.');
  const post = (message: JobMessage, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, [...transfer]);
  const { cancelCell, input } = jobStart.parse(workerData);
  const context: JobContext = {
    progress(fraction) {
      post({ type: 'progress', fraction });
      return Atomics.load(cancelCell, 0) === 0;
    },
    cancelCell,
  };
  const answer = await run(parseInput(inputSchema, input), context);
  if (answer.ok) post({ type: 'done', value: answer.value.value }, answer.value.transfer);
  else if (answer.error.code === 'CANCELLED') post({ type: 'cancelled' });
  else post({ type: 'failed', error: answer.error });
}

/** A plain Error: zod's own loses its message on the way out of the thread. */
function parseInput<Input>(schema: z.ZodType<Input>, raw: unknown): Input {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new Error(
    `The worker was given an input it does not understand.\n${z.prettifyError(parsed.error)}`,
  );
}
