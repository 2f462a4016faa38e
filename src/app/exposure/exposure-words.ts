/** What is open, as a whole: nothing, these places, or not known; and as a line for an icon and a menu. */

import type { ExposedPlace, Exposure, ExposureTodo } from '../../contract/exposure.ts';

export const NOTHING_TO_DO: ExposureTodo = { kind: 'none', sentence: '' };

export const NOTHING_OPEN: Exposure = {
  state: 'nothing',
  unknown: null,
  places: [],
  todo: NOTHING_TO_DO,
};

export interface ExposureParts {
  readonly places: readonly ExposedPlace[];
  /** Why the books cannot be read; `null` where they were. */
  readonly unreadable: string | null;
  /** What is to be said of books that were lost; `null` where none were. */
  readonly lost: string | null;
}

export function exposureOf({ places, unreadable, lost }: ExposureParts): Exposure {
  const parts = [unreadable === null ? null : unreadableBooks(unreadable), lost];
  const unknown = parts.filter((part) => part !== null).join(' ');
  return {
    state: unknown !== '' ? 'unknown' : places.length > 0 ? 'open' : 'nothing',
    unknown: unknown === '' ? null : unknown,
    places: [...places],
    todo: unreadable !== null ? LOOK : lost !== null ? SEEN : NOTHING_TO_DO,
  };
}

/** For an icon and a menu; `null` where nothing is open. */
export function exposureLine({ state, places }: Exposure): string | null {
  if (state === 'nothing') return null;
  if (state === 'unknown') return 'NOT KNOWN what is open with real money';
  const isReal = places.some(({ isRehearsal }) => !isRehearsal);
  const what = isReal ? 'Real money is open' : 'A rehearsal is open';
  const isWatched = places.every((place) => place.isWatched);
  const isGuarded = places.every((place) => place.isGuarded);
  return `${what}, ${isWatched ? 'watched' : 'NOT WATCHED'}${isGuarded ? '' : ', NOT GUARDED'}`;
}

/** What only a person can do, as a sentence; `null` where nothing is to be done, or where it goes on by itself. */
export function personNeeded({ todo, places }: Exposure): string | null {
  const needed = [todo, ...places.map((place) => place.todo)].find(
    ({ kind }) => !BY_ITSELF.has(kind),
  );
  return needed?.sentence ?? null;
}

/** Whoever has stopped trading knows that it is to be armed. */
const BY_ITSELF: ReadonlySet<ExposureTodo['kind']> = new Set(['none', 'wait', 'arm']);

/** How much of it is open. */
export function countOpen({ places }: Exposure): number {
  return places.reduce((sum, { positions, orders }) => sum + positions.length + orders.length, 0);
}

function unreadableBooks(reason: string): string {
  return `The books of real money cannot be read (${reason}). It is NOT KNOWN what is open: take it that something is.`;
}

const LOOK: ExposureTodo = {
  kind: 'look',
  sentence:
    'Look at the exchange itself: orders and coins are there as they were left. Then end CryptoPiggy and start it again.',
};

const SEEN: ExposureTodo = {
  kind: 'seen',
  sentence:
    'Look at the exchange itself for orders and coins that CryptoPiggy left there, then say here that you have.',
};
