/** An order of real money before it is confirmed: read anew all the while, and once more at the moment of confirming. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import { changeBetween, type PlanAnswer } from './order-plan.ts';

export interface LiveOrderState {
  /** What is shown; `null` before the first answer. */
  readonly answer: PlanAnswer | null;
  /** What is not as it was shown before, as a sentence. */
  readonly change: string | null;
  readonly isBusy: boolean;
}

export interface LiveOrderStore extends StoreApi<LiveOrderState> {
  /** Reads it anew. */
  look(): Promise<void>;
  /** Sends it where it still is what was shown; else shows what has changed. @returns whether it was sent */
  confirm(): Promise<boolean>;
  /** The question is closed: nothing is sent any more. */
  leave(): void;
}

export interface LiveOrderOptions {
  readonly read: () => Promise<PlanAnswer>;
  /** Sends what was read last, and tells what became of it. */
  readonly send: () => Promise<void>;
}

export function createLiveOrder({ read, send }: LiveOrderOptions): LiveOrderStore {
  const store = createStore<LiveOrderState>(() => ({ answer: null, change: null, isBusy: false }));
  let isLeft = false;

  /** @returns whether it is what was shown */
  const readAgain = async (): Promise<boolean> => {
    const now = await read();
    const { answer: shown } = store.getState();
    if (shown?.kind !== 'plan' || now.kind !== 'plan') {
      store.setState({ answer: now, change: null });
      return false;
    }
    const change = changeBetween(shown.plan, now.plan);
    store.setState(change === null ? { answer: now } : { answer: now, change });
    return change === null;
  };

  return {
    ...store,
    async look() {
      if (!store.getState().isBusy) await readAgain();
    },
    async confirm() {
      const { isBusy, answer } = store.getState();
      // A second press while the first is under way is the same press.
      if (isBusy || answer?.kind !== 'plan') return false;
      store.setState({ isBusy: true, change: null });
      const isSame = await readAgain();
      const isSent = isSame && !isLeft;
      if (isSent) await send();
      store.setState({ isBusy: false });
      return isSent;
    },
    leave() {
      isLeft = true;
    },
  };
}
