/** What a person types to switch live mode on: the token that was set, or a sentence where none was. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { LiveState } from '../../contract/live.ts';

export const CONFIRMATION_SENTENCE = 'I want to trade with real money';

/** So many wrong tries in a row, and the next one has to wait. */
const MOST_WRONG = 5;
const WAIT_MS = 60_000;

export class Confirmation {
  readonly #token: string | null;
  #wrong = 0;
  /** ms UTC. */
  #waitUntil = 0;

  /** @param token `LIVE_CONFIRM_TOKEN`; `null` where none is set */
  constructor(token: string | null) {
    this.#token = token;
  }

  get by(): LiveState['confirmBy'] {
    return this.#token === null
      ? { kind: 'sentence', sentence: CONFIRMATION_SENTENCE }
      : { kind: 'token' };
  }

  /** @param now ms UTC @returns `null` where it is right, else what to tell the person */
  check(text: string, now: number): string | null {
    // A clock that was set back meanwhile must not make a minute a day.
    this.#waitUntil = Math.min(this.#waitUntil, now + WAIT_MS);
    if (now < this.#waitUntil) {
      const seconds = Math.ceil((this.#waitUntil - now) / 1_000);
      return `That was wrong too often. Try again in ${seconds} seconds.`;
    }
    if (this.#isRight(text)) {
      this.#wrong = 0;
      return null;
    }
    this.#wrong += 1;
    if (this.#wrong >= MOST_WRONG) {
      this.#wrong = 0;
      this.#waitUntil = now + WAIT_MS;
    }
    return this.#token === null
      ? `Type the sentence as it stands: ${CONFIRMATION_SENTENCE}`
      : 'That is not the confirmation token. It is what LIVE_CONFIRM_TOKEN was set to.';
  }

  #isRight(text: string): boolean {
    if (this.#token !== null) return isSame(text.trim(), this.#token);
    return spoken(text) === spoken(CONFIRMATION_SENTENCE);
  }
}

/** In constant time: how long a comparison takes tells nothing about how much of the token was right. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Capitals, spaces and a full stop do not matter in what is typed by hand. */
function spoken(text: string): string {
  return text.trim().replace(/\.$/, '').replaceAll(/\s+/g, ' ').toLowerCase();
}
