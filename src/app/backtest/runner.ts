/** Carries out queued backtests: loads the candles, runs the worker, keeps the outcome. Cancellable at every stage. */

import type { ContractError } from '../../contract/errors.ts';
import { startJob, type Job, type JobOutcome } from '../workers/job.ts';
import type { JobQueue } from '../workers/queue.ts';
import type { CandleSupply } from './candle-supply.ts';
import { finishedBacktest, type BacktestJobInput, type FinishedBacktest } from './job.ts';
import { isOver, type RunBook } from './run-book.ts';

export interface RunnerParts {
  readonly book: RunBook;
  readonly candles: CandleSupply;
  readonly queue: JobQueue;
  readonly workerUrl: URL;
  readonly reportFault: (error: unknown) => void;
}

export interface Runner {
  /** Queues a run that is in the book. */
  start(runId: string): void;
  /** Resolves when the run is over; at once where it is already. */
  cancel(runId: string): Promise<void>;
  /** Ends all runs as interrupted and resolves when no thread is left. */
  close(): Promise<void>;
}

/** A run from `start` to its end. */
interface Execution {
  /** `null` until someone wants it ended. */
  ending: 'cancelled' | 'interrupted' | null;
  job: Job<FinishedBacktest> | null;
  withdraw: () => boolean;
  readonly over: PromiseWithResolvers<void>;
}

const CRASHED: ContractError = {
  code: 'INTERNAL',
  sentence:
    'The backtest stopped unexpectedly. The log of the app says more. Run it again, with fewer candles if it fails each time.',
};

const NOT_KEPT: ContractError = {
  code: 'INTERNAL',
  sentence:
    'The backtest ended, but its result could not be stored. Look whether the disk is full, then run it again.',
};

/** Shares of the progress bar: the candles are read, the worker has answered, the outcome is stored. */
const LOADED = 0.05;
const ANSWERED = 0.95;

export function createRunner(parts: RunnerParts): Runner {
  const executions = new Map<string, Execution>();

  function start(runId: string): void {
    const execution: Execution = {
      ending: null,
      job: null,
      withdraw: () => false,
      over: Promise.withResolvers(),
    };
    executions.set(runId, execution);
    execution.withdraw = parts.queue.add(() => carryOut(runId, execution));
  }

  async function carryOut(runId: string, execution: Execution): Promise<void> {
    try {
      await execute(parts, runId, execution);
    } catch (error) {
      parts.reportFault(error);
      await endAsFailed(parts, runId, CRASHED);
    } finally {
      executions.delete(runId);
      execution.over.resolve();
    }
  }

  async function stop(runId: string, ending: 'cancelled' | 'interrupted'): Promise<void> {
    const execution = executions.get(runId);
    if (execution === undefined) return;
    execution.ending ??= ending;
    execution.job?.cancel();
    if (execution.withdraw()) await carryOut(runId, execution);
    await execution.over.promise;
  }

  return {
    start,
    cancel: (runId) => stop(runId, 'cancelled'),
    async close() {
      await Promise.all([...executions.keys()].map((runId) => stop(runId, 'interrupted')));
    },
  };
}

async function execute(parts: RunnerParts, runId: string, execution: Execution): Promise<void> {
  if (await endedEarly(parts, runId, execution)) return;
  const { book, candles } = parts;
  const run = book.find(runId);
  if (run === null) throw new Error(`The queued run ${runId} is not in the book.`);
  book.progress(runId, 0);
  const columns = await candles.load(run.info.sourceId);
  if (await endedEarly(parts, runId, execution)) return;
  if (!columns.ok) return book.end(runId, 'failed', columns.error);
  book.progress(runId, LOADED);
  const outcome = await runJob(parts, runId, execution, {
    config: run.info.config,
    candles: columns.value,
  });
  await conclude(parts, runId, execution, outcome);
}

function runJob(
  { book, workerUrl }: RunnerParts,
  runId: string,
  execution: Execution,
  input: BacktestJobInput,
): Promise<JobOutcome<FinishedBacktest>> {
  execution.job = startJob({
    workerUrl,
    input,
    value: finishedBacktest,
    onProgress: (fraction) => book.progress(runId, LOADED + (ANSWERED - LOADED) * fraction),
  });
  return execution.job.outcome;
}

async function conclude(
  parts: RunnerParts,
  runId: string,
  execution: Execution,
  outcome: JobOutcome<FinishedBacktest>,
): Promise<void> {
  if (await endedEarly(parts, runId, execution)) return;
  switch (outcome.kind) {
    case 'done':
      return keep(parts, runId, outcome.value);
    case 'failed':
      return endAsFailed(parts, runId, {
        code: 'BACKTEST_CONFIG_INVALID',
        sentence: outcome.error.sentence,
      });
    case 'crashed':
      parts.reportFault(outcome.error);
      return endAsFailed(parts, runId, CRASHED);
    case 'cancelled':
      throw new Error(`The run ${runId} was cancelled, and nobody had asked for it.`);
  }
}

async function keep(parts: RunnerParts, runId: string, finished: FinishedBacktest): Promise<void> {
  try {
    await parts.book.finish(runId, finished.summary, finished.outcome);
  } catch (error) {
    parts.reportFault(error);
    await endAsFailed(parts, runId, NOT_KEPT);
  }
}

async function endedEarly(
  { book }: RunnerParts,
  runId: string,
  { ending }: Execution,
): Promise<boolean> {
  if (ending === 'cancelled') await book.end(runId, 'cancelled', null);
  if (ending === 'interrupted') await book.interrupt(runId);
  return ending !== null;
}

async function endAsFailed(
  { book }: RunnerParts,
  runId: string,
  error: ContractError,
): Promise<void> {
  const run = book.find(runId);
  if (run !== null && !isOver(run.info)) await book.end(runId, 'failed', error);
}
