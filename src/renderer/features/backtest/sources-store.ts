/** What a backtest can be made of: candle sources, and strategies. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StrategyInfo } from '../../../contract/backtest.ts';
import type { CandleSource } from '../../../contract/candles.ts';
import type { Contract } from '../../../contract/contract.ts';
import type { ContractClient } from '../../../contract/rpc/client-types.ts';
import { LOADING, loadableOf, type Loadable } from '../../app/loadable.ts';

export interface SourcesState {
  readonly sources: Loadable<readonly CandleSource[]>;
}

export interface SourcesStore extends StoreApi<SourcesState> {
  /** Asks for the list; again after a failure. */
  connect(): void;
}

export function createSourcesStore(client: ContractClient<Contract>): SourcesStore {
  const store = createStore<SourcesState>(() => ({ sources: LOADING }));
  let leave = (): void => {};
  return {
    ...store,
    connect() {
      leave();
      store.setState({ sources: LOADING });
      leave = client.subscribe(
        'candles.sources',
        {},
        {
          onEvent: (value) => store.setState({ sources: { status: 'ready', value } }),
          onEnd: (error) => {
            if (error !== null) store.setState({ sources: { status: 'failed', error } });
          },
        },
      );
    },
  };
}

export interface StrategiesState {
  readonly strategies: Loadable<readonly StrategyInfo[]>;
}

export interface StrategiesStore extends StoreApi<StrategiesState> {
  /** Asks for the list; again after a failure. */
  load(): Promise<void>;
}

export function createStrategiesStore(client: ContractClient<Contract>): StrategiesStore {
  const store = createStore<StrategiesState>(() => ({ strategies: LOADING }));
  return {
    ...store,
    async load() {
      store.setState({ strategies: LOADING });
      store.setState({ strategies: loadableOf(await client.call('strategies.list', {})) });
    },
  };
}
