/** Takes up what was left open at the exchange, as often as it takes: a start without a network leaves nothing unwatched. */

import type { ContractResult } from '../../contract/errors.ts';
import type { TradingStore } from '../storage/trading-store.ts';
import type { Clock } from '../trading/clock.ts';
import { isUnattended } from './kept-live-account.ts';

export interface UnattendedParts {
  readonly live: { account(): unknown; connect(): Promise<ContractResult<unknown>> };
  readonly store: Pick<TradingStore, 'current'>;
  readonly clock: Pick<Clock, 'setTimer'>;
  readonly reportFault: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** What passes by itself. A key that is wrong or locked needs a person, and asking again would only ask them again. */
const PASSING: ReadonlySet<string> = new Set(['EXCHANGE_UNAVAILABLE', 'FEED_UNAVAILABLE']);

/** The first attempt is the start's own. @returns what ends it */
export function watchUnattended({ live, store, clock, reportFault }: UnattendedParts): () => void {
  let callOff = (): void => {};
  let isEnded = false;

  function lookIn(pause: number): void {
    if (isEnded) return;
    callOff = clock.setTimer(pause, () => {
      look(pause).catch(reportFault);
    });
  }

  async function look(pause: number): Promise<void> {
    const kept = store.current();
    if (live.account() !== null || kept === null || !isUnattended(kept)) return;
    const answer = await live.connect();
    if (!answer.ok && PASSING.has(answer.error.code)) lookIn(Math.min(2 * pause, LONGEST_PAUSE_MS));
  }

  lookIn(FIRST_PAUSE_MS);
  return () => {
    isEnded = true;
    callOff();
  };
}
