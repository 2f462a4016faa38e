/** What a person is asked when a window's page fails: it never opens anew for ever by itself. */

import type { MessageBoxOptions } from 'electron';
import type { MessageDialog } from './stop-action.ts';

/** Each answers whether the window is to be opened anew. Neither rejects. */
export interface WindowQuestions {
  whileHanging(): Promise<boolean>;
  afterCrashes(): Promise<boolean>;
}

const OPEN_ANEW = 1;

const TRADING_GOES_ON =
  'Trading does not need the window and goes on. The tray can stop it, and a new window shows where it stands.';

export function askAboutWindows(
  dialog: MessageDialog,
  log: (sentence: string) => void,
): WindowQuestions {
  async function ask(message: string, leave: string): Promise<boolean> {
    try {
      const { response } = await dialog.showMessageBox(questionOf(message, leave));
      return response === OPEN_ANEW;
    } catch (error) {
      log(`The question about the window could not be asked. ${String(error)}`);
      return false;
    }
  }

  return {
    whileHanging: () => ask('The window does not answer.', 'Wait'),
    afterCrashes: () => ask('The window has crashed several times.', 'Leave it'),
  };
}

function questionOf(message: string, leave: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'CryptoPiggy',
    message,
    detail: TRADING_GOES_ON,
    buttons: [leave, 'Open anew'],
    defaultId: OPEN_ANEW,
    cancelId: 0,
    noLink: true,
  };
}
