/** A worker whose input says how it behaves, well and badly. */

import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { fail, ok } from '../../../core/domain/result.ts';
import { answerJob, type JobAnswer, type JobContext } from '../worker-side.ts';

const BEHAVIOURS = [
  'double',
  'fail',
  'throw',
  'exit',
  'nonsense',
  'wrong-value',
  'loop-and-look',
  'sleep-until-cancelled',
  'loop-deaf',
  'environment',
] as const;

const input = z.strictObject({ behaviour: z.enum(BEHAVIOURS), column: z.instanceof(Float64Array) });

await answerJob(input, ({ behaviour, column }, context): JobAnswer<unknown> => {
  switch (behaviour) {
    case 'double':
      return double(column, context);
    case 'fail':
      return fail('PIG_ASLEEP', 'The pig is asleep.');
    case 'throw':
      throw new RangeError('thrown inside');
    case 'exit':
      return process.exit(3);
    case 'nonsense':
      parentPort?.postMessage({ type: 'progress', fraction: 'half' });
      return ok({ value: column, transfer: [] });
    case 'wrong-value':
      return ok({ value: 'text', transfer: [] });
    case 'loop-and-look':
      while (context.progress(0.5));
      return fail('CANCELLED', 'It was cancelled.');
    case 'sleep-until-cancelled':
      context.progress(0.5);
      Atomics.wait(context.cancelCell, 0, 0);
      return fail('CANCELLED', 'It was cancelled.');
    case 'environment':
      return ok({ value: Float64Array.of(Object.keys(process.env).length), transfer: [] });
    case 'loop-deaf':
      context.progress(0.5);
      for (;;);
  }
});

/** In place, so that a shared column shows it on the other side. */
function double(column: Float64Array, context: JobContext): JobAnswer<Float64Array> {
  context.progress(0);
  column.forEach((value, index) => {
    column[index] = value * 2;
  });
  context.progress(1);
  return ok({ value: column, transfer: [] });
}
