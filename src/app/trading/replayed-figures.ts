/** What a replay on paper came to, from its journal: the same whether it ran in one go or was paused on the way. */

import type { CandleColumns } from '../../core/domain/candles.ts';
import type { Denial } from '../../core/domain/denial.ts';
import type { Position } from '../../core/account/position.ts';
import type { Engine } from '../../core/engine.ts';
import type { Replayed } from '../../core/backtest/replay.ts';
import type { JournalRow } from '../storage/trading-store.ts';
import { sessionEngine } from './session-engine.ts';

export interface ReplayedFigures extends Replayed {
  readonly position: Position;
}

/**
 * One engine hears all that the sessions heard, one after the other.
 * @param rows of one account, oldest first, from its beginning on
 * @returns `null` where a bar is missing
 */
export function replayedFigures(
  rows: Iterable<JournalRow>,
  botId: string,
  { time, length }: CandleColumns,
): ReplayedFigures | null {
  const equity = new Float64Array(length).fill(Number.NaN);
  const wasOpen = new Uint8Array(length);
  const denials: Denial[] = [];
  const indexes = new Map(Array.from(time.subarray(0, length), (start, index) => [start, index]));
  let engine: Engine | null = null;
  let index: number | undefined;
  const endBar = (): void => {
    if (engine === null || index === undefined) return;
    equity[index] = engine.account.equity();
    wasOpen[index] = engine.bots.get(botId).holding.position.isOpen ? 1 : 0;
    index = undefined;
  };
  for (const { entry } of rows) {
    if (entry.kind === 'session-begun') {
      endBar();
      engine ??= sessionEngine(entry.rules, entry.bots, entry.state, () => {}).engine;
      continue;
    }
    if (engine === null) return null;
    if (entry.kind === 'bar-opened') endBar();
    for (const decision of engine.process(entry)) {
      if (decision.kind === 'denied') denials.push(decision.denial);
    }
    if (entry.kind === 'bar-closed') index = indexes.get(entry.bar[0]);
  }
  endBar();
  if (engine === null || equity.some(Number.isNaN)) return null;
  const { position } = engine.bots.get(botId).holding;
  return { equity, denials, barsInMarket: wasOpen.reduce((sum, each) => sum + each, 0), position };
}
