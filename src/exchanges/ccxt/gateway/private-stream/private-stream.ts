/**
 * An account's stream that is kept up: watched for silence, dialled again ever later while it fails. It is a bell and
 * not a ledger: what it says is never booked, only asked for.
 */

import { MINUTE_MS } from '../../../../core/domain/timeframe.ts';
import type { FeedClock } from '../../feed-clock.ts';
import { retryDelayMs } from '../../retry.ts';
import type { PrivateConnection, PrivateEar } from './private-connection.ts';
import type { Heard, Rung } from './private-venues.ts';

export interface PrivateStreamParts {
  readonly dial: (ear: PrivateEar) => PrivateConnection;
  readonly clock: FeedClock;
  /** From 0 inclusive to 1 exclusive. */
  readonly random: () => number;
  readonly rung: (bell: Rung) => void;
  /** Subscribed, again after it was down or for the first time: whatever happened before was not told. */
  readonly up: (isAgain: boolean) => void;
  /** Once for each time that it is gone, however often it is dialled in vain. */
  readonly down: (isRefused: boolean) => void;
}

/** A connection that says nothing for this long is dead; between two pings much less passes. */
const SILENCE_MS = 30_000;
const PING_MS = 10_000;
/** A connection that has lived this long was no failure: the next one is dialled soon after it. */
const STEADY_MS = MINUTE_MS;
/** A key without the right to the stream is asked now and then: a person may grant it. */
const REFUSED_MS = 10 * MINUTE_MS;

export class PrivateStream {
  readonly #parts: PrivateStreamParts;
  #connection: PrivateConnection | null = null;
  #callOff = (): void => undefined;
  #state: 'idle' | 'dialling' | 'up' | 'down' | 'closed' = 'idle';
  #isTold = false;
  #hasBeenUp = false;
  #failures = 0;
  #cuts = 0;
  #heardAt = 0;
  #upSince = 0;

  constructor(parts: PrivateStreamParts) {
    this.#parts = parts;
  }

  get isUp(): boolean {
    return this.#state === 'up';
  }

  /** How often it has been lost, or could not be had. */
  get cuts(): number {
    return this.#cuts;
  }

  start(): void {
    if (this.#state === 'idle') this.#dial();
  }

  /** It did not tell what it should have: whatever connection there is, is given up. */
  distrust(): void {
    if (this.#state === 'up') this.#lost(false);
  }

  close(): void {
    this.#state = 'closed';
    this.#callOff();
    this.#connection?.hangUp();
    this.#connection = null;
  }

  #dial(): void {
    this.#state = 'dialling';
    this.#heardAt = this.#parts.clock.now();
    this.#look();
    this.#connection = this.#parts.dial({
      heard: (heard) => this.#heard(heard),
      ended: (isRefused) => this.#lost(isRefused),
    });
  }

  #heard(heard: Heard): void {
    this.#heardAt = this.#parts.clock.now();
    switch (heard.kind) {
      case 'subscribed':
        return this.#subscribed();
      case 'refused':
        return this.#lost(true);
      case 'closing':
        return this.#lost(false);
      case 'rung':
        for (const bell of heard.bells) this.#parts.rung(bell);
        break;
      case 'nothing':
        break;
    }
  }

  #subscribed(): void {
    if (this.#state !== 'dialling') return;
    const isAgain = this.#hasBeenUp || this.#isTold;
    this.#state = 'up';
    this.#hasBeenUp = true;
    this.#isTold = false;
    this.#upSince = this.#parts.clock.now();
    this.#parts.up(isAgain);
  }

  #lost(isRefused: boolean): void {
    const { clock, random, down } = this.#parts;
    if (this.#state !== 'dialling' && this.#state !== 'up') return;
    const wasSteady = this.#state === 'up' && clock.now() - this.#upSince >= STEADY_MS;
    this.#state = 'down';
    this.#connection?.hangUp();
    this.#connection = null;
    this.#cuts += 1;
    this.#failures = wasSteady ? 1 : this.#failures + 1;
    this.#callOff();
    const delay = isRefused ? REFUSED_MS : retryDelayMs(this.#failures, random());
    this.#callOff = clock.setTimer(delay, () => this.#dial());
    if (this.#isTold) return;
    this.#isTold = true;
    down(isRefused);
  }

  /** Again and again while there is a connection, so that one that has died without a word is noticed. */
  #look(): void {
    const { clock } = this.#parts;
    this.#callOff();
    this.#callOff = clock.setTimer(PING_MS, () => {
      const silentMs = Math.abs(clock.now() - this.#heardAt);
      if (silentMs >= SILENCE_MS) return this.#lost(false);
      this.#look();
      if (this.#state === 'up') this.#connection?.ping();
    });
  }
}
