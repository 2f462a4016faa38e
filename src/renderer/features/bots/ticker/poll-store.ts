/** Asks for a symbol's best prices a few times in a row, and keeps what came. */

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../../../contract/contract.ts';
import type { ContractClient } from '../../../../contract/rpc/client-types.ts';
import { MARKET_VENUES, type MarketTick } from '../../../../contract/market.ts';
import type { NumberEntry } from '../../../ui/form/number/number-entry.ts';

export interface PollState {
  readonly seconds: NumberEntry;
  readonly times: NumberEntry;
  readonly run: PollRun;
}

/** `stopped` was ended by hand. */
export interface PollRun {
  readonly status: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  /** How many were asked for. */
  readonly of: number;
  /** Newest first. */
  readonly ticks: readonly MarketTick[];
  /** Why it failed, as a sentence. */
  readonly error: string | null;
}

export interface PollStore extends StoreApi<PollState> {
  change(part: Partial<Pick<PollState, 'seconds' | 'times'>>): void;
  start(): void;
  stop(): void;
}

export interface PollOptions {
  readonly client: ContractClient<Contract>;
  /** As the account says; one without prices fails in words. */
  readonly venueId: string;
  readonly symbol: string;
}

const IDLE: PollRun = { status: 'idle', of: 0, ticks: [], error: null };

export function createPollStore({ client, venueId, symbol }: PollOptions): PollStore {
  const store = createStore<PollState>(() => ({ seconds: 10, times: 6, run: IDLE }));
  const venue = MARKET_VENUES.find((one) => one === venueId);
  let leave = (): void => {};
  const change = (part: Partial<PollRun>): void =>
    store.setState(({ run }) => ({ run: { ...run, ...part } }));
  const stop = (): void => {
    leave();
    if (store.getState().run.status === 'running') change({ status: 'stopped' });
  };
  return {
    ...store,
    change: (part) => store.setState(part),
    stop,
    start() {
      leave();
      const { seconds, times } = store.getState();
      const asked = readPoll(seconds, times);
      if (asked === null) return;
      if (venue === undefined) {
        store.setState({ run: { ...IDLE, status: 'failed', error: NO_VENUE } });
        return;
      }
      store.setState({ run: { status: 'running', of: asked.times, ticks: [], error: null } });
      leave = client.subscribe(
        'market.poll',
        { venue, symbol, ...asked },
        {
          onEvent: (tick) => change({ ticks: [tick, ...store.getState().run.ticks] }),
          onEnd: (error) =>
            change(
              error === null ? { status: 'done' } : { status: 'failed', error: error.sentence },
            ),
        },
      );
    },
  };
}

const NO_VENUE = 'A replay has no prices to ask for. Begin a paper account on an exchange.';

/** What is asked for; `null` where a field cannot be used. */
export function readPoll(
  seconds: NumberEntry,
  times: NumberEntry,
): { readonly everySeconds: number; readonly times: number } | null {
  const isWhole = (entry: NumberEntry, most: number): entry is number =>
    typeof entry === 'number' && Number.isInteger(entry) && entry >= 1 && entry <= most;
  if (!isWhole(seconds, 3_600) || !isWhole(times, 1_000)) return null;
  return { everySeconds: seconds, times };
}
