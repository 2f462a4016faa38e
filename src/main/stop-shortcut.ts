/** A key combination that stops everything, whichever program is in front. */

/** In Electron's words; Command on a Mac, Ctrl elsewhere. Hard to press by mistake. */
export const STOP_SHORTCUT = 'CommandOrControl+Alt+Shift+X';

/** What is used of Electron's `globalShortcut`. */
export interface Shortcuts {
  register(accelerator: string, action: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface StopShortcutParts {
  readonly globalShortcut: Shortcuts;
  readonly stop: () => void;
  readonly log: (sentence: string) => void;
}

export interface StopShortcut {
  /** A sentence for the tray; `null` where the shortcut works. */
  readonly problem: string | null;
  release(): void;
}

const PROBLEM = 'The shortcut for the stop is taken by another program; stop from here.';

export function registerStopShortcut(parts: StopShortcutParts): StopShortcut {
  const { globalShortcut, log } = parts;
  const reason = register(parts);
  if (reason !== null) {
    log(
      `The shortcut ${STOP_SHORTCUT} for the emergency stop could not be registered (${reason}). The tray and the window can stop.`,
    );
    return { problem: PROBLEM, release: () => {} };
  }
  return { problem: null, release: () => globalShortcut.unregister(STOP_SHORTCUT) };
}

/** @returns why it was refused; `null` where it works. */
function register({ globalShortcut, stop }: StopShortcutParts): string | null {
  try {
    return globalShortcut.register(STOP_SHORTCUT, stop) ? null : 'another program has it';
  } catch (error) {
    return String(error);
  }
}
