/** What the components share: made once in `main.tsx`, handed down, so that a test or a second window has its own. */

import { createContext, use } from 'react';
import type { Contract } from '../../contract/contract.ts';
import type { ContractClient } from '../../contract/rpc/client-types.ts';
import type { BacktestActions } from '../features/backtest/actions.ts';
import type { BacktestStores } from '../features/backtest/stores.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { ScreenStore } from './screen-store.ts';
import type { TradingActions } from './trading-actions.ts';
import type { TradingStore } from './trading-store.ts';

export interface Services {
  readonly client: ContractClient<Contract>;
  readonly screen: ScreenStore;
  readonly trading: TradingStore;
  readonly tradingActions: TradingActions;
  readonly connection: ConnectionStore;
  readonly backtest: BacktestStores;
  readonly actions: BacktestActions;
}

const ServicesContext = createContext<Services | null>(null);

export const ServicesProvider = ServicesContext.Provider;

/** @throws Error outside of the provider: a programming error. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null)
    throw new Error('No services: the component is outside of ServicesProvider.');
  return services;
}
