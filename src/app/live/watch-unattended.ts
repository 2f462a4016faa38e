/**
 * Takes up what is open at the exchange whenever nobody watches it, as often as it takes: after a start without a
 * network, after settings or a key were changed while the exchange did not answer, after whatever ended a connection,
 * after a fault of the books, which an engine does not outlive.
 */

import type { ContractErrorCode, ContractResult } from '../../contract/errors.ts';
import type { TradingStore } from '../storage/trading-store.ts';
import type { Clock } from '../trading/clock.ts';
import { isUnattended } from './kept-live-account.ts';

export interface UnattendedParts {
  readonly live: {
    account(): unknown;
    readonly hasBrokenOff: boolean;
    connect(): Promise<ContractResult<unknown>>;
    takeUpAgain(): Promise<ContractResult<unknown>>;
  };
  readonly store: Pick<TradingStore, 'current'>;
  /** Told when a key was saved, forgotten or unlocked. */
  readonly keys: { onChange(listener: () => void): void };
  readonly clock: Pick<Clock, 'setTimer'>;
  readonly reportFault: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 5_000;

/** Longer would be longer without a watch after the exchange is back. */
const LONGEST_PAUSE_MS = 15_000;

/** Needs a person: asking again would only ask them again, so it is waited for what they do. */
const NEEDS_PERSON: ReadonlySet<ContractErrorCode> = new Set([
  'KEY_MISSING',
  'KEY_INVALID',
  'VAULT_LOCKED',
  'VAULT_UNAVAILABLE',
  'PASSPHRASE_WRONG',
]);

/** The first attempt is the start's own. @returns what ends it */
export function watchUnattended(parts: UnattendedParts): () => void {
  const { live, store, keys, clock, reportFault } = parts;
  let callOff = (): void => {};
  let isEnded = false;
  let needsPerson = false;
  let isLooking = false;
  /** How often the keys have changed. */
  let changes = 0;
  keys.onChange(() => {
    changes += 1;
    const wasWaiting = needsPerson;
    needsPerson = false;
    if (!wasWaiting || isLooking) return;
    // What the person has just made possible is done at once.
    callOff();
    lookIn(0);
  });

  function lookIn(pause: number): void {
    if (isEnded) return;
    callOff = clock.setTimer(pause, () => {
      lookOnce(Math.max(FIRST_PAUSE_MS, pause)).then(lookIn).catch(reportFault);
    });
  }

  async function lookOnce(pause: number): Promise<number> {
    isLooking = true;
    try {
      return await look(pause);
    } catch (error) {
      reportFault(error);
      return LONGEST_PAUSE_MS;
    } finally {
      isLooking = false;
    }
  }

  /** @returns the pause before the next look */
  async function look(pause: number): Promise<number> {
    if (live.hasBrokenOff) {
      await live.takeUpAgain();
      // One that breaks off again and again is not opened again and again without a pause.
      return Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
    if (live.account() !== null || needsPerson) return FIRST_PAUSE_MS;
    const kept = store.current();
    if (kept === null || !isUnattended(kept)) return FIRST_PAUSE_MS;
    const before = changes;
    const answer = await live.connect();
    if (answer.ok) return FIRST_PAUSE_MS;
    // What the person has done meanwhile may be what was wanting: it is asked once more.
    needsPerson = NEEDS_PERSON.has(answer.error.code) && changes === before;
    return Math.min(2 * pause, LONGEST_PAUSE_MS);
  }

  lookIn(FIRST_PAUSE_MS);
  return () => {
    isEnded = true;
    callOff();
  };
}
