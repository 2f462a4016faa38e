/** The real worker, held at its first look at the outside until it is cancelled: a run that is surely at work. */

import { answerJob } from '../../workers/worker-side.ts';
import { answerBacktest, backtestJobInput } from '../job.ts';

await answerJob(backtestJobInput, (input, context) =>
  answerBacktest(input, {
    ...context,
    progress(fraction) {
      context.progress(fraction);
      Atomics.wait(context.cancelCell, 0, 0);
      return context.progress(fraction);
    },
  }),
);
