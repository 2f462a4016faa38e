/** Looks at the account at most once a second, however often it changes: menus and icons need no more. */

import type { AppControls, Glance } from '../app/controls.ts';
import { Listeners } from '../app/listeners.ts';
import type { Clock } from '../app/trading/clock.ts';

/** ms between two looks. */
const LOOK_EVERY_MS = 1_000;

export interface GlanceWatch {
  /** As of now, not of the last look. */
  now(): Glance;
  /** Told after a change, within a second of it. The answer ends it. */
  onLook(listener: (glance: Glance) => void): () => void;
  close(): void;
}

export interface GlanceWatchParts {
  readonly controls: Pick<AppControls, 'glance' | 'onChange'>;
  readonly clock: Clock;
  readonly reportFault: (error: unknown) => void;
}

export function watchGlance({ controls, clock, reportFault }: GlanceWatchParts): GlanceWatch {
  const listeners = new Listeners<[glance: Glance]>(reportFault);
  let lastLook = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | null = null;

  function look(): void {
    callOff = null;
    lastLook = clock.now();
    const glance = controls.glance();
    listeners.tell(glance);
  }

  // Never at once: a change is told from the middle of what trading does.
  const unlisten = controls.onChange(() => {
    const due = Math.max(0, lastLook + LOOK_EVERY_MS - clock.now());
    callOff ??= clock.setTimer(due, look);
  });

  return {
    now: () => controls.glance(),
    onLook: (listener) => listeners.add(listener),
    close() {
      unlisten();
      callOff?.();
      listeners.clear();
    },
  };
}
