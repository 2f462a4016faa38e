/** An app for tests of the window: the real contract over the real in-memory transport, with answers a test can set. */

import { NO_DOWNLOADS } from './fake-downloads.ts';
import { NO_LIVE } from './fake-live.ts';
import { NO_TRADING } from './fake-trading.ts';
import { contract, type Contract } from '../../contract/contract.ts';
import type { RunInfo, RunProgress, RunResult } from '../../contract/backtest.ts';
import type { CandleChart, CandleSource } from '../../contract/candles.ts';
import type { InputOf } from '../../contract/define.ts';
import { contractFailure, type ContractResult } from '../../contract/errors.ts';
import { connectContract } from '../../contract/rpc/client.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import type { Handlers, Sink } from '../../contract/rpc/handlers.ts';
import { createMemoryChannels } from '../../contract/rpc/memory-channel.ts';
import { serveContract } from '../../contract/rpc/server.ts';
import { sampleResult, sampleSource, SMA_CROSS } from './samples.ts';

export class FakeApp {
  readonly client: ContractClient<Contract>;
  /** Every call in order, as `name`, for asserting what was asked. */
  readonly calls: string[] = [];
  readonly started: InputOf<Contract['backtest.start']>[] = [];
  /** Pieces of uploads, in the order of their arrival. */
  readonly pieces: Uint8Array[] = [];
  readonly progress = new Map<string, Sink<RunProgress>>();
  startAnswer: ContractResult<{ runId: string }> = { ok: true, value: { runId: 'run-1' } };
  finishAnswer: ContractResult<CandleSource> = {
    ok: true,
    value: sampleSource({ id: 'file', kind: 'file' }),
  };
  resultAnswer: ContractResult<RunResult> = { ok: true, value: sampleResult() };
  chartAnswer: ContractResult<CandleChart> = contractFailure(
    'CANDLE_SOURCE_NOT_FOUND',
    'The candles are gone.',
  );
  renameAnswer: ContractResult<Record<string, never>> = { ok: true, value: {} };
  #sources: Sink<CandleSource[]> | null = null;
  #runs: Sink<RunInfo[]> | null = null;

  /** @param answers in place of the usual ones */
  constructor(answers: Partial<Handlers<Contract>> = {}) {
    const { window, app } = createMemoryChannels(structuredClone);
    serveContract(contract, { ...this.#handlers(), ...answers }, app, {
      newIncidentId: () => 'incident',
      onInternalError: ({ error }) => {
        throw error;
      },
    });
    this.client = connectContract(contract, window);
  }

  sendSources(sources: CandleSource[]): Promise<void> {
    this.#sources?.push(sources);
    return settled();
  }

  sendRuns(runs: RunInfo[]): Promise<void> {
    this.#runs?.push(runs);
    return settled();
  }

  /** Ends the list of runs as a broken app would. */
  failRuns(): Promise<void> {
    this.#runs?.end({ code: 'INTERNAL', sentence: 'Something went wrong inside the app.' });
    return settled();
  }

  sendProgress(runId: string, event: RunProgress): Promise<void> {
    this.progress.get(runId)?.push(event);
    return settled();
  }

  #called<T>(name: string, answer: T): T {
    this.calls.push(name);
    return answer;
  }

  #handlers(): Handlers<Contract> {
    const done = { ok: true, value: {} } as const;
    return {
      'app.info': () => ({
        ok: true,
        value: {
          version: '1.2.3',
          shell: 'browser',
          platform: 'linux',
          dataDir: '/data',
          findings: [],
        },
      }),
      'candles.sources': (_input, sink) => {
        this.#sources = sink;
        return () => {};
      },
      'candles.upload.start': () =>
        this.#called('upload.start', { ok: true, value: { uploadId: 'upload' } }),
      'candles.upload.chunk': ({ bytes }) => {
        this.pieces.push(bytes);
        return { ok: true, value: { receivedBytes: bytes.length } };
      },
      'candles.upload.finish': () => this.#called('upload.finish', this.finishAnswer),
      'candles.upload.abort': () => this.#called('upload.abort', done),
      'candles.delete': () => this.#called('candles.delete', done),
      'candles.chart': () => this.#called('chart', this.chartAnswer),
      'strategies.list': () => ({ ok: true, value: [SMA_CROSS] }),
      'backtest.start': (input) => {
        this.started.push(input);
        return this.startAnswer;
      },
      'backtest.progress': ({ runId }, sink) => {
        this.progress.set(runId, sink);
        return () => this.progress.delete(runId);
      },
      'backtest.cancel': () => this.#called('cancel', done),
      'backtest.runs': (_input, sink) => {
        this.#runs = sink;
        return () => {};
      },
      'backtest.result': ({ runId }) => this.#called(`result ${runId}`, this.resultAnswer),
      'backtest.rename': () => this.#called('rename', this.renameAnswer),
      'backtest.delete': () => this.#called('delete', done),
      ...NO_DOWNLOADS,
      ...NO_TRADING,
      ...NO_LIVE,
      'backtest.export': () => contractFailure('RUN_NOT_FINISHED', 'The run has no result.'),
    };
  }
}

/** After everything under way in memory has arrived: messages take a few turns of the microtask queue. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
