/** What trading is doing on paper and live, and which of the two the screens show. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../contract/contract.ts';
import type { Exposure } from '../../contract/exposure.ts';
import type { LiveState } from '../../contract/live.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import type { StopReportWire } from '../../contract/stop.ts';
import type { AccountKind, TradingStatus } from '../../contract/trading.ts';
import { LOADING, type Loadable } from './loadable.ts';

export interface TradingView {
  /** `null` where none is set up. */
  readonly paper: Loadable<TradingStatus | null>;
  /** `null` while no exchange is connected. */
  readonly live: Loadable<TradingStatus | null>;
  readonly gate: Loadable<LiveState>;
  /** `null` while no emergency stop is in force. */
  readonly stop: Loadable<StopReportWire | null>;
  /** What is open with real money, whether an account is connected or not. */
  readonly exposure: Loadable<Exposure>;
  /** The account on the screens. */
  readonly shown: AccountKind;
}

/** Paper, live, or neither: everything is halted. */
export type Mode = 'paper' | 'live' | 'halted';

export interface TradingStore extends StoreApi<TradingView> {
  show(account: AccountKind): void;
}

export function createTradingStore(client: ContractClient<Contract>): TradingStore {
  const store = createStore<TradingView>(() => ({
    paper: LOADING,
    live: LOADING,
    gate: LOADING,
    stop: LOADING,
    exposure: LOADING,
    shown: 'paper',
  }));
  for (const account of ['paper', 'live'] as const) {
    client.subscribe(
      'trading.watch',
      { account },
      {
        onEvent: (status) => store.setState({ [account]: { status: 'ready', value: status } }),
        onEnd: (error) => {
          if (error !== null) store.setState({ [account]: { status: 'failed', error } });
        },
      },
    );
  }
  client.subscribe(
    'trading.watch-stop',
    {},
    {
      onEvent: (stop) => store.setState({ stop: { status: 'ready', value: stop } }),
      onEnd: (error) => {
        if (error !== null) store.setState({ stop: { status: 'failed', error } });
      },
    },
  );
  client.subscribe(
    'trading.watch-exposure',
    {},
    {
      onEvent: (exposure) => store.setState({ exposure: { status: 'ready', value: exposure } }),
      onEnd: (error) => {
        if (error !== null) store.setState({ exposure: { status: 'failed', error } });
      },
    },
  );
  client.subscribe(
    'live.watch',
    {},
    {
      onEvent: (gate) =>
        store.setState((view) => ({
          gate: { status: 'ready', value: gate },
          shown: shownWith(gate, view),
        })),
      onEnd: (error) => {
        if (error !== null) store.setState({ gate: { status: 'failed', error } });
      },
    },
  );
  return { ...store, show: (shown) => store.setState({ shown }) };
}

/** Live mode that has just gone on shows itself; an account that is gone cannot be shown. */
function shownWith(gate: LiveState, { gate: before, shown }: TradingView): AccountKind {
  const wasLive = before.status === 'ready' && before.value.isLive;
  if (gate.isLive && !wasLive) return 'live';
  return gate.isConnected ? shown : 'paper';
}

/** The status on the screens; `null` while there is none. */
export function shownStatus(view: TradingView): TradingStatus | null {
  const loadable = view[view.shown];
  return loadable.status === 'ready' ? loadable.value : null;
}

export function modeOf(view: TradingView): Mode {
  const statuses = [view.paper, view.live].map((loadable) =>
    loadable.status === 'ready' ? loadable.value : null,
  );
  const isStopped = view.stop.status === 'ready' && view.stop.value !== null;
  if (isStopped || statuses.some((status) => status?.tradingState === 'halted')) return 'halted';
  return view.gate.status === 'ready' && view.gate.value.isLive ? 'live' : 'paper';
}
