/** Runs one job in a worker thread of its own, and always ends: with a value, a failure, a crash, or cancelled. */

import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import { assertNever } from '../../core/domain/assert-never.ts';
import type { Failure } from '../../core/domain/result.ts';
import { jobMessage, type JobStart } from './protocol.ts';

export type JobOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'cancelled' }
  /** Foreseen: the sentence is for the person. */
  | { readonly kind: 'failed'; readonly error: Failure }
  /** Not foreseen: thrown, out of memory, gone, or speaking nonsense. For the log. */
  | { readonly kind: 'crashed'; readonly error: unknown };

export interface Job<Value> {
  /** Never rejects. The thread is gone when it resolves. */
  readonly outcome: Promise<JobOutcome<Value>>;
  /** Ends the job: at its next look, or by force after the grace. Does nothing once it has ended. */
  cancel(): void;
}

export interface JobOptions<Value> {
  /** The worker's entry module, which calls `answerJob`. */
  readonly workerUrl: URL;
  /** Cloned into the thread; arrays over a SharedArrayBuffer are shared. */
  readonly input: unknown;
  /** Of the input: handed over instead of copied, and unusable here from then on. */
  readonly transfer?: readonly ArrayBuffer[];
  readonly value: z.ZodType<Value>;
  readonly onProgress?: (fraction: number) => void;
  /** How long a cancelled job may take to notice, ms. */
  readonly graceMs?: number;
}

const GRACE_MS = 1_000;

/** @throws when the input cannot be cloned. */
export function startJob<Value>(options: JobOptions<Value>): Job<Value> {
  const cancelCell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = startThread(options, { cancelCell, input: options.input });
  const { promise, resolve } = Promise.withResolvers<JobOutcome<Value>>();
  let force: NodeJS.Timeout | null = null;
  let ended = false;

  worker.on('message', (raw) => {
    const outcome = readMessage(raw, options);
    if (outcome !== null) resolve(outcome);
  });
  worker.once('messageerror', (error) => resolve({ kind: 'crashed', error }));
  worker.once('error', (error) => resolve({ kind: 'crashed', error }));
  worker.once('exit', (code) => resolve({ kind: 'crashed', error: unansweredExit(code) }));

  return {
    outcome: promise.then(async (outcome) => {
      if (force !== null) clearTimeout(force);
      ended = true;
      await worker.terminate();
      // Whoever cancels wants no result any more, even one that was already on its way.
      return Atomics.load(cancelCell, 0) === 0 ? outcome : { kind: 'cancelled' };
    }),
    cancel() {
      Atomics.store(cancelCell, 0, 1);
      Atomics.notify(cancelCell, 0);
      if (ended || force !== null) return;
      force = setTimeout(() => resolve({ kind: 'cancelled' }), options.graceMs ?? GRACE_MS);
    },
  };
}

/** The environment stays outside: it may hold keys, and a worker runs strategies. */
function startThread<Value>(options: JobOptions<Value>, workerData: JobStart): Worker {
  return new Worker(options.workerUrl, {
    workerData,
    transferList: [...(options.transfer ?? [])],
    env: {},
    execArgv: [],
  });
}

/** @returns the outcome that the message brings, `null` where the job goes on */
function readMessage<Value>(raw: unknown, options: JobOptions<Value>): JobOutcome<Value> | null {
  const message = jobMessage.safeParse(raw);
  if (!message.success) return { kind: 'crashed', error: message.error };
  switch (message.data.type) {
    case 'progress':
      options.onProgress?.(message.data.fraction);
      return null;
    case 'done': {
      const value = options.value.safeParse(message.data.value);
      return value.success
        ? { kind: 'done', value: value.data }
        : { kind: 'crashed', error: value.error };
    }
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', error: message.data.error };
    default:
      return assertNever(message.data);
  }
}

function unansweredExit(code: number): Error {
  return new Error(`The worker thread ended with exit code ${code} before it answered.`);
}
