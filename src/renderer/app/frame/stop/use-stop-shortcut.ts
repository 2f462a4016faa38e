/** The keys of the emergency stop while this window has the focus, whatever dialog is open in it. */

import { useEffect } from 'react';

/** The same as those that stop from any program, where the desktop lets the app have them. */
export const STOP_KEYS = 'Ctrl or Command + Alt + Shift + X';

export function useStopShortcut(onPress: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // By its place: with Alt held down, a Mac writes another letter.
      const isIt = (event.ctrlKey || event.metaKey) && event.altKey && event.shiftKey;
      if (!isIt || event.code !== 'KeyX') return;
      event.preventDefault();
      onPress();
    };
    // Before any dialog that keeps keys to itself.
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [onPress]);
}
