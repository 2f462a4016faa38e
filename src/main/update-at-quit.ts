/** Installs what is ready as the last thing before the app ends, once all has been put away. */

import type { Updates } from './updates.ts';

/** What is used of Electron's `App`. */
interface LeavingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code: number): void;
}

/** The parts of a clean quit that an update takes part in. */
export interface Quitting {
  readonly app: LeavingApp;
  readonly mayQuit: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/**
 * @param updates - `null` where this copy has none.
 * @param shutdown - Aborted when the system ends: it would end the installer half-way, and must not be kept waiting.
 * @returns the same parts, with the installation between closing and leaving
 */
export function installAtQuit(
  updates: Updates | null,
  quitting: Quitting,
  shutdown: AbortSignal,
): Quitting {
  return updates === null ? quitting : around(updates, quitting, shutdown);
}

function around(
  updates: Updates,
  { app, mayQuit, close }: Quitting,
  shutdown: AbortSignal,
): Quitting {
  let leftNothingOpen = false;

  async function leave(code: number): Promise<void> {
    // Asked again: what was under way when closing began may have become an order.
    const isClear = code === 0 && leftNothingOpen && updates.mayInstall();
    if (isClear && !shutdown.aborted) await updates.install();
    app.exit(code);
  }

  return {
    app: {
      on: (event, listener) => app.on(event, listener),
      exit: (code) => void leave(code),
    },
    mayQuit: async () => (await mayQuit()) && (shutdown.aborted || updates.mayQuit()),
    close() {
      updates.close();
      // An account that is closed shows nothing open.
      leftNothingOpen = updates.mayInstall();
      return close();
    },
  };
}
