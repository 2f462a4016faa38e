/** What the app keeps between starts, whatever keeps it: SQLite for one person, another database for a backend. */

import type { DocumentCandles } from '../../core/backtest/document.ts';
import type { RunInfo } from '../../contract/backtest.ts';
import type { TradingStore } from './trading-store.ts';

/** A kept backtest, without its long columns. */
export interface StoredRun {
  readonly info: RunInfo;
  /** What the document says about the candles, so that an export does not need them any more. */
  readonly candles: DocumentCandles;
}

/** Bytes in a buffer of their own, so that a thread can hand them over. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The long part of a finished run, packed (see backtest/packed-outcome.ts); storage does not look inside. */
export interface PackedOutcome {
  readonly trades: Bytes;
  readonly denials: Bytes;
  readonly time: Bytes;
  readonly equity: Bytes;
  readonly curve: Bytes;
}

export interface StoredRuns {
  /** Newest first. */
  readonly runs: readonly StoredRun[];
  /** Ids of rows that no longer make sense; they are left as they are. */
  readonly unreadable: readonly string[];
}

/** Each promise resolves when the change is on disk. */
export interface RunStore {
  list(): Promise<StoredRuns>;
  insert(run: StoredRun): Promise<void>;
  /** Name, state, summary and error; the rest of a run never changes. */
  update(info: RunInfo): Promise<void>;
  /** The summary and the outcome together, or neither. */
  finish(info: RunInfo, outcome: PackedOutcome): Promise<void>;
  /** `null` where the run has none. */
  outcome(runId: string): Promise<PackedOutcome | null>;
  delete(runId: string): Promise<void>;
}

/** Values as JSON, by name. Durable when a call returns. */
export interface SettingsStore {
  /** `null` where nothing is set. */
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface Storage {
  readonly runs: RunStore;
  /** Books of paper and live share nothing. */
  readonly paper: TradingStore;
  readonly live: TradingStore;
  readonly settings: SettingsStore;
  /** Idempotent. */
  close(): void;
}
