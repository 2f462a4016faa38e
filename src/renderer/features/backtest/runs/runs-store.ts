/** The kept runs and the progress of those under way. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunInfo, RunProgress } from '../../../../contract/backtest.ts';
import type { Contract } from '../../../../contract/contract.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import { LOADING, type Loadable } from '../../../app/loadable.ts';

export interface RunsState {
  readonly runs: Loadable<readonly RunInfo[]>;
  /** By run id; only of runs that are queued or running. */
  readonly progress: Readonly<Record<string, RunProgress>>;
}

export interface RunsStore extends StoreApi<RunsState> {
  /** Asks for the list; again after a failure. */
  connect(): void;
}

function isUnderWay({ state }: Pick<RunInfo, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

export function createRunsStore(client: ContractClient<Contract>): RunsStore {
  const store = createStore<RunsState>(() => ({ runs: LOADING, progress: {} }));
  const followed = new Map<string, () => void>();
  let leave = (): void => {};

  function follow(runId: string): void {
    const unsubscribe = client.subscribe(
      'backtest.progress',
      { runId },
      {
        onEvent: (event) =>
          store.setState(({ progress }) => ({ progress: { ...progress, [runId]: event } })),
        // The list itself says how it ended.
        onEnd: () => {},
      },
    );
    followed.set(runId, unsubscribe);
  }

  function unfollow(runId: string): void {
    followed.get(runId)?.();
    followed.delete(runId);
    store.setState(({ progress }) => {
      const { [runId]: _ended, ...others } = progress;
      return { progress: others };
    });
  }

  function receive(runs: readonly RunInfo[]): void {
    store.setState({ runs: { status: 'ready', value: runs } });
    const underWay = new Set(runs.filter(isUnderWay).map(({ id }) => id));
    for (const runId of followed.keys()) if (!underWay.has(runId)) unfollow(runId);
    for (const runId of underWay) if (!followed.has(runId)) follow(runId);
  }

  function connect(): void {
    leave();
    store.setState({ runs: LOADING });
    leave = client.subscribe(
      'backtest.runs',
      {},
      {
        onEvent: receive,
        onEnd: (error) => {
          if (error !== null) store.setState({ runs: { status: 'failed', error } });
        },
      },
    );
  }

  return { ...store, connect };
}
