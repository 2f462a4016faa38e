/** Results and candles that were asked for, the newest few kept so that going back and forth is instant. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunResult } from '../../../../contract/backtest.ts';
import type { CandleChart } from '../../../../contract/candles.ts';
import type { Contract } from '../../../../contract/contract.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import { LOADING, loadableOf, type Loadable } from '../../../app/loadable.ts';

export interface ResultsState {
  readonly results: ReadonlyMap<string, Loadable<RunResult>>;
  readonly charts: ReadonlyMap<string, Loadable<CandleChart>>;
}

export interface ResultsStore extends StoreApi<ResultsState> {
  /** Asks for a run's result unless it is here or on its way. */
  loadResult(runId: string): Promise<void>;
  retryResult(runId: string): Promise<void>;
  loadChart(sourceId: string): Promise<void>;
  retryChart(sourceId: string): Promise<void>;
}

/** Four can be compared, and one more looked at. */
const KEPT_RESULTS = 6;
/** A chart of a million bars takes 48 MB. */
const KEPT_CHARTS = 2;

export function createResultsStore(client: ContractClient<Contract>): ResultsStore {
  const store = createStore<ResultsState>(() => ({ results: new Map(), charts: new Map() }));

  function putResult(runId: string, value: Loadable<RunResult>): void {
    store.setState(({ results }) => ({ results: withNewest(results, runId, value, KEPT_RESULTS) }));
  }

  function putChart(sourceId: string, value: Loadable<CandleChart>): void {
    store.setState(({ charts }) => ({ charts: withNewest(charts, sourceId, value, KEPT_CHARTS) }));
  }

  async function retryResult(runId: string): Promise<void> {
    putResult(runId, LOADING);
    putResult(runId, loadableOf(await client.call('backtest.result', { runId })));
  }

  async function retryChart(sourceId: string): Promise<void> {
    putChart(sourceId, LOADING);
    putChart(sourceId, loadableOf(await client.call('candles.chart', { sourceId })));
  }

  return {
    ...store,
    retryResult,
    retryChart,
    async loadResult(runId) {
      if (!store.getState().results.has(runId)) await retryResult(runId);
    },
    async loadChart(sourceId) {
      if (!store.getState().charts.has(sourceId)) await retryChart(sourceId);
    },
  };
}

/** The map with this entry as its newest, and no more than `most` entries. */
function withNewest<T>(
  map: ReadonlyMap<string, T>,
  key: string,
  value: T,
  most: number,
): ReadonlyMap<string, T> {
  const others = [...map].filter(([other]) => other !== key);
  return new Map([...others.slice(-(most - 1)), [key, value]]);
}
