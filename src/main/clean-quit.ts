/** Quitting asks first where it must, and waits until the app has put everything away, but not for ever. */

/** How long closing may take before the app goes anyway: what is on disk is safe at any moment. */
export const QUIT_PATIENCE_MS = 5_000;

/** What is used of Electron's `App`. */
interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code: number): void;
}

export interface CleanQuit {
  readonly app: QuittingApp;
  /** Asked before anything is closed; it may ask a person, and never rejects. */
  readonly mayQuit: () => Promise<boolean>;
  /** Told when the answer was no: there may be no window any more. */
  readonly onStay: () => void;
  /** Closes what the app holds. */
  readonly close: () => Promise<void>;
  /** Resolves after this many ms. */
  readonly wait: (ms: number) => Promise<void>;
  readonly log: (sentence: string) => void;
}

export function quitCleanly({ app, mayQuit, onStay, close, wait, log }: CleanQuit): void {
  let isQuitting = false;

  async function quit(): Promise<void> {
    isQuitting = await mayQuit();
    if (isQuitting) app.exit(await closeInTime(close, wait, log));
    else onStay();
  }

  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isQuitting) return;
    isQuitting = true;
    void quit();
  });
}

/** @returns the exit code: 0 when everything was put away. */
async function closeInTime(
  close: () => Promise<void>,
  wait: (ms: number) => Promise<void>,
  log: (sentence: string) => void,
): Promise<number> {
  try {
    const inTime = await Promise.race([
      close().then(() => true),
      wait(QUIT_PATIENCE_MS).then(() => false),
    ]);
    if (!inTime) log(`Closing took longer than ${QUIT_PATIENCE_MS / 1_000} s; quitting anyway.`);
    return inTime ? 0 : 1;
  } catch (error) {
    log(`Closing failed; quitting anyway. ${String(error)}`);
    return 1;
  }
}
