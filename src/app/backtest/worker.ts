/** Entry of the worker thread that runs one backtest. */

import { answerJob } from '../workers/worker-side.ts';
import { answerBacktest, backtestJobInput } from './job.ts';

await answerJob(backtestJobInput, answerBacktest);
