/** The last bars of one symbol as they close; what has come stays when the stream breaks. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../../../contract/contract.ts';
import type { InputOf } from '../../../../contract/define.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import type { MarketBars } from '../../../../contract/market.ts';

export interface BarsState {
  /** `null` until the first answer. */
  readonly bars: MarketBars | null;
  /** Why no more come, as a sentence. */
  readonly error: string | null;
}

export interface BarsStore extends StoreApi<BarsState> {
  /** Begins, or begins again. @returns leaves the stream */
  connect(): () => void;
}

export function createBarsStore(
  client: ContractClient<Contract>,
  asked: InputOf<Contract['market.bars']>,
): BarsStore {
  const store = createStore<BarsState>(() => ({ bars: null, error: null }));
  let leave = (): void => {};
  return {
    ...store,
    connect() {
      leave();
      store.setState({ error: null });
      leave = client.subscribe('market.bars', asked, {
        onEvent: (bars) => store.setState({ bars, error: null }),
        onEnd: (error) => {
          if (error !== null) store.setState({ error: error.sentence });
        },
      });
      return () => leave();
    },
  };
}
