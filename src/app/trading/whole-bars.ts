/**
 * The books of a replay as they stand after whole bars. What cannot be written (a full disk) takes all of its bar with it,
 * and nothing is written after it: whoever goes on begins at a bar, as one who was paused there.
 */

import type { TradingStore } from '../storage/trading-store.ts';

export class WholeBars {
  /** What the session and its exchange write through. */
  readonly store: TradingStore;
  readonly #store: TradingStore;
  #failure: string | null = null;

  constructor(store: TradingStore) {
    this.#store = store;
    this.store = {
      ...store,
      commit: (accountId, commit) => this.#write(() => store.commit(accountId, commit)),
      latchHalt: (accountId) => this.#write(() => store.latchHalt(accountId)),
      simulated: (accountId) => {
        const simulated = store.simulated(accountId);
        return {
          ...simulated,
          commit: (change) => this.#write(() => simulated.commit(change)),
        };
      },
    };
  }

  /** Why something could not be written; `null` while everything could. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Plays a bar. All that it has written is on disk when it resolves to `true`, none of it when it could not be. */
  async play(bar: () => Promise<void>): Promise<boolean> {
    const unit = this.#store.beginUnit();
    try {
      await bar();
      if (this.#failure === null) this.#write(() => unit.keep());
    } catch (error) {
      if (this.#failure === null) throw error;
    } finally {
      unit.drop();
    }
    return this.#failure === null;
  }

  #write(work: () => void): void {
    if (this.#failure !== null) return;
    try {
      work();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }
}
