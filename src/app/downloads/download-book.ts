/** The downloads since the app's start, and who watches them. */

import type { ContractError } from '../../contract/errors.ts';
import type { DownloadEntry, DownloadProgressEvent } from '../../contract/downloads.ts';
import { Listeners } from '../listeners.ts';

/** Older ones that are over are forgotten. */
const KEPT = 50;

const QUEUED: DownloadProgressEvent = {
  state: 'queued',
  pages: 0,
  bars: 0,
  fraction: 0,
  remark: null,
  sourceId: null,
  error: null,
};

export function isOver({ state }: DownloadProgressEvent): boolean {
  return state !== 'queued' && state !== 'running';
}

export class DownloadBook {
  /** Oldest first. */
  #entries: readonly DownloadEntry[] = [];
  readonly #watchers = new Map<string, Listeners<[progress: DownloadProgressEvent]>>();
  readonly #listeners: Listeners<[entries: DownloadEntry[]]>;
  readonly #reportFault: (error: unknown) => void;

  constructor(reportFault: (error: unknown) => void) {
    this.#reportFault = reportFault;
    this.#listeners = new Listeners(reportFault);
  }

  find(id: string): DownloadEntry | null {
    return this.#entries.find((entry) => entry.id === id) ?? null;
  }

  /** Those that are not over. */
  open(): readonly DownloadEntry[] {
    return this.#entries.filter(({ progress }) => !isOver(progress));
  }

  add(id: string, request: DownloadEntry['request']): void {
    const forgotten = this.#entries.filter(({ progress }) => isOver(progress)).slice(0, -KEPT);
    const kept = this.#entries.filter((entry) => !forgotten.includes(entry));
    this.#entries = [...kept, { id, request, progress: QUEUED }];
    this.#changed();
  }

  /** Nothing comes after the end. */
  update(id: string, change: Partial<DownloadProgressEvent>): void {
    const before = this.find(id)?.progress;
    if (before === undefined || isOver(before)) return;
    const progress = { ...before, ...change };
    this.#entries = this.#entries.map((entry) =>
      entry.id === id ? { ...entry, progress } : entry,
    );
    this.#watchers.get(id)?.tell(progress);
    if (isOver(progress)) this.#watchers.delete(id);
    if (progress.state !== before.state) this.#changed();
  }

  fail(id: string, error: ContractError): void {
    this.update(id, { state: 'failed', error });
  }

  /** Told at once, and at each change. @returns the unsubscribe, or `null` where there is no such download */
  watch(id: string, watcher: (progress: DownloadProgressEvent) => void): (() => void) | null {
    const entry = this.find(id);
    if (entry === null) return null;
    watcher(entry.progress);
    if (isOver(entry.progress)) return () => {};
    const watchers = this.#watchers.get(id) ?? new Listeners(this.#reportFault);
    this.#watchers.set(id, watchers);
    return watchers.add(watcher);
  }

  /** Told at once, and whenever one begins or ends, newest first. @returns the unsubscribe */
  watchAll(listener: (entries: DownloadEntry[]) => void): () => void {
    listener(this.#entries.toReversed());
    return this.#listeners.add(listener);
  }

  #changed(): void {
    this.#listeners.tell(this.#entries.toReversed());
  }
}
