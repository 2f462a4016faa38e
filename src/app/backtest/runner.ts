/** Carries out queued backtests: loads the candles, runs the worker, keeps the outcome. Cancellable at every stage. */

import type { ContractError } from '../../contract/errors.ts';
import type { Failure } from '../../core/domain/result.ts';
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
  /** Queues a run that is in the book; one that comes while the app closes ends as interrupted. */
  start(runId: string): Promise<void>;
  /** Resolves when the run is over; at once where it is already. */
  cancel(runId: string): Promise<void>;
  /** Ends all runs as interrupted and resolves when no thread is left. */
  close(): Promise<void>;
}

type Ending = 'cancelled' | 'interrupted';

/** A run from `start` to its end. */
interface Execution {
  /** `null` until someone wants it ended. */
  ending: Ending | null;
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
  let closed = false;

  async function start(runId: string): Promise<void> {
    if (closed) return parts.book.interrupt(runId);
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

  async function stop(runId: string, ending: Ending): Promise<void> {
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
      closed = true;
      await Promise.all([...executions.keys()].map((runId) => stop(runId, 'interrupted')));
    },
  };
}

async function execute(parts: RunnerParts, runId: string, execution: Execution): Promise<void> {
  const { book, candles } = parts;
  const run = book.find(runId);
  if (run === null) throw new Error(`The queued run ${runId} is not in the book.`);
  if (execution.ending !== null) return endAsAsked(parts, runId, execution.ending);
  book.progress(runId, 0);
  const columns = await candles.load(run.info.sourceId);
  if (!columns.ok)
    return conclude(parts, runId, execution, { kind: 'failed', error: columns.error });
  book.progress(runId, LOADED);
  const input = { config: run.info.config, candles: columns.value };
  await conclude(parts, runId, execution, await runJob(parts, runId, execution, input));
}

function runJob(
  { book, workerUrl }: RunnerParts,
  runId: string,
  execution: Execution,
  input: BacktestJobInput,
): Promise<JobOutcome<FinishedBacktest>> {
  // Whoever wanted it ended while the candles were read found no job to cancel.
  if (execution.ending !== null) return Promise.resolve({ kind: 'cancelled' });
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
  if (execution.ending !== null) return endAsAsked(parts, runId, execution.ending);
  switch (outcome.kind) {
    case 'done':
      return keep(parts, runId, outcome.value);
    case 'failed':
      return endAsFailed(parts, runId, contractErrorOf(outcome.error));
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

/** What ends a run by a value is either its configuration or its candles. */
function contractErrorOf({ code, sentence }: Failure): ContractError {
  return code === 'CANDLE_SOURCE_NOT_FOUND'
    ? { code, sentence }
    : { code: 'BACKTEST_CONFIG_INVALID', sentence };
}

function endAsAsked({ book }: RunnerParts, runId: string, ending: Ending): Promise<void> {
  return ending === 'cancelled' ? book.end(runId, 'cancelled', null) : book.interrupt(runId);
}

async function endAsFailed(
  { book }: RunnerParts,
  runId: string,
  error: ContractError,
): Promise<void> {
  const run = book.find(runId);
  if (run !== null && !isOver(run.info)) await book.end(runId, 'failed', error);
}
