/** Live mode as the window sees it. */

import type { LiveState } from '../../contract/live.ts';
import { LIVE_CONDITIONS } from '../../core/domain/live-condition.ts';
import type { GateKeeper } from './gate-keeper.ts';
import type { KeyShelf } from './key-shelf.ts';
import type { LiveTarget } from './live-target.ts';
import { venueName } from './venue-name.ts';

interface LiveView extends Pick<LiveState, 'confirmBy' | 'isConnected' | 'health'> {
  readonly target: LiveTarget;
  readonly keeper: GateKeeper;
  readonly keys: KeyShelf;
  /** Of the limits and the list of symbols. */
  readonly rulesRevision: number;
  /** Whether a simulator stands in for the exchange. */
  readonly isSimulated: boolean;
}

export function liveState(view: LiveView): LiveState {
  const { target, keeper, keys, isSimulated, confirmBy, isConnected, health } = view;
  const { gate, isLive, isReady } = keeper;
  return {
    venue: { id: target.venue, name: venueName(target.venue, isSimulated) },
    symbol: target.symbol,
    revision: target.revision,
    conditions: LIVE_CONDITIONS.map((condition) => ({
      name: condition,
      ...gate.conditions[condition],
    })),
    isLive,
    isReady,
    shutBecause: gate.shutBecause,
    confirmBy,
    shown: shownIn(view),
    isConnected,
    health,
    key: keys.key,
    vault: keys.vault,
  };
}

/** Of a key its masked form is all that is told. */
function shownIn({ target, keys, rulesRevision }: LiveView): string {
  const { key } = keys;
  const { venue, symbol, revision } = target;
  return JSON.stringify([venue, symbol, revision, key?.place, key?.masked, rulesRevision]);
}
