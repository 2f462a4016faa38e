/** Whether the app answers, and which app it is. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo } from '../../contract/app.ts';
import type { Contract } from '../../contract/contract.ts';
import type { Bridge, ConnectionState } from '../bridge/bridge.ts';

export interface ConnectionView {
  readonly state: ConnectionState;
  /** What to do about a lost connection, where that is known. */
  readonly sentence: string | null;
  /** `null` until the app has said. */
  readonly app: AppInfo | null;
}

export type ConnectionStore = StoreApi<ConnectionView>;

/** Follows the bridge for as long as the window lives. */
export function createConnectionStore(bridge: Bridge<Contract>): ConnectionStore {
  const store = createStore<ConnectionView>(() => ({
    state: 'connecting',
    sentence: null,
    app: null,
  }));
  bridge.onConnection((state, sentence) => {
    store.setState({ state, sentence });
    if (state === 'open') void askInfo();
  });
  async function askInfo(): Promise<void> {
    const info = await bridge.client.call('app.info', {});
    // A refused answer shows as a missing version; the connection's own state says why.
    if (info.ok) store.setState({ app: info.value });
  }
  return store;
}
