/** A replay that is paused, wherever, and gone on with: one report at the end, that of one go. */

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backtestDocument, documentRun } from '../../core/backtest/document.ts';
import type { BacktestReport } from '../../core/backtest/report.ts';
import { temporaryFolder } from '../storage/testing/temporary-folder.ts';
import type { TradingStore } from '../storage/trading-store.ts';
import { openWholeWavyReplay } from './testing/wavy-replay.ts';

/** @param pauses how many events each of the runs hears before it is told to stop */
async function inRuns(pauses: readonly number[]): Promise<BacktestReport> {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  for (const after of [...pauses, Infinity]) {
    const { storage, replay } = await openWholeWavyReplay(path);
    const stopping = new AbortController();
    let events = 0;
    replay.session.onEvent(() => {
      events += 1;
      if (events >= after) stopping.abort();
    });
    const outcome = await replay.run(stopping.signal);
    replay.session.close();
    storage.close();
    if (!outcome.ok) {
      expect(outcome.error.code).toBe('STOPPED');
      expect(outcome.error.sentence).toMatch(/^Paused at bar \d+ of 2000\.$/);
      continue;
    }
    if (outcome.value.report === null) throw new Error('There is no report.');
    return outcome.value.report;
  }
  throw new Error('It did not come to its end.');
}

/** The disk is full at the nth write of each run, of the books and of the exchange alike, until the next run. */
async function onFullDisks(fullAt: readonly number[]): Promise<BacktestReport> {
  const path = join(await temporaryFolder(), 'profile.sqlite');
  for (const nth of [...fullAt, Infinity]) {
    let writes = 0;
    const write = (work: () => void): void => {
      writes += 1;
      if (writes >= nth) throw new Error('database or disk is full');
      work();
    };
    const { storage, replay } = await openWholeWavyReplay(path, (store) => filling(store, write));
    const outcome = await replay.run();
    replay.session.close();
    storage.close();
    if (!outcome.ok) {
      expect(outcome.error.code).toBe('STOPPED');
      expect(outcome.error.sentence).toMatch(
        /^Paused at bar \d+ of 2000: what happened there cannot be written \(database or disk is full\)\. Make room for it\.$/,
      );
      continue;
    }
    if (outcome.value.report === null) throw new Error('There is no report.');
    return outcome.value.report;
  }
  throw new Error('It did not come to its end.');
}

function filling(store: TradingStore, write: (work: () => void) => void): TradingStore {
  return {
    ...store,
    commit: (accountId, commit) => write(() => store.commit(accountId, commit)),
    latchHalt: (accountId) => write(() => store.latchHalt(accountId)),
    beginUnit() {
      const { keep, drop } = store.beginUnit();
      return { keep: () => write(keep), drop };
    },
    simulated(accountId) {
      const simulated = store.simulated(accountId);
      return { ...simulated, commit: (change) => write(() => simulated.commit(change)) };
    },
  };
}

function bytes(report: BacktestReport): string {
  const candles = { name: 'c', sha256: null, synthetic: true, warnings: [] };
  return [...backtestDocument(documentRun(report, candles))].join('');
}

describe('a replay on paper', () => {
  it('paused many times has the report of one go, to the byte', async () => {
    const inOneGo = await inRuns([]);
    expect(inOneGo.trades.length).toBeGreaterThan(50);
    const expected = bytes(inOneGo);
    expect(bytes(await inRuns([701, 2, 3, 5, 1_000, 7, 2_003]))).toBe(expected);
  }, 60_000);

  it('that met a full disk has it too, whatever could not be written', async () => {
    const expected = bytes(await inRuns([]));
    // One after the other: every kind of write is the one that fails sooner or later.
    const consecutive = Array.from({ length: 24 }, (_, index) => 2 + index);
    expect(bytes(await onFullDisks([...consecutive, 900, 400, 77]))).toBe(expected);
  }, 60_000);
});
