/** A replay that trades often, for tests: hourly candles that go up and down, and averages that cross all the time. */

import { candlesFromRows, type CandleRow } from '../../../core/domain/candles.ts';
import { openSqliteStorage } from '../../storage/sqlite-storage.ts';
import type { Storage } from '../../storage/storage.ts';
import type { TradingStore } from '../../storage/trading-store.ts';
import { stopsInMemory } from '../../stop/open-stops.ts';
import { PaperReplay, type ReplayOptions } from '../replay-on-paper.ts';
import { rethrow } from '../../testing/rethrow.ts';

const HOUR = 3_600_000;
const BARS = 2_000;

/** Three sines of unequal length: crossings without a pattern, and falls deep enough for stops. */
export const wavyCandles = candlesFromRows(
  Array.from({ length: BARS }, (_, index): CandleRow => {
    const at = (bar: number): number =>
      100 + 8 * Math.sin(bar / 7.3) + 3 * Math.sin(bar / 1.9) + 2 * Math.sin(bar * 1.7);
    const open = at(index - 1);
    const close = at(index);
    const high = Math.max(open, close) * 1.01;
    const low = Math.min(open, close) * 0.97;
    return [index * HOUR, open, high, low, close, 1];
  }),
);

export const WAVY_CONFIG: ReplayOptions['config'] = {
  symbol: 'BTC/USDT',
  timeframe: '1h',
  strategy: 'sma-cross',
  params: { fast: 1, slow: 3 },
  startingBalance: 1_000,
  costs: { takerFee: 0.001, makerFee: 0.0005, slippageBps: 2, halfSpreadBps: 1 },
  sizing: { kind: 'fixed', cost: 40 },
  limits: 'on',
  whitelist: ['BTC/USDT'],
};

export interface OpenReplay {
  readonly storage: Storage;
  readonly replay: PaperReplay;
}

/**
 * Opens the replay over the profile at `path`.
 * @param onCommit called after every commit, of the books and of the exchange alike
 */
export async function openWavyReplay(
  path: string,
  onCommit: () => void = () => {},
  onFault: (error: unknown) => void = rethrow,
): Promise<OpenReplay> {
  const { storage } = await openSqliteStorage({ path, now: 0 });
  return openWavyReplayOn(storage, watched(storage.paper, onCommit), onFault);
}

/** As `openWavyReplay`, with books of which whole bars are on disk or none. */
export async function openWholeWavyReplay(
  path: string,
  store: (paper: TradingStore) => TradingStore = (paper) => paper,
): Promise<OpenReplay> {
  const { storage } = await openSqliteStorage({ path, now: 0 });
  return openWavyReplayOn(storage, store(storage.paper), rethrow);
}

function openWavyReplayOn(
  storage: Storage,
  store: TradingStore,
  onFault: (error: unknown) => void,
): OpenReplay {
  const opened = PaperReplay.open({
    config: WAVY_CONFIG,
    candles: wavyCandles,
    name: 'waves',
    recording: 'wavy',
    store,
    stops: stopsInMemory(() => 0, rethrow),
    orderPrefix: 'ptest',
    speed: null,
    setTimer(_, callback) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
    reportFault: onFault,
  });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return { storage, replay: opened.value };
}

function watched(store: TradingStore, onCommit: () => void): TradingStore {
  return {
    ...store,
    // What is outside could be told at once: each commit by itself, as live.
    beginUnit: () => ({ keep: () => {}, drop: () => {} }),
    commit(accountId, commit) {
      store.commit(accountId, commit);
      onCommit();
    },
    simulated(accountId) {
      const simulated = store.simulated(accountId);
      return {
        ...simulated,
        commit(change) {
          simulated.commit(change);
          onCommit();
        },
      };
    },
  };
}
