/** All kept runs, as the window sees them: in memory for reading, in storage before anything is acknowledged. */

import type { ContractError } from '../../contract/errors.ts';
import type { RunInfo, RunProgress } from '../../contract/backtest.ts';
import { createListeners, type Listeners } from '../../contract/rpc/listeners.ts';
import { fail } from '../../core/domain/result.ts';
import type { PackedOutcome, RunStore, StoredRun } from '../storage/storage.ts';

interface Entry {
  run: StoredRun;
  fraction: number;
  readonly progress: Listeners<RunProgress>;
}

export type EndState = 'cancelled' | 'failed';

const INTERRUPTED: ContractError = {
  code: 'RUN_INTERRUPTED',
  sentence: 'The app was closed before this backtest had ended. Run it again to get its result.',
};

export function isOver({ state }: { readonly state: RunInfo['state'] }): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

export class RunBook {
  readonly #store: RunStore;
  /** Newest first. */
  #entries: readonly Entry[] = [];
  readonly #list = createListeners<RunInfo[]>();
  /** Changes of storage happen one after another, so that none is based on what another is changing. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(store: RunStore) {
    this.#store = store;
  }

  /**
   * Reads what is kept. Runs that had not ended when the app did are marked as failed.
   * @returns the ids of runs that could not be read
   */
  async load(): Promise<readonly string[]> {
    const { runs, unreadable } = await this.#store.list();
    this.#entries = runs.map(entryOf);
    for (const { info } of runs) {
      if (!isOver(info)) await this.end(info.id, 'failed', INTERRUPTED);
    }
    return unreadable;
  }

  infos(): RunInfo[] {
    return this.#entries.map(({ run }) => run.info);
  }

  find(runId: string): StoredRun | null {
    return this.#entry(runId)?.run ?? null;
  }

  /** Told at once and again at each change. Returns the removal. */
  watch(listener: (runs: RunInfo[]) => void): () => void {
    listener(this.infos());
    return this.#list.add(listener);
  }

  /** Told the present state at once, then each change. Returns the removal, or `null` without such a run. */
  watchProgress(runId: string, listener: (progress: RunProgress) => void): (() => void) | null {
    const entry = this.#entry(runId);
    if (entry === null) return null;
    listener(progressOf(entry));
    return entry.progress.add(listener);
  }

  add(run: StoredRun): Promise<void> {
    return this.#write(async () => {
      await this.#store.insert(run);
      this.#entries = [entryOf(run), ...this.#entries];
      this.#tellList();
    });
  }

  /** In memory only: to storage a run that waits and one at work are the same, an unfinished one. */
  progress(runId: string, fraction: number): void {
    const entry = this.#entry(runId);
    if (entry === null || isOver(entry.run.info)) return;
    entry.fraction = Math.max(entry.fraction, fraction);
    if (entry.run.info.state === 'queued') this.#change(entry, { state: 'running' });
    else entry.progress.tell(progressOf(entry));
  }

  finish(runId: string, summary: RunInfo['summary'], outcome: PackedOutcome): Promise<void> {
    return this.#write(async () => {
      const entry = this.#need(runId);
      await this.#store.finish({ ...entry.run.info, state: 'done', summary }, outcome);
      this.#change(entry, { state: 'done', summary });
    });
  }

  /** Shown before it is stored: should storing fail, the next start finds an unfinished run, which is as true. */
  end(runId: string, state: EndState, error: ContractError | null): Promise<void> {
    this.#change(this.#need(runId), { state, error });
    return this.#write(() => this.#store.update(this.#need(runId).run.info));
  }

  interrupt(runId: string): Promise<void> {
    return this.end(runId, 'failed', INTERRUPTED);
  }

  rename(runId: string, name: string): Promise<void> {
    return this.#write(async () => {
      const entry = this.#need(runId);
      await this.#store.update({ ...entry.run.info, name });
      this.#change(entry, { name });
    });
  }

  remove(runId: string): Promise<void> {
    return this.#write(async () => {
      await this.#store.delete(runId);
      this.#entries = this.#entries.filter(({ run }) => run.info.id !== runId);
      this.#tellList();
    });
  }

  outcome(runId: string): Promise<PackedOutcome | null> {
    return this.#store.outcome(runId);
  }

  /** Resolves when everything is on disk, what is asked for while it waits included. */
  async settled(): Promise<void> {
    for (let last: unknown = null; last !== this.#lastWrite; await last) last = this.#lastWrite;
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    const written = this.#lastWrite.then(work);
    // The one who asked for it is told of a failure; those who wait behind it go on.
    this.#lastWrite = written.catch(() => undefined);
    return written;
  }

  #change(entry: Entry, changes: Partial<RunInfo>): void {
    entry.run = { ...entry.run, info: { ...entry.run.info, ...changes } };
    entry.progress.tell(progressOf(entry));
    this.#tellList();
  }

  #tellList(): void {
    this.#list.tell(this.infos());
  }

  #entry(runId: string): Entry | null {
    return this.#entries.find(({ run }) => run.info.id === runId) ?? null;
  }

  #need(runId: string): Entry {
    const entry = this.#entry(runId);
    if (entry === null) throw new Error(`There is no run ${runId}.`);
    return entry;
  }
}

function entryOf(run: StoredRun): Entry {
  return { run, fraction: 0, progress: createListeners<RunProgress>() };
}

function progressOf({ run, fraction }: Entry): RunProgress {
  const { state, error } = run.info;
  return { state, fraction: state === 'done' ? 1 : fraction, error };
}

export const RUN_NOT_FOUND = fail(
  'RUN_NOT_FOUND',
  'This backtest is not kept any more. It may have been deleted.',
);
