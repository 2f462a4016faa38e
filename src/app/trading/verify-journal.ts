/** Replays a journal: an engine that starts from the same state and hears the same events must decide the same. */

import type { Engine } from '../../core/engine.ts';
import type { JournalRow } from '../storage/trading-store.ts';
import { sessionEngine } from './session-engine.ts';

export interface Verdict {
  readonly sessions: number;
  readonly events: number;
  readonly decisions: number;
  /** The first row on which the replay decided otherwise, or `null`. */
  readonly difference: {
    readonly seq: number;
    readonly journaled: string;
    readonly replayed: string;
  } | null;
}

/** @param rows of one account, oldest first, from the beginning of a session on */
export function verifyJournal(rows: Iterable<JournalRow>): Verdict {
  let engine: Engine | null = null;
  const count = { sessions: 0, events: 0, decisions: 0 };
  for (const { seq, entry, decisions } of rows) {
    if (entry.kind === 'session-begun') {
      engine = sessionEngine(entry.rules, entry.bots, entry.state, () => {}).engine;
      count.sessions += 1;
      continue;
    }
    if (engine === null)
      throw new Error(`The journal has an event (${seq}) before its first session.`);
    const decided = engine.process(entry);
    const replayed = JSON.stringify(decided);
    count.events += 1;
    count.decisions += decided.length;
    if (replayed !== decisions) {
      return { ...count, difference: { seq, journaled: decisions, replayed } };
    }
  }
  return { ...count, difference: null };
}
