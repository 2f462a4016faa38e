/** Backtests behind the contract: starting, watching, keeping, showing and exporting them. */

import {
  type backtestContract,
  strategyInfo,
  type RunInfo,
  type RunResult,
  type StrategyInfo,
} from '../../contract/backtest.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/rpc/handlers.ts';
import { ok } from '../../core/domain/result.ts';
import { strategies } from '../../core/strategies/registry.ts';
import type { PackedOutcome, RunStore, StoredRun } from '../storage/storage.ts';
import { createJobQueue } from '../workers/queue.ts';
import type { CandleSupply } from './candle-supply.ts';
import { exportRun } from './export.ts';
import { unpackCurve, unpackDenials, unpackTrades } from './packed-outcome.ts';
import { isOver, RUN_NOT_FOUND, RunBook } from './run-book.ts';
import { createRunner, type Runner } from './runner.ts';
import { checkStart } from './start-check.ts';

export interface BacktestServiceOptions {
  readonly store: RunStore;
  readonly candles: CandleSupply;
  /** Entry module of the worker thread. */
  readonly workerUrl: URL;
  /** Runs at a time, at least 1; the others wait. */
  readonly concurrency: number;
  /** ms UTC. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly reportFault: (error: unknown) => void;
}

type BacktestHandlers = Handlers<typeof backtestContract>;

export interface BacktestService {
  readonly handlers: BacktestHandlers;
  /** Ids of kept runs that could not be read. */
  readonly unreadable: readonly string[];
  /** Ends what runs, as interrupted; resolves when no thread is left. */
  close(): Promise<void>;
}

export async function createBacktestService(
  options: BacktestServiceOptions,
): Promise<BacktestService> {
  const book = new RunBook(options.store);
  const unreadable = await book.load();
  const queue = createJobQueue(options.concurrency, options.reportFault);
  const runner = createRunner({ ...options, book, queue });
  return {
    handlers: handlersOver(options, book, runner),
    unreadable,
    async close() {
      await runner.close();
      await book.settled();
    },
  };
}

function handlersOver(
  options: BacktestServiceOptions,
  book: RunBook,
  runner: Runner,
): BacktestHandlers {
  return {
    'strategies.list': () => ok(STRATEGIES),
    async 'backtest.start'({ name, sourceId, config }) {
      const checked = checkStart(options.candles.find(sourceId), config);
      if (!checked.ok) return checked;
      const run = newRun(options, name, checked.value);
      await book.add(run);
      await runner.start(run.info.id);
      return ok({ runId: run.info.id });
    },
    'backtest.progress'({ runId }, sink) {
      const stop = book.watchProgress(runId, (progress) => {
        sink.push(progress);
        if (isOver(progress)) sink.end(null);
      });
      if (stop === null) sink.end(RUN_NOT_FOUND.error);
      return stop ?? (() => {});
    },
    async 'backtest.cancel'({ runId }) {
      if (book.find(runId) === null) return RUN_NOT_FOUND;
      await runner.cancel(runId);
      return ok({});
    },
    'backtest.runs': (_, sink) => book.watch((runs) => sink.push(runs)),
    'backtest.result': ({ runId }) =>
      withOutcome(book, runId, (run, summary, outcome) => result(run, summary, outcome)),
    async 'backtest.rename'({ runId, name }) {
      if (book.find(runId) === null) return RUN_NOT_FOUND;
      await book.rename(runId, name);
      return ok({});
    },
    async 'backtest.delete'({ runId }) {
      if (book.find(runId) === null) return RUN_NOT_FOUND;
      await runner.cancel(runId);
      await book.remove(runId);
      return ok({});
    },
    'backtest.export': ({ runId, format }) =>
      withOutcome(book, runId, (run, summary, outcome) => exportRun(run, summary, outcome, format)),
  };
}

const STRATEGIES: StrategyInfo[] = strategies.map(({ name, title, summary, parameters }) =>
  strategyInfo.parse({ name, title, summary, parameters }),
);

function newRun(
  { candles, now, newId }: BacktestServiceOptions,
  name: string,
  {
    source,
    config,
  }: {
    readonly source: { id: string; name: string; synthetic: boolean };
    readonly config: RunInfo['config'];
  },
): StoredRun {
  const described = candles.described(source.id);
  if (described === null) throw new Error(`The candles ${source.id} have no description.`);
  return {
    info: {
      id: newId(),
      name,
      createdAt: now(),
      state: 'queued',
      config,
      sourceId: source.id,
      sourceName: source.name,
      synthetic: source.synthetic,
      summary: null,
      error: null,
    },
    candles: described,
  };
}

async function withOutcome<T>(
  book: RunBook,
  runId: string,
  show: (
    run: StoredRun,
    summary: NonNullable<RunInfo['summary']>,
    outcome: PackedOutcome,
  ) => T | Promise<T>,
): Promise<ContractResult<T>> {
  const run = book.find(runId);
  if (run === null) return RUN_NOT_FOUND;
  const { summary, name } = run.info;
  const outcome = summary === null ? null : await book.outcome(runId);
  if (summary === null || outcome === null) {
    return contractFailure(
      'RUN_NOT_FINISHED',
      `"${name}" has no result: only backtests that ran to their end have one.`,
    );
  }
  return ok(await show(run, summary, outcome));
}

function result(
  { info }: StoredRun,
  summary: NonNullable<RunInfo['summary']>,
  outcome: PackedOutcome,
): RunResult {
  return {
    run: info,
    summary,
    trades: unpackTrades(outcome),
    denials: unpackDenials(outcome),
    equity: unpackCurve(outcome),
  };
}
