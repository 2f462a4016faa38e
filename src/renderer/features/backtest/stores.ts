/** All state behind the Backtest screen, wired together once for a window. */

import type { Contract } from '../../../contract/contract.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { createFormStore, type FormStore } from './form/form-store.ts';
import { createResultsStore, type ResultsStore } from './result/results-store.ts';
import { createRunsStore, type RunsStore } from './runs/runs-store.ts';
import {
  createSourcesStore,
  createStrategiesStore,
  type SourcesStore,
  type StrategiesStore,
} from './sources-store.ts';
import { createUploadStore, type UploadStore } from './upload/upload-store.ts';
import { createViewStore, type ViewStore } from './view-store.ts';

export interface BacktestStores {
  readonly sources: SourcesStore;
  readonly strategies: StrategiesStore;
  readonly form: FormStore;
  readonly upload: UploadStore;
  readonly runs: RunsStore;
  readonly results: ResultsStore;
  readonly view: ViewStore;
}

/** Creates the stores, lets the lists feed the form and the view, and starts asking the app. */
export function createBacktestStores(client: ContractClient<Contract>): BacktestStores {
  const stores: BacktestStores = {
    sources: createSourcesStore(client),
    strategies: createStrategiesStore(client),
    form: createFormStore(),
    upload: createUploadStore(client),
    runs: createRunsStore(client),
    results: createResultsStore(client),
    view: createViewStore(),
  };
  stores.sources.subscribe(({ sources }) => {
    if (sources.status === 'ready') stores.form.offerSources(sources.value);
  });
  stores.strategies.subscribe(({ strategies }) => {
    if (strategies.status === 'ready') stores.form.offerStrategies(strategies.value);
  });
  stores.runs.subscribe(({ runs }) => {
    if (runs.status === 'ready') stores.view.keepOnly(runs.value.map(({ id }) => id));
  });
  stores.sources.connect();
  stores.runs.connect();
  void stores.strategies.load();
  return stores;
}
