/** Tells a person of every change between paper, live and halted, and of what waits for them: they may be looking elsewhere. */

import type { Glance } from '../app/controls.ts';
import type { GlanceWatch } from './glance-watch.ts';
import type { Notify } from './notify.ts';

type Mode = Glance['mode'];
type News = readonly [title: string, sentence: string];

const HALTED = 'Nothing new is bought until trading is armed again by hand.';

/** By what was, then by what is. */
const NEWS = {
  paper: {
    live: ['Live mode is on', 'Bots may spend real money, within the hard limits.'],
    halted: ['Trading is halted', HALTED],
  },
  live: {
    paper: [
      'Live mode went off',
      'Nothing new is bought. Positions keep their stop-losses; the window says why.',
    ],
    halted: ['Live mode went off', HALTED],
  },
  halted: {
    paper: ['Trading is armed again', 'On paper; live mode stays off until it is confirmed anew.'],
    live: ['Trading is armed again', 'Live mode is on: bots may spend real money.'],
  },
} as const satisfies Record<Mode, Partial<Record<Mode, News>>>;

/** @returns what ends it. */
export function tellOfModes(
  watch: Pick<GlanceWatch, 'now' | 'onLook'>,
  notify: Notify,
): () => void {
  let last = watch.now().mode;
  return watch.onLook(({ mode }) => {
    const news = newsOf(last, mode);
    last = mode;
    if (news !== undefined) notify(...news);
  });
}

/** Tells a person, at a start too, of what is open with real money and waits for them alone. @returns what ends it. */
export function tellOfNeed(watch: Pick<GlanceWatch, 'now' | 'onLook'>, notify: Notify): () => void {
  let told: string | null = null;
  const look = ({ exposure, personNeeded }: Glance): void => {
    if (personNeeded !== told && personNeeded !== null) {
      notify(exposure ?? 'Something may be open with real money', personNeeded);
    }
    told = personNeeded;
  };
  look(watch.now());
  return watch.onLook(look);
}

function newsOf(from: Mode, to: Mode): News | undefined {
  const news: Partial<Record<Mode, News>> = NEWS[from];
  return news[to];
}
