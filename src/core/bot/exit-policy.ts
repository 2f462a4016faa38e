/** The one policy for exits that do not succeed: how long to wait, how far to go with the price, and when to tell. */

import type { Refusal } from '../domain/refusal.ts';

/**
 * Why an order did nothing: what the exchange refused it for, or what became of it.
 * `nothing-found`: nobody bought at its bound. `lost`: it never reached the exchange.
 * `taken-away`: a guard that rested was ended by somebody else.
 */
export type ExitFailure = Refusal | 'nothing-found' | 'lost' | 'taken-away';

/** Attempts in a row that did nothing, and when the next one may be made. */
export interface Trouble {
  readonly failure: ExitFailure;
  readonly attempts: number;
  /** Of those, how many found no buyer at their bound. */
  readonly unsold: number;
  /** Of the last attempt's end, ms of the pulse. */
  readonly since: number;
  readonly waitMs: number;
}

interface Pause {
  /** So many attempts are followed by the next one at once. */
  readonly free: number;
  readonly firstMs: number;
  readonly mostMs: number;
  /** At which attempt the person is told. */
  readonly toldAt: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Each pause is twice the one before it, up to the most. None of them ever ends the trying. */
const PAUSES: Readonly<Record<ExitFailure, Pause>> = {
  'for-now': { free: 0, firstMs: 2 * SECOND, mostMs: MINUTE, toldAt: 1 },
  'for-good': { free: 0, firstMs: MINUTE, mostMs: 15 * MINUTE, toldAt: 1 },
  halted: { free: 0, firstMs: 5 * SECOND, mostMs: MINUTE, toldAt: 1 },
  // Longer than the longest lock-out of the table: whoever asks during it begins it anew.
  throttled: { free: 0, firstMs: 10 * SECOND, mostMs: 16 * MINUTE, toldAt: 1 },
  'our-fault': { free: 0, firstMs: 30 * SECOND, mostMs: 15 * MINUTE, toldAt: 1 },
  'nothing-found': { free: 1, firstMs: SECOND / 2, mostMs: 30 * SECOND, toldAt: 3 },
  lost: { free: 0, firstMs: SECOND, mostMs: MINUTE, toldAt: 2 },
  'taken-away': { free: 1, firstMs: 5 * SECOND, mostMs: 5 * MINUTE, toldAt: 2 },
};

/** Fractions below the bid that a sale may go to; the last one again and again, below the bid of that moment. */
const BOUNDS = [0.005, 0.01, 0.02, 0.05, 0.1] as const;
const FURTHEST = 0.1;

/** Trouble that has been over for this long is forgotten; sooner, it is still the same, ms. */
const REMEMBERED_MS = MINUTE;

export function afterFailure(last: Trouble | null, failure: ExitFailure, now: number): Trouble {
  const before = last !== null && isForgotten(last, now) ? null : last;
  const attempts = (before?.attempts ?? 0) + 1;
  const { free, firstMs, mostMs } = PAUSES[failure];
  const doublings = attempts - free - 1;
  return {
    failure,
    attempts,
    unsold: (before?.unsold ?? 0) + (failure === 'nothing-found' ? 1 : 0),
    since: now,
    waitMs: doublings < 0 ? 0 : Math.min(firstMs * 2 ** doublings, mostMs),
  };
}

/** Whether a person has to know of it by now. */
export function isWorthTelling({ failure, attempts }: Trouble): boolean {
  return attempts >= PAUSES[failure].toldAt;
}

/** ms of the pulse. */
export function retryAt({ since, waitMs }: Trouble): number {
  return since + waitMs;
}

export function isWaiting(trouble: Trouble | null, now: number): trouble is Trouble {
  return trouble !== null && now < retryAt(trouble);
}

/** A person asks for it now: not sooner than a second after the last attempt, however often. */
export function hastened(trouble: Trouble): Trouble {
  return { ...trouble, waitMs: Math.min(trouble.waitMs, SECOND) };
}

/** It has worked: the next attempt need not wait, but trouble that soon follows is still the same. */
export function overcome(trouble: Trouble | null): Trouble | null {
  return trouble === null ? null : { ...trouble, waitMs: 0 };
}

/** Nobody has tried for so long that the next failure is another one. */
function isForgotten({ since, waitMs }: Trouble, now: number): boolean {
  return now - since > waitMs + REMEMBERED_MS;
}

/**
 * The worst price that a sale may go to, in quote.
 * @param bid the last one
 */
export function worstPrice(bid: number, trouble: Trouble | null): number {
  return saleBound(bid, trouble?.unsold ?? 0);
}

/** @param unsold attempts before that found no buyer @returns in quote */
export function saleBound(bid: number, unsold: number): number {
  return bid * (1 - (BOUNDS[unsold] ?? FURTHEST));
}
