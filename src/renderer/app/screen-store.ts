/** Which screen shows; kept for the tab, so that a reload stays where it was. */

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface ScreenStore extends StoreApi<{ readonly id: string }> {
  go(id: string): void;
}

const KEY = 'cryptopiggy.screen';

/** @param kept the tab's own storage */
export function createScreenStore(kept: Pick<Storage, 'getItem' | 'setItem'>): ScreenStore {
  const store = createStore(() => ({ id: kept.getItem(KEY) ?? 'portfolio' }));
  return {
    ...store,
    go(id) {
      kept.setItem(KEY, id);
      store.setState({ id });
    },
  };
}
