/** What every story must leave behind: a journal that, replayed, decides the same and arrives at the same books. */

import { expect } from 'vitest';
import type { Engine, EngineState } from '../../../core/engine.ts';
import type { TradingStore } from '../../storage/trading-store.ts';
import { sessionEngine } from '../session-engine.ts';
import { verifyJournal } from '../verify-journal.ts';

export function expectSoundJournal(store: TradingStore): void {
  const account = store.current();
  if (account === null) return;
  expect(verifyJournal(store.journal(account.id)).difference).toBeNull();
  let engine: Engine | null = null;
  for (const { entry } of store.journal(account.id)) {
    if (entry.kind !== 'session-begun') {
      engine?.process(entry);
      continue;
    }
    if (engine !== null) expect(comparable(engine.state())).toEqual(comparable(entry.state));
    engine = sessionEngine(entry.rules, entry.bots, entry.state, () => {}).engine;
  }
  if (engine !== null) expect(comparable(engine.state())).toEqual(comparable(account.state));
}

/** As it is kept, without what a bot has learnt: it is told that again. */
function comparable(state: EngineState | null): unknown {
  const withoutLastBars = (key: string, value: unknown): unknown =>
    key === 'lastBars' ? undefined : value;
  return JSON.parse(JSON.stringify(state), withoutLastBars);
}
