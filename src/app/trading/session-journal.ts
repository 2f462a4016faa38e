/** Writes a session's events, decisions and bookings; events on which nothing was decided share the next write. */

import type { AuditRecord } from '../../core/audit.ts';
import type { Engine } from '../../core/engine.ts';
import type { Decision, EngineEvent } from '../../core/events.ts';
import type { JournalEntry, KeptBot, TradingStore } from '../storage/trading-store.ts';
import { eventTime } from './event-time.ts';
import { QuietEvents } from './quiet-events.ts';

export interface SessionJournalOptions {
  readonly store: Pick<TradingStore, 'commit'>;
  readonly accountId: number;
  /** Asked for when something is written: what the engine books is noted here from its beginning on. */
  readonly engine: () => Pick<Engine, 'account' | 'state'>;
}

/** Quiet events that are kept in memory before they are written all the same. */
const MOST_QUIET_EVENTS = 2_000;

export class SessionJournal {
  readonly #options: SessionJournalOptions;
  readonly #quiet = new QuietEvents();
  #audit: AuditRecord[] = [];
  #bookings = 0;

  constructor(options: SessionJournalOptions) {
    this.#options = options;
  }

  /** Changes of the books so far in this run. */
  get bookings(): number {
    return this.#bookings;
  }

  /** Keeps a change of the books for the next write. */
  note(record: AuditRecord): void {
    this.#audit.push(record);
  }

  /** Writes how a run begins. What bringing the state back told the books is in them. */
  begin(entry: Extract<JournalEntry, { readonly kind: 'session-begun' }>): void {
    this.#audit = [];
    this.#commit(entry, entry.time, [], []);
  }

  /** Takes an event that was handled. On disk when this returns, unless nothing was decided or booked on it. */
  take(event: EngineEvent, decisions: readonly Decision[]): void {
    if (decisions.length === 0 && this.#audit.length === 0) {
      this.#quiet.add(event);
      if (this.#quiet.size > MOST_QUIET_EVENTS) this.flush();
      return;
    }
    const addedBots =
      event.kind === 'bot-added' ? [{ config: event.config, instrument: event.instrument }] : [];
    const time = eventTime(event, this.#options.engine().account.time);
    this.#commit(event, time, decisions, addedBots);
  }

  /** Writes the events that wait. */
  flush(): void {
    if (this.#quiet.size > 0) this.#commit(null, this.#options.engine().account.time, [], []);
  }

  /** @param time ms UTC */
  #commit(
    entry: JournalEntry | null,
    time: number,
    decisions: readonly Decision[],
    addedBots: readonly KeptBot[],
  ): void {
    const { store, accountId, engine } = this.#options;
    const quiet = this.#quiet.take().map((event) => ({
      entry: event,
      time: eventTime(event, time),
      decisions: [],
    }));
    const entries = entry === null ? quiet : [...quiet, { entry, time, decisions }];
    const audit = this.#audit;
    this.#audit = [];
    this.#bookings += audit.length;
    store.commit(accountId, { entries, audit, state: engine().state(), addedBots });
  }
}
