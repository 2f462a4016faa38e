/** What is open with real money, as the window shows it: a mark beside the mode, and banners where somebody is needed. */

import type { ExposedPlace, Exposure, ExposureTodo } from '../../../../contract/exposure.ts';
import type { Loadable } from '../../loadable.ts';

/** Words for a mark beside the mode. */
export interface ExposureMark {
  readonly word: string;
  readonly tone: 'calm' | 'danger';
  /** As sentences. */
  readonly meaning: string;
}

const NO_ANSWER: ExposureTodo = {
  kind: 'look',
  sentence: 'Look at the exchange itself, then load this window again.',
};

/** What could not even be asked is not nothing. `null` before the first answer. */
export function knownExposure(loadable: Loadable<Exposure>): Exposure | null {
  switch (loadable.status) {
    case 'loading':
      return null;
    case 'ready':
      return loadable.value;
    case 'failed': {
      const unknown = `CryptoPiggy could not be asked what is open with real money. ${loadable.error.sentence}`;
      return { state: 'unknown', unknown, places: [], todo: NO_ANSWER };
    }
  }
}

export function isAnythingOpen(exposure: Exposure | null): boolean {
  return exposure !== null && exposure.state !== 'nothing';
}

/** `null` where nothing is open. @param isLive the mode says already that real money is at work */
export function markOf(exposure: Exposure | null, isLive: boolean): ExposureMark | null {
  if (exposure === null || exposure.state === 'nothing') return null;
  const { places, unknown } = exposure;
  if (exposure.state === 'unknown') {
    return { word: 'NOT KNOWN WHAT IS OPEN', tone: 'danger', meaning: unknown ?? '' };
  }
  const needy = places.filter((place) => !isQuiet(place));
  if (isLive && needy.length === 0) return null;
  const isReal = places.some(({ isRehearsal }) => !isRehearsal);
  return {
    word: isReal ? 'REAL MONEY OPEN' : 'REHEARSAL OPEN',
    tone: needy.some((place) => isDanger(place) && !place.isRehearsal) ? 'danger' : 'calm',
    meaning: places.map(({ title, watch }) => `${title} ${watch}`).join(' '),
  };
}

/** Places that are said on every screen. */
export function bannersOf(exposure: Exposure | null): readonly ExposedPlace[] {
  return exposure?.places.filter((place) => !isQuiet(place)) ?? [];
}

/** Nobody sees to it, or nothing guards it. */
export function isDanger({ isWatched, isGuarded, todo }: ExposedPlace): boolean {
  return !isWatched || !isGuarded || todo.kind === 'look';
}

/** It is watched and guarded, and nothing is to be done. */
function isQuiet({ isWatched, isGuarded, todo }: ExposedPlace): boolean {
  return isWatched && isGuarded && todo.kind === 'none';
}
