/** Quitting while real money is at work is asked for twice: nobody watches what is left at the exchange. */

import type { MessageBoxOptions } from 'electron';
import type { Glance } from '../app/controls.ts';
import type { MessageDialog } from './stop-action.ts';

export interface QuitQuestionParts {
  readonly glance: () => Glance;
  readonly dialog: MessageDialog;
  /** Aborted when the system ends anyway: it must not wait for an answer. */
  readonly shutdown: AbortSignal;
  readonly log: (sentence: string) => void;
}

const QUIT = 1;

/** @returns whether to quit. Never rejects. */
export async function mayQuit(parts: QuitQuestionParts): Promise<boolean> {
  const { dialog, shutdown } = parts;
  const message = warningOf(parts.glance());
  if (message === null || shutdown.aborted) return true;
  try {
    // Not every system closes the box by the signal.
    const answer = dialog.showMessageBox({ ...questionOf(message), signal: shutdown });
    const answered = answer.then(({ response }) => response === QUIT || shutdown.aborted);
    return await Promise.race([answered, untilAborted(shutdown)]);
  } catch (error) {
    parts.log(`The question before quitting could not be asked; quitting. ${String(error)}`);
    return true;
  }
}

function untilAborted(signal: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(true), { once: true });
  });
}

/** `null` where there is nothing to warn of. */
function warningOf({ mode, openLive, exposure }: Glance): string | null {
  if (mode === 'live') return 'Live mode is on. Quit anyway?';
  if (openLive > 0) return 'Orders or positions of real money are still open. Quit anyway?';
  return exposure === null ? null : `${exposure}. Quit anyway?`;
}

function questionOf(message: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'Quit CryptoPiggy',
    message,
    detail:
      'From then on, real positions are watched only by what rests at the exchange: stop-losses that it has accepted. Bots decide nothing until CryptoPiggy runs again.',
    buttons: ['Cancel', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}
