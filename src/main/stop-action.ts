/** The emergency stop as the tray, the shortcut and the menu ask for it: straight to trading, with no window involved. */

import type { MessageBoxOptions } from 'electron';
import type { AppControls } from '../app/controls.ts';
import type { Notify } from './notify.ts';
import { stopSentence } from './stop-sentence.ts';

/** What is used of Electron's `dialog`. */
export interface MessageDialog {
  showMessageBox(options: MessageBoxOptions): Promise<{ readonly response: number }>;
}

export interface StopActionParts {
  readonly controls: Pick<AppControls, 'stop'>;
  readonly dialog: MessageDialog;
  readonly notify: Notify;
}

export interface StopAction {
  /** At once, without a question: what it withdraws can be ordered again. */
  stop(): void;
  /** Asks first: what is sold is sold. */
  stopAndSell(): void;
}

const SELL = 1;

const SELL_QUESTION = {
  type: 'warning',
  title: 'Emergency stop',
  message: 'Stop, and sell everything at the market price?',
  detail:
    'Every open order is withdrawn, protective ones too, and every position of the bots is sold for what the market pays now. The plain emergency stop keeps the positions and their stop-losses.',
  buttons: ['Cancel', 'Stop and sell everything'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
} as const satisfies MessageBoxOptions;

export function createStopAction({ controls, dialog, notify }: StopActionParts): StopAction {
  let isAsking = false;

  async function stop(flatten: boolean): Promise<void> {
    try {
      notify('Emergency stop', stopSentence(await controls.stop(flatten)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      notify('The emergency stop failed', `Look at the exchange now. (${reason})`);
    }
  }

  async function askAndSell(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      const { response } = await dialog.showMessageBox({
        ...SELL_QUESTION,
        buttons: [...SELL_QUESTION.buttons],
      });
      if (response === SELL) await stop(true);
    } catch (error) {
      notify('Nothing was sold', `The question could not be asked. (${String(error)})`);
    } finally {
      isAsking = false;
    }
  }

  return { stop: () => void stop(false), stopAndSell: () => void askAndSell() };
}
