/** Tells a person that live mode has ended: they may be looking elsewhere, and nothing new will be bought. */

import type { Glance } from '../app/controls.ts';
import type { GlanceWatch } from './glance-watch.ts';
import type { Notify } from './notify.ts';

const SENTENCES = {
  paper: 'Nothing new is bought. Positions keep their stop-losses; the window says why.',
  halted: 'Trading is halted until it is armed again by hand.',
} as const satisfies Record<Exclude<Glance['mode'], 'live'>, string>;

/** @returns what ends it. */
export function tellOfModes(
  watch: Pick<GlanceWatch, 'now' | 'onLook'>,
  notify: Notify,
): () => void {
  let last = watch.now().mode;
  return watch.onLook(({ mode }) => {
    if (last === 'live' && mode !== 'live') notify('Live mode went off', SENTENCES[mode]);
    last = mode;
  });
}
